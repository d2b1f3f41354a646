import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, test } from "vitest";
import { html, markdownCode, markdownLine, readable } from "./readable.ts";

describe("readable", () => {
  test.each([
    ["\u001b[31mred\u001b[0m", "red"],
    ["\u001b]0;title\u0007text", "text"],
    ["a\u0000b\u0008c\u009b1md", "abcd"],
    ["user\u202Egpj.exe", "usergpj.exe"],
    ["ze\u200bro", "zero"],
    ["two\r\nlines\tand a tab", "two\nlines\tand a tab"],
  ])("%j is shown as %j", (given, shown) => {
    expect(readable(given)).toBe(shown);
  });

  test("no control character is left, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
        (given) => {
          expect(readable(given)).not.toMatch(/[^\P{Cc}\n\t]|\p{Cs}/u);
        },
      ),
    );
  });

  test("a long text is cut with a mark", () => {
    expect(readable("abcdef", 4)).toBe("abc…");
  });
});

/** The kinds of nodes that a Markdown reader makes of a text. */
function kindsOf(markdown: string): Set<string> {
  const kinds = new Set<string>();
  const visit = (node: { type: string; children?: unknown[] }) => {
    kinds.add(node.type);
    for (const child of node.children ?? []) visit(child as typeof node);
  };
  visit(fromMarkdown(markdown) as Parameters<typeof visit>[0]);
  return kinds;
}

const hostile = fc
  .array(
    fc.constantFrom(
      "<script>alert(1)</script>",
      "[a](javascript:x)",
      "![i](http://x)",
      "`",
      "``",
      "```",
      "\n",
      "\n\n",
      "# ",
      "- ",
      "1. ",
      "> ",
      "|",
      "---",
      "===",
      "*",
      "**",
      "_",
      "~~",
      "&lt;",
      "\\",
      "<!--",
      "https://x.y",
      "www.x.y",
      "    ",
      "\t",
      "word",
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("markdownLine", () => {
  test("is a paragraph of text and code, whatever the text", () => {
    fc.assert(
      fc.property(hostile, (given) => {
        const kinds = kindsOf(markdownLine(given));
        for (const kind of kinds) expect(["root", "paragraph", "text", "inlineCode"]).toContain(kind);
      }),
      { numRuns: 200 },
    );
  });

  test("names in backticks stay code", () => {
    expect(markdownLine("Your code exports no function `merge`.")).toBe("Your code exports no function `merge`.");
  });

  test("an address is no link", () => {
    expect(markdownLine("see https://evil.example")).toBe("see https\\://evil.example");
  });
});

test("nothing ends a block of code from inside", () => {
  fc.assert(
    fc.property(hostile, (given) => {
      const root = fromMarkdown(markdownCode(given));
      expect(root.children.map(({ type }) => type)).toEqual(["code"]);
    }),
    { numRuns: 300 },
  );
});

test("HTML has neither elements nor attributes in it", () => {
  expect(html(`<img src=x onerror="a('b')">&`)).toBe("&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;");
});
