import { describe, expect, test } from "vitest";
import { chapterFiles } from "./chapter-texts.ts";
import { numberFaults } from "./prose-numbers.ts";
import { readProjectFile } from "./tree.ts";

test("no number in a chapter's prose is without a source or a run behind it", () => {
  expect(chapterFiles().flatMap((file) => numberFaults(file, readProjectFile(file)))).toEqual([]);
});

describe("a number without a source", () => {
  test.each([
    "It takes 100 ns.",
    "It takes 1.5\u00a0µs.",
    "A 5-ms pause.",
    "It is 3× faster.",
    "That is 12% of it.",
    "About 2 per cent.",
    "It does 10,000 orders a second.",
    "It does 3 million orders a second.",
    "It loads 200 kB.",
    "It runs 4 times as fast.",
    "A clock of 3 GHz.",
  ])("is a fault: %s", (text) => {
    expect(numberFaults("a.mdx", `---\ntitle: 5 ms\n---\n\n${text}\n`)).toEqual([expect.stringContaining("a.mdx:5: ")]);
  });

  test("is one though the next item has a source", () => {
    expect(numberFaults("a.mdx", "- 5 ms\n- [6 ms](https://example.org)\n")).toHaveLength(1);
  });

  test("is told with its own line in a table", () => {
    expect(numberFaults("a.mdx", "| a |\n| --- |\n| 5 ms |\n")).toEqual([expect.stringContaining("a.mdx:3: ")]);
  });
});

test.each([
  "It has 5 phases and 3 engines.",
  "Take [100 ns](https://example.org).",
  'It takes <Measured of="a" />, not 5 ms.',
  "Say 5 ms. {/* number: example */}",
  "Call `wait(5 ms)`.",
  "```\n5 ms\n```",
  "| a |\n| --- |\n| 5 ms {/* number: definition */} |",
  "Chapter 3 says so.",
])("no fault: %s", (text) => {
  expect(numberFaults("a.mdx", text)).toEqual([]);
});
