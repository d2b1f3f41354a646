import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AnswerReader, UnusableAnswer } from "./answer-reader.ts";
import { HEAD_BYTES, NUMBER_AT, TOKEN_BYTES } from "./asked.ts";
import { plainBytes } from "./plain-bytes.ts";

const TOKEN = Uint8Array.from({ length: TOKEN_BYTES }, (_, index) => index + 1);

function frame(value: unknown, number = 1): Uint8Array {
  const bytes = plainBytes(value, HEAD_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(0, bytes.length - 4, true);
  view.setUint32(NUMBER_AT, number, true);
  bytes.set(TOKEN, 4);
  return bytes;
}

const read = (...parts: Uint8Array[]) => {
  const reader = new AnswerReader(TOKEN);
  return parts.flatMap((part) => [...reader.read(part)]);
};

describe("answers of a submission's process", () => {
  test("come out whole, however they are cut", () => {
    const bytes = Buffer.concat([
      frame({ value: [1, "a"], tried: [] }, 1),
      frame({ exports: ["f"], tried: ["fetch"] }, 2),
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: bytes.length }),
        fc.integer({ min: 0, max: bytes.length }),
        (one, other) => {
          const [from, to] = [Math.min(one, other), Math.max(one, other)];
          expect(read(bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to))).toEqual([
            { number: 1, answer: { value: [1, "a"] }, tried: [] },
            { number: 2, answer: { exports: ["f"] }, tried: ["fetch"] },
          ]);
        },
      ),
    );
  });

  test("are refused without the token, at the first bytes that lack it", () => {
    expect(() => read(new Uint8Array(HEAD_BYTES))).toThrow(UnusableAnswer);
    expect(() => read(new TextEncoder().encode('{"points":10,"of":10,"checks":[]}'))).toThrow(UnusableAnswer);
  });

  test("are refused where they would be larger than an answer may be", () => {
    const bytes = frame({ value: 1 });
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, 2 ** 31, true);
    expect(() => read(bytes)).toThrow(UnusableAnswer);
  });

  test.each([
    ["no object", 7],
    ["a failure without its kind", { failure: { message: "x" } }],
    ["a failure of the grader's own kind", { failure: { kind: "ended", message: "x" } }],
  ])("are refused where they are %s", (_what, value) => {
    expect(() => read(frame(value))).toThrow(UnusableAnswer);
  });

  test("tell no name and no attempt that can't be one, and no message without an end", () => {
    const [{ answer }] = read(frame({ exports: ["good", "bad\u001b[31m", 7, "x".repeat(200)] }));
    expect(answer).toEqual({ exports: ["good"] });
    const [failed] = read(
      frame({ failure: { kind: "thrown", message: "m".repeat(1e4), line: -1 }, tried: ["__proto__", "Deno"] }),
    );
    expect(failed.tried).toEqual(["Deno"]);
    expect(failed.answer).toEqual({ failure: { kind: "thrown", message: "m".repeat(600) } });
  });
});
