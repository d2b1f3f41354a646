import { expect, test } from "vitest";
import { expectThat, Tally } from "./tally.ts";

test("each check is a line and is counted, and one that fails says why", async () => {
  const lines: string[] = [];
  const tally = new Tally((line) => lines.push(line));
  await tally.check("a", () => expectThat(true, "never"));
  await tally.check("b", async () => expectThat(false, "it was not so"));
  tally.say("c");
  expect(lines).toEqual(["ok      a", "FAILED  b: it was not so", "c"]);
  expect([tally.passed, tally.failed]).toEqual([1, 1]);
});
