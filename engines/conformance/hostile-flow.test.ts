import { expect, test } from "vitest";
import type { Level } from "../contract/engine.ts";
import type { EngineEvent } from "../contract/events.ts";
import { hostileCommands, oracleSteps } from "./differential.ts";

const flows = Array.from({ length: 40 }, (_, flowSeed) => hostileCommands(flowSeed, 2_000));
const extended = eventsAt("extended");

function eventsAt(level: Level): EngineEvent[] {
  return flows.flatMap((commands) => oracleSteps(commands, level).flatMap(({ expected }) => expected));
}

function count(what: string, events = extended): number {
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
  ...["invalid-depth", "unknown-op", "limits", "killed", "lifted", "kill", "invalid-limit", "owner-killed"],
  ...["max-order-size", "price-band", "max-open-orders", "position-limit"],
])("the flows reach %s", (what) => expect(count(what)).toBeGreaterThan(20));

test("most of what is sent is no reject where nobody is held to limits", () => {
  const full = eventsAt("full");
  const done = count("accepted", full) + count("executed", full) + count("replaced", full);
  expect(done).toBeGreaterThan(full.length / 2);
});
