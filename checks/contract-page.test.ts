import { describe, expect, test } from "vitest";
import * as binary from "../engines/contract/binary.ts";
import { readProjectFile } from "./tree.ts";

const page = readProjectFile("chapters/engine-contract/index.mdx").replaceAll("\n", " ");

/** The page writes "left out" for a time in force that the encoder calls `default`. */
function codes(table: Record<string, number>): string[] {
  return Object.entries(table).map(([name, code]) => `${code} ${name === "default" ? "left out" : name}`);
}

describe("the page of the engine contract", () => {
  test.each([
    ["op", binary.OP],
    ["side", binary.SIDE],
    ["type", binary.TYPE],
    ["time in force", binary.TIF],
    ["self-trade prevention", binary.STP],
    ["reasons of a cancellation", binary.CANCEL_REASON],
    ["reasons of a rejection", binary.REJECT_REASON],
  ])("gives each code of %s as the code has it", (_, table) => {
    expect(codes(table).filter((code) => !page.includes(code))).toEqual([]);
  });

  test("gives the width of both records", () => {
    expect(page).toContain(`A command is ${binary.COMMAND_WORDS} words`);
    expect(page).toContain(`An event is ${binary.EVENT_WORDS} words`);
  });

  test("gives the kind of each event in its column", () => {
    const cells = /\| 0 \| (\d.*?) \| \| 1 \|/.exec(page)?.[1].split("|");
    expect(cells?.map((cell) => Number.parseInt(cell, 10))).toEqual(Object.values(binary.KIND));
  });
});
