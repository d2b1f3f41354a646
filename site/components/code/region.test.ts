import { describe, expect, test } from "vitest";
import { readRegion } from "./region.ts";

const file = ["a();", "  // #region inner", "  if (b) {", "    c();", "  }", "  // #endregion inner", "d();"].join(
  "\n",
);

describe("a region", () => {
  test("is what stands between its markers, without their indentation", () => {
    expect(readRegion(file, "inner", "x.ts")).toEqual({ code: "if (b) {\n  c();\n}", firstLine: 3, lastLine: 5 });
  });

  test("leaves out the markers of regions inside it", () => {
    const nested = `// #region outer\n${file}\n// #endregion outer`;
    expect(readRegion(nested, "outer", "x.ts").code).not.toContain("#");
    expect(readRegion(nested, "outer", "x.ts").code.split("\n")).toHaveLength(5);
  });

  test("is found with the comments of other languages and with CRLF", () => {
    expect(readRegion("# #region py\r\npass\r\n# #endregion py\r\n", "py", "x.py").code).toBe("pass");
  });

  test.each([
    ["is not there", "a();", 'x.ts has no region "inner". It has none.'],
    ["is there under another name", "// #region other\na\n// #endregion other", "It has: other."],
    ["does not end", "// #region inner\na();", "end it once"],
    ["is there twice", `${file}\n${file}`, "begin region"],
    ["is empty", "// #region inner\n\n// #endregion inner", "is empty"],
  ])("that %s stops the build", (_, text, message) => {
    expect(() => readRegion(text, "inner", "x.ts")).toThrow(message);
  });
});
