import { expect, test } from "vitest";
import { hostileCommands, oracleSteps } from "./differential.ts";
import { flowText } from "./flow-text.ts";

test("each command is a line of JSON", () => {
  expect(flowText([{ op: "add", id: 1, tif: undefined, note: [1, { a: null }] }, {}])).toBe(
    '{"op":"add","id":1,"note":[1,{"a":null}]}\n{}\n',
  );
});

test("numbers that JSON has not are written as what is invalid too, or the same", () => {
  expect(flowText([{ a: Number.NaN, b: Infinity, c: -Infinity, d: -0, e: 1e300 }])).toBe(
    '{"a":null,"b":1e400,"c":-1e400,"d":-0,"e":1e+300}\n',
  );
});

test.each([1, 2, 3])("the text of hostile flow %i gives the same events as the flow", (flowSeed) => {
  const commands = hostileCommands(flowSeed, 3_000);
  const read = flowText(commands)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  const events = (flow: object[]) => oracleSteps(flow, "full").map(({ expected }) => expected);
  expect(events(read)).toEqual(events(commands));
});
