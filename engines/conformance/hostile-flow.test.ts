import { expect, test } from "vitest";
import { hostileCommands, oracleSteps } from "./differential.ts";

const events = Array.from({ length: 40 }, (_, flowSeed) => oracleSteps(hostileCommands(flowSeed, 2_000), "full"))
  .flat()
  .flatMap(({ expected }) => expected);

function count(what: string): number {
  return events.filter((event) => event.event === what || ("reason" in event && event.reason === what)).length;
}

test("a seed gives the same flow again", () => {
  expect(hostileCommands(7, 500)).toEqual(hostileCommands(7, 500));
  expect(hostileCommands(7, 500)).not.toEqual(hostileCommands(8, 500));
});

test.each([
  ...["accepted", "executed", "canceled", "replaced", "book"],
  ...["user", "ioc", "fok", "no-liquidity", "self-trade"],
  ...["invalid-id", "invalid-side", "invalid-type", "invalid-size", "invalid-price", "invalid-tif"],
  ...["invalid-post-only", "invalid-owner", "invalid-stp", "duplicate-id", "would-cross", "unknown-order"],
  ...["invalid-depth", "unknown-op"],
])("the flows reach %s", (what) => expect(count(what)).toBeGreaterThan(20));

test("most of what is sent is no reject", () => {
  expect(count("accepted") + count("executed") + count("replaced")).toBeGreaterThan(events.length / 2);
});
