import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { paced } from "./pace.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const answering = (answered: number[]) =>
  paced(async () => ({ exports: ["f"], close() {}, call: async () => answered.push(performance.now()) }));

test("a few calls go out at once", async () => {
  const answered: number[] = [];
  const learner = await answering(answered)("");
  for (let call = 0; call < 80; call++) await learner.call("f", [], 100);
  expect(answered).toEqual(Array(80).fill(answered[0]));
});

test("no second sees more calls than the sandbox bears", async () => {
  const answered: number[] = [];
  const learner = await answering(answered)("");
  const calls = (async () => {
    for (let call = 0; call < 250; call++) await learner.call("f", [], 100);
  })();
  await vi.runAllTimersAsync();
  await calls;
  for (let call = 80; call < 250; call++) expect(answered[call] - answered[call - 80]).toBeGreaterThanOrEqual(1_000);
  expect(answered[249] - answered[0]).toBeLessThan(4_000);
});
