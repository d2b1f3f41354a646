import { describe, expect, test } from "vitest";
import { closedLoop, openLoop, quantile, type StallingLoad } from "./stalling-server.ts";

const LOAD: StallingLoad = {
  serviceUs: 20,
  stallMs: 50,
  everyMs: 1000,
  ratePerSecond: 1000,
  requests: 20_000,
  seed: 7,
};
const tail = (load: StallingLoad, loop: typeof openLoop, share: number): number =>
  quantile(loop(load).latencyMs.toSorted(), share);

describe("a server that stalls", () => {
  test("looks fast to a client that waits, and slow to those who don't", () => {
    // Of 1,000 requests a second one meets the stall where the client waits; 50 where it doesn't.
    expect(tail(LOAD, closedLoop, 0.99)).toBeLessThan(0.1);
    expect(tail(LOAD, openLoop, 0.99)).toBeGreaterThan(35);
    expect(tail(LOAD, openLoop, 0.99)).toBeLessThan(50);
  });

  test("shows the same longest stall to both", () => {
    expect(tail(LOAD, closedLoop, 1)).toBeCloseTo(50, 0);
    expect(tail(LOAD, openLoop, 1)).toBeCloseTo(50, 0);
  });

  test("sends fewer requests into the same time where the client waits", () => {
    const last = (loop: typeof openLoop): number => loop(LOAD).sentMs.at(-1) as number;
    expect(last(closedLoop)).toBeGreaterThan(last(openLoop) + 19 * 45);
  });

  test("is the same for both where it never stalls and is never late", () => {
    const calm = { ...LOAD, stallMs: 0 };
    expect(openLoop(calm).latencyMs.map(Math.fround)).toEqual(closedLoop(calm).latencyMs.map(Math.fround));
  });

  test("does no work in a stall", () => {
    const { sentMs, latencyMs } = openLoop(LOAD);
    const inStall = sentMs.indexOf(960);
    expect(sentMs[inStall] + latencyMs[inStall]).toBeGreaterThan(1000);
  });

  test("is the same for the same seed", () => {
    expect(openLoop(LOAD)).toEqual(openLoop(LOAD));
    expect(openLoop(LOAD).latencyMs).not.toEqual(openLoop({ ...LOAD, seed: 8 }).latencyMs);
  });
});

test("a quantile is one of the values, and of no values there is none", () => {
  const values = Float64Array.of(1, 2, 3, 4);
  expect([0, 0.5, 0.51, 1].map((share) => quantile(values, share))).toEqual([1, 2, 3, 4]);
  expect(() => quantile(new Float64Array(0), 0.5)).toThrow("no quantile of no values");
});
