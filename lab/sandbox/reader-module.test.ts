import { describe, expect, test } from "vitest";
import { LoopTooLong } from "./loop-guard.ts";
import { GUARD_NAME } from "./loop-guards.ts";
import type { Failure } from "./protocol.ts";
import { ReaderModule } from "./reader-module.ts";
import type { Source } from "./source-files.ts";

let loads = 0;
const addressOf = (code: string): string =>
  `data:text/javascript;base64,${Buffer.from(`${code}\n// ${++loads}`).toString("base64")}`;

function read(source: Source): ReaderModule {
  const module = ReaderModule.read(source, addressOf);
  if (!(module instanceof ReaderModule)) throw new Error(module.message);
  return module;
}

function refused(source: Source): Failure {
  const module = ReaderModule.read(source, addressOf);
  if (module instanceof ReaderModule) throw new Error("It was read.");
  return module;
}

/** What a call of an export throws, as the reader is told of it. */
async function thrownBy(source: Source, name: string): Promise<Failure> {
  const module = read(source);
  const exports = await module.instance();
  try {
    (exports[name] as () => void)();
  } catch (error) {
    return module.failureOf("run", error);
  }
  throw new Error("Nothing was thrown.");
}

describe("several files", () => {
  test("import each other as ./name.ts, also through one another, and types alone", async () => {
    const exports = await read({
      "main.ts":
        'import type { Size } from "./b.ts";\nimport { two } from "./a.ts";\nexport const four: Size = two * 2;',
      "a.ts": 'import { one } from "./b.ts";\nexport { one } from "./b.ts";\nexport const two: number = one + one;',
      "b.ts": "export type Size = number;\nexport const one = 1;",
    }).instance();
    expect(exports.four).toBe(4);
  });

  test("a file imported by two is one module, and each instance has its own", async () => {
    const module = read({
      "main.ts":
        'import { add } from "./a.ts";\nimport { count } from "./state.ts";\nexport const next = () => { add(); return count.now; };',
      "a.ts": 'import { count } from "./state.ts";\nexport const add = () => { count.now++; };',
      "state.ts": "export const count = { now: 0 };",
    });
    const [first, second] = [await module.instance(), await module.instance()];
    const next = (exports: typeof first) => (exports.next as () => number)();
    expect([next(first), next(first), next(second)]).toEqual([1, 2, 1]);
  });

  test("an error is told with its file and line, the first file's with its line alone", async () => {
    const files = {
      "main.ts":
        'import { f } from "./a.ts";\nexport const call = () => f();\n\nexport function own() { throw new Error("here"); }',
      "a.ts": 'interface Type {}\n\nexport function f(): Type {\n  throw new Error("there");\n}',
    };
    expect(await thrownBy(files, "call")).toEqual({
      kind: "failed",
      phase: "run",
      message: "Error: there",
      file: "a.ts",
      line: 4,
      column: 9,
    });
    const own = await thrownBy(files, "own");
    expect(own).toMatchObject({ message: "Error: here", line: 4 });
    expect(own).not.toHaveProperty("file");
  });

  test("a loop without an end is told with its file", async () => {
    Object.assign(globalThis, {
      [GUARD_NAME]: (line: number, file?: string) => {
        throw new LoopTooLong(line, 1000, file);
      },
    });
    const files = { "main.ts": 'export { spin } from "./a.ts";', "a.ts": "\nexport const spin = () => { for (;;); };" };
    expect(await thrownBy(files, "spin")).toEqual({
      kind: "failed",
      phase: "loop",
      message: "The loop on line 2 of a.ts went on for more than 1 s, and was stopped.",
      line: 2,
      file: "a.ts",
    });
  });

  test("a syntax error is told with its file and line", () => {
    const files = { "main.ts": 'import { a } from "./a.ts";\na;', "a.ts": "const ok = 1;\nexport const a = ;" };
    expect(refused(files)).toMatchObject({ phase: "syntax", file: "a.ts", line: 2 });
  });

  test("an import of what no file exports is told by the file's name", async () => {
    const module = read({ "main.ts": 'import { gone } from "./a.ts";\nexport const x = gone;', "a.ts": "export {};" });
    const error = await module.instance().then(
      () => undefined,
      (why: unknown) => why,
    );
    const failure = module.failureOf("load", error);
    expect(failure).toMatchObject({ phase: "syntax", message: expect.stringContaining("gone") });
    expect(failure.message).not.toContain("data:");
  });

  test("a circle of imports is refused, and named", () => {
    const failure = refused({
      "main.ts": 'import { a } from "./a.ts";\na;',
      "a.ts": 'import { b } from "./b.ts";\nexport const a = b;',
      "b.ts": '\nimport { a } from "./a.ts";\nexport const b = () => a;',
    });
    expect(failure).toMatchObject({ phase: "syntax", file: "b.ts", line: 2 });
    expect(failure.message).toContain("a.ts → b.ts → a.ts");
  });

  test.each([
    ["a file that is not there", 'import { x } from "./gone.ts";\nx;'],
    ["a folder", 'import { x } from "../a.ts";\nx;'],
    ["an address", 'import { x } from "https://example.org/a.ts";\nx;'],
    ["itself", 'import { x } from "./main.ts";\nx;'],
  ])("an import of %s is refused, with the files that there are", (_what, main) => {
    const failure = refused({ "main.ts": main, "a.ts": "export const x = 1;" });
    expect(failure).toMatchObject({ phase: "syntax", line: 1, message: expect.stringContaining('"./a.ts"') });
  });

  test("a name that is none, and no file at all, are refused", () => {
    expect(refused({ "../main.ts": "" }).message).toContain('"../main.ts"');
    expect(refused({}).message).toBe("There is no file to run.");
  });

  test("a file that nothing imports may be unfinished", async () => {
    const exports = await read({ "main.ts": "export const x = 1;", "notes.ts": "const = " }).instance();
    expect(exports.x).toBe(1);
  });
});

test("the running line is that of the file that runs", async () => {
  let module: ReaderModule | undefined;
  Object.assign(globalThis, { whereAmI: () => module?.runningPlace() });
  module = read({
    "main.ts": 'import { there } from "./a.ts";\nexport { there };\nexport const here = () => whereAmI();',
    "a.ts": "\n\n\n\nexport const there = () => whereAmI();",
  });
  const exports = await module.instance();
  expect((exports.here as () => unknown)()).toEqual({ line: 3 });
  expect((exports.there as () => unknown)()).toEqual({ line: 5, file: "a.ts" });
});
