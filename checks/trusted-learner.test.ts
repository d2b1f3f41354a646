import { expect, test } from "vitest";
import { CallFailure } from "../lab/grade/check.ts";
import { openTrusted } from "./trusted-learner.ts";

const failure = async (doing: Promise<unknown>): Promise<CallFailure> => {
  const error = await doing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CallFailure);
  return error as CallFailure;
};

test("calls TypeScript's exports with copies", async () => {
  const learner = await openTrusted("export const sum = (values: number[]): number => values.reduce((a, b) => a + b);");
  expect(learner.exports).toEqual(["sum"]);
  expect(await learner.call("sum", [[1, 2, 3]], 1_000)).toBe(6);
  learner.close();
});

test("names the line of a thrown error, and goes on", async () => {
  const learner = await openTrusted(
    'type A = 1;\n\nexport function f(n: number) {\n  if (n < 0) throw new Error("below zero");\n  return n;\n}',
  );
  expect(await failure(learner.call("f", [-1], 1_000))).toMatchObject({
    kind: "thrown",
    line: 4,
    message: "Error: below zero",
  });
  expect(await learner.call("f", [1], 1_000)).toBe(1);
  learner.close();
});

test("says where the syntax is wrong", async () => {
  expect(await failure(openTrusted("const a = 1;\nexport const b = ;\n"))).toMatchObject({ kind: "syntax", line: 2 });
});

test("says what a module's own top level threw", async () => {
  expect(await failure(openTrusted("\nthrow new Error('at once');"))).toMatchObject({ kind: "load", line: 2 });
});

test("ends an endless loop, and names its line", async () => {
  const learner = await openTrusted("export function f() {\n  for (;;);\n}");
  expect(await failure(learner.call("f", [], 200))).toMatchObject({ kind: "timeout", line: 2 });
  learner.close();
});

test("ends what has no loop to guard", async () => {
  const learner = await openTrusted("export const f = () => new Promise(() => undefined);");
  expect(await failure(learner.call("f", [], 200))).toMatchObject({ kind: "timeout" });
  expect(await failure(learner.call("f", [], 200))).toMatchObject({ kind: "timeout" });
});

test("says that a value can't be copied out", async () => {
  const learner = await openTrusted("export const f = () => () => 1;");
  expect(await failure(learner.call("f", [], 1_000))).toMatchObject({ kind: "thrown" });
  learner.close();
});

test("survives code that ends its process", async () => {
  const learner = await openTrusted("export const f = () => process.exit(0);");
  expect(await failure(learner.call("f", [], 1_000))).toMatchObject({ kind: "ended" });
});
