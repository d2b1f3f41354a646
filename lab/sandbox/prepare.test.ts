import { describe, expect, test } from "vitest";
import { GUARD_NAME } from "./loop-guards.ts";
import { MAX_CODE_LENGTH, type PreparedCode, prepareCode } from "./prepare.ts";

function prepared(source: string): PreparedCode {
  const result = prepareCode(source);
  if (result.kind === "failed") throw new Error(result.message);
  return result;
}

/** Runs a prepared file, and gives its exports and the lines that its guards were called with. */
async function runGuarded(source: string): Promise<{ exports: Record<string, unknown>; lines: number[] }> {
  const lines: number[] = [];
  Object.assign(globalThis, { [GUARD_NAME]: (line: number) => lines.push(line) });
  const { code } = prepared(source);
  const exports = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return { exports, lines };
}

describe("types are taken away", () => {
  test("and everything stays on its line", () => {
    const source = [
      'import type { Market } from "hotpath";',
      'import { Strategy } from "hotpath";',
      "interface Quote {",
      "  price: number;",
      "}",
      "export default class A implements Strategy {",
      "  private quotes: Quote[] = [];",
      "  onStart(market: Market): void {",
      "    this.quotes.push({ price: market.cash } as Quote);",
      "  }",
      "}",
    ].join("\n");
    const lines = prepared(source).code.split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[5]).toContain("class A");
    expect(lines[8]).toContain("this.quotes.push");
  });

  test("and an enum runs", async () => {
    const { exports } = await runGuarded("export enum Side { Buy = 3, Sell }\nexport const sell: Side = Side.Sell;");
    expect(exports.sell).toBe(4);
  });
});

describe("what can't be read is told with its line:", () => {
  test.each<[string, string, RegExp, number, number | undefined]>([
    ["an expression missing", "const a: number = 1;\n\nconst b = ;", /^Unexpected token\.$/, 3, 11],
    ["a brace missing", "function f() {\n  return 1;\n", /./, 3, undefined],
    ["a bad assignment", "const x = 1;\n1 = x;", /Assigning to rvalue/, 2, undefined],
    ["a name declared twice", "let a = 1;\nlet a = 2;", /already been declared/, 2, undefined],
    ["a bad regular expression", "const x: RegExp =\n  /(/;", /regular expression/, 2, undefined],
    ["an await that can't be", "function f() {\n  await x;\n}", /await/, 2, undefined],
  ])("%s", (_, source, message, line, column) => {
    const failure = prepareCode(source);
    expect(failure).toMatchObject({ kind: "failed", phase: "syntax", line, message: expect.stringMatching(message) });
    if (column !== undefined) expect(failure).toMatchObject({ column });
  });

  test("a file too long", () => {
    expect(prepareCode(" ".repeat(MAX_CODE_LENGTH + 1))).toMatchObject({ message: expect.stringContaining("500,001") });
  });

  test("a file nested too deeply", () => {
    const message = "The code is nested too deeply to be read.";
    expect(prepareCode("[".repeat(100_000))).toMatchObject({ kind: "failed", phase: "syntax", message });
  });
});

describe("an import of anything but types is refused on its line:", () => {
  test.each([
    ['const a = 1;\nimport { readFile } from "node:fs";\nreadFile;', '"node:fs"', 2],
    ['import { buy } from "hotpath";\nbuy();', '"hotpath"', 1],
    ['import "https://example.org/x.js";', '"https://example.org/x.js"', 1],
    ['\nexport * from "./other.ts";', '"./other.ts"', 2],
    ['export { a } from "./other.ts";', '"./other.ts"', 1],
    ['const f = () =>\n  import("data:text/javascript,1");', "import()", 2],
  ])("%s", (source, named, line) => {
    const failure = prepareCode(source);
    expect(failure).toMatchObject({ kind: "failed", phase: "syntax", line });
    expect((failure as { message: string }).message).toContain(named);
    expect((failure as { message: string }).message).toContain('import type { Strategy } from "hotpath"');
  });
});

describe("each turn of a loop calls the guard with the loop's line", () => {
  test.each([
    ["for", "for (let i = 0; i < 3; i++) {}", 3],
    ["for with nothing in it", "for (let i = 0; i < 3; i++);", 3],
    ["for in", "for (const key in { a: 1, b: 2 }) void key;", 2],
    ["for of", "for (const x of [1, 2]) void x", 2],
    ["while", "let n = 3; while (n-- > 0) n;", 3],
    ["do while", "let n = 3; do n--; while (n > 0)", 3],
    ["for await", "for await (const x of [1, 2]) { void x; }", 2],
    ["in a generator", "function* g() { for (;;) yield 1; }\nconst g1 = g(); g1.next(); g1.next();", 2],
    ["in an async function", "await (async () => { for (let i = 0; i < 2; i++) await i; })();", 2],
    ["with a label", "outer: for (let i = 0; i < 2; i++) { for (;;) continue outer; }", 4],
  ])("%s", async (_, loop, turns) => {
    const { lines } = await runGuarded(`\n${loop}`);
    expect(lines).toEqual(Array.from({ length: turns }, () => 2));
  });

  test("and the code does what it did", async () => {
    const source = [
      "export const found: number[] = [];",
      "for (let i = 0; i < 3; i++) for (const j of [1, 2]) if (i !== j) found.push(i * 10 + j); else continue",
      "let n = 2",
      "do found.push(n)",
      "while (--n)",
      "if (n === 0) while (n < 2) n++; else found.push(-1);",
      "export const last = n;",
    ].join("\n");
    const { exports } = await runGuarded(source);
    expect(exports).toMatchObject({ found: [1, 2, 12, 21, 2, 1], last: 2 });
  });
});

describe("the column of a place in the prepared code", () => {
  test("is that of the reader's file, also behind a guard", () => {
    const source = "while (true) { throw new Error(); }";
    const { code, columnOf } = prepared(source);
    expect(columnOf(1, code.indexOf("new") + 1)).toBe(source.indexOf("new") + 1);
    expect(columnOf(1, 1)).toBe(1);
  });

  test("is unknown where types stood on the line", () => {
    expect(prepared("const a: number = f();").columnOf(1, 12)).toBeUndefined();
  });
});
