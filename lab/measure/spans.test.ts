import { expect, test } from "vitest";
import { profileOf, SpanRecorder } from "./spans.ts";

/** A clock that goes on by 1 ms at each reading. */
function ticking(): () => number {
  let time = 0;
  return () => time++;
}

function record(capacity = 100): SpanRecorder {
  const spans = new SpanRecorder(capacity, ticking());
  for (let burst = 0; burst < 2; burst++) {
    spans.begin("burst");
    spans.begin("match");
    spans.end();
    spans.begin("strategy");
    spans.begin("match");
    spans.end();
    spans.end();
    spans.end();
  }
  return spans;
}

test("spans keep their names, times and depths", () => {
  expect(record().spans().slice(0, 4)).toEqual([
    { name: "burst", begin: 0, end: 7, depth: 0 },
    { name: "match", begin: 1, end: 2, depth: 1 },
    { name: "strategy", begin: 3, end: 6, depth: 1 },
    { name: "match", begin: 4, end: 5, depth: 2 },
  ]);
});

test("a profile adds up what has the same parents, and takes children off a part's own time", () => {
  expect(profileOf(record().spans())).toEqual([
    { path: ["burst"], count: 2, totalMs: 14, selfMs: 6 },
    { path: ["burst", "match"], count: 2, totalMs: 2, selfMs: 2 },
    { path: ["burst", "strategy"], count: 2, totalMs: 6, selfMs: 4 },
    { path: ["burst", "strategy", "match"], count: 2, totalMs: 2, selfMs: 2 },
  ]);
});

test("the parts' own times add up to the whole", () => {
  const parts = profileOf(record().spans());
  const whole = parts.filter(({ path }) => path.length === 1).reduce((sum, { totalMs }) => sum + totalMs, 0);
  expect(parts.reduce((sum, { selfMs }) => sum + selfMs, 0)).toBe(whole);
});

test("a recorder that is full goes on, and says how many it dropped", () => {
  const spans = record(5);
  expect(spans.spans()).toHaveLength(5);
  expect(spans.dropped).toBe(3);
});
