import { afterAll, describe, expect, test } from "vitest";
import { CallFailure, type OpenedLearner } from "../../../../lab/grade/check.ts";
import { Isolation } from "./isolation.ts";

const LIMITS = { memoryMiB: 64 };
const isolation = new Isolation();
afterAll(() => isolation.close());

const open = (code: string): Promise<OpenedLearner> => isolation.cell().open(code, LIMITS);

async function failure(doing: Promise<unknown>): Promise<CallFailure> {
  const error = await doing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CallFailure);
  return error as CallFailure;
}

describe("an isolated submission", () => {
  test("is called with copies of plain values, and gives such", async () => {
    const learner = await open("export const echo = (...values: unknown[]) => values;\nexport class Book {}");
    expect([...learner.exports].sort()).toEqual(["Book", "echo"]);
    const values = [1, -0, "é", 2n, undefined, new Map([[1, new Set(["a"])]]), Int32Array.of(1, -2), { a: [null] }];
    expect(await learner.call("echo", values, 1_000)).toEqual(values);
    learner.close();
  });

  test("names the line of a thrown error, and goes on", async () => {
    const code =
      'type A = 1;\n\nexport function f(n: number) {\n  if (n < 0) throw new Error("below zero");\n  return n;\n}';
    const learner = await open(code);
    const expected = { kind: "thrown", line: 4, message: "Error: below zero" };
    expect(await failure(learner.call("f", [-1], 1_000))).toMatchObject(expected);
    expect(await learner.call("f", [1], 1_000)).toBe(1);
    learner.close();
  });

  test("says where the syntax is wrong, what the top level threw, and what is missing", async () => {
    expect(await failure(open("const a = 1;\nexport const b = ;\n"))).toMatchObject({ kind: "syntax", line: 2 });
    expect(await failure(open("\nthrow new Error('at once');"))).toMatchObject({ kind: "load", line: 2 });
    const learner = await open("export const a = 1;");
    expect(await failure(learner.call("a", [], 1_000))).toMatchObject({ kind: "missing" });
    learner.close();
  });

  test("waits for promises and timers", async () => {
    const learner = await open("export const f = () => new Promise((done) => setTimeout(() => done(7), 5));");
    expect(await learner.call("f", [], 1_000)).toBe(7);
    learner.close();
  });

  test("draws the same lots each time", async () => {
    const drawn: unknown[] = [];
    for (let time = 0; time < 2; time++) {
      const learner = await open("export const f = () => [Math.random(), Math.random()];");
      drawn.push(await learner.call("f", [], 1_000));
      learner.close();
    }
    expect(drawn[0]).toEqual(drawn[1]);
  });

  test.each([
    ["a loop", "for (;;);", "timeout"],
    ["a loop that catches what stops it", "for (;;) try { for (;;); } catch {}", "timeout"],
    ["a promise that nothing keeps", "return new Promise(() => {})", "ended"],
    ["Atomics.wait", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", "timeout"],
    ["a heap that grows", "const kept: unknown[] = []; for (;;) kept.push({ a: [1, 2] })", "ended"],
    ["array buffers", "const kept = []; for (;;) kept.push(new Uint8Array(2e7).fill(1))", "ended"],
    ["a rejection that nobody hears of", "Promise.reject(new Error('lost')); return new Promise(() => {})", "thrown"],
  ])(
    "is ended at %s",
    async (_what, body, kind) => {
      const learner = await open(`export function f(): any { ${body} }`);
      expect(await failure(learner.call("f", [], kind === "timeout" ? 500 : 20_000))).toMatchObject({ kind });
      learner.close();
    },
    40_000,
  );

  test("is ended at a loop of microtasks, by the clock or by the memory that its promises take", async () => {
    const body = "return new Promise(() => { const f = () => Promise.resolve().then(f); f(); })";
    const learner = await open(`export function f(): any { ${body} }`);
    expect((await failure(learner.call("f", [], 500))).kind).toMatch(/^(timeout|ended)$/);
    learner.close();
  });

  test("finds no global that leads out of its process", async () => {
    const learner = await open(
      "export const f = () => { const names = []; for (let owner = globalThis; owner; owner = Object.getPrototypeOf(owner)) names.push(...Reflect.ownKeys(owner).map(String)); return names; };",
    );
    const names = (await learner.call("f", [], 1_000)) as string[];
    expect(names).toContain("Map");
    for (const name of ["name", "onerror", "navigator", "Navigator", "Storage", "Blob", "GPU", "alert", "prompt"]) {
      expect(names).not.toContain(name);
    }
    expect(names.filter((name) => /^Deno|internal/i.test(name))).toEqual(["Deno"]);
    learner.close();
  });

  test("tells what it reached for, and what it asked to import", async () => {
    const cell = isolation.cell();
    const learner = await cell.open(
      "export const f = () => [typeof Deno, typeof fetch, typeof process, typeof eval];",
      LIMITS,
    );
    expect(await learner.call("f", [], 1_000)).toEqual(["undefined", "undefined", "undefined", "undefined"]);
    await failure(cell.open('import "node:fs";', LIMITS));
    await failure(cell.open('await import("/etc/passwd");', LIMITS));
    expect(cell.stopped()).toEqual([
      'It asked to import "node:fs".',
      "It asked to import at run time, by import().",
      "It reached for code made from text (eval).",
      "It reached for files, the network and other processes (Deno).",
      "It reached for its process and the environment (process).",
      "It reached for the network (fetch).",
    ]);
    cell.close();
  });
});
