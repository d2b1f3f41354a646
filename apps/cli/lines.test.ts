import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BadLine, type Line, readLines } from "./lines.ts";

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The lines up to the end or to the bad one, and the bad one. */
async function read(bytes: Uint8Array, chunkSize: number): Promise<{ lines: Line[]; bad?: BadLine }> {
  const lines: Line[] = [];
  try {
    for await (const block of readLines(inChunks(bytes, chunkSize))) {
      for (const line of block) lines.push(line);
    }
  } catch (error) {
    if (error instanceof BadLine) return { lines, bad: error };
    throw error;
  }
  return { lines };
}

describe("lines", () => {
  test("are those between line feeds, wherever the chunks are cut", async () => {
    const text = fc.array(fc.string({ unit: "grapheme" }).map((line) => line.replaceAll("\n", "")));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (written, chunkSize) => {
        const { lines } = await read(Buffer.from(written.map((line) => `${line}\n`).join("")), chunkSize);
        expect(lines.map((line) => line.text)).toEqual(written);
        expect(lines.map((line) => line.number)).toEqual(written.map((_, index) => index + 1));
      }),
    );
  });

  test("need no line feed at the end", async () => {
    expect((await read(Buffer.from("a\nb"), 64)).lines).toEqual([
      { number: 1, text: "a" },
      { number: 2, text: "b" },
    ]);
    expect((await read(Buffer.from(""), 64)).lines).toEqual([]);
  });

  test("are not ended by a carriage return, a line separator or a next line", async () => {
    expect((await read(Buffer.from("a\r\u2028\u2029\u0085\vb\n"), 3)).lines).toEqual([
      { number: 1, text: "a\r\u2028\u2029\u0085\vb" },
    ]);
  });

  test("keep their byte order mark", async () => {
    expect((await read(Buffer.from("\uFEFFa\n"), 64)).lines).toEqual([{ number: 1, text: "\uFEFFa" }]);
  });

  test.each([1, 2, 3, 64])(
    "that are not UTF-8 are an error after all lines before them, in chunks of %i",
    async (size) => {
      const bytes = Buffer.concat([Buffer.from("a\n\nb\n"), Buffer.of(0xc3, 0x0a), Buffer.from("c\n")]);
      const { lines, bad } = await read(bytes, size);
      expect(lines.map((line) => line.text)).toEqual(["a", "", "b"]);
      expect(bad?.line).toBe(4);
      expect(bad?.message).toBe("it is not UTF-8");
    },
  );
});
