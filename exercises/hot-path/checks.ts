import type { Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { show, showCall, showNumber } from "../../lab/grade/show.ts";
import { shrinkInteger, shrinkList } from "../../lab/grade/shrink.ts";

interface Sample {
  stack: string[];
  count: number;
}

const NAMES = ["main", "onBook", "quote", "match", "encode", "decode", "log", "sort"];

function drawSamples(draws: Draws, index: number): Sample[] {
  const length = index === 0 ? 1 : draws.integer(2, 8);
  const names = NAMES.slice(0, draws.integer(2, NAMES.length));
  return draws.list(length, () => ({
    // One outermost function or two, as threads have; the rest of a stack may repeat names.
    stack: [draws.pick(["main", "main", "timer"]), ...draws.list(draws.integer(0, 4), () => draws.pick(names))],
    count: draws.integer(1, 60),
  }));
}

function sum(samples: readonly Sample[]): number {
  return samples.reduce((total, { count }) => total + count, 0);
}

function timeOf(samples: readonly Sample[], isIn: (stack: string[], name: string) => boolean): Record<string, number> {
  const names = [...new Set(samples.flatMap(({ stack }) => stack))].sort();
  const times = names.map((name) => [name, sum(samples.filter(({ stack }) => isIn(stack, name)))] as const);
  return Object.fromEntries(times.filter(([, time]) => time > 0));
}

const selfOf = (samples: readonly Sample[]) => timeOf(samples, (stack, name) => stack.at(-1) === name);
const totalOf = (samples: readonly Sample[]) => timeOf(samples, (stack, name) => stack.includes(name));

function pathOf(samples: readonly Sample[]): string[] {
  const path: string[] = [];
  for (let here = [...samples]; ; ) {
    const ended = sum(here.filter(({ stack }) => stack.length === path.length));
    const callees = [
      ...new Set(here.map(({ stack }) => stack[path.length]).filter((name) => name !== undefined)),
    ].sort();
    const under = (name: string) => here.filter(({ stack }) => stack[path.length] === name);
    const hottest = callees.reduce((best, name) => (sum(under(name)) > sum(under(best)) ? name : best), callees[0]);
    if (hottest === undefined || ended >= sum(under(hottest))) return path;
    here = under(hottest);
    path.push(hottest);
  }
}

function* shrinkSamples(samples: Sample[]): Generator<Sample[]> {
  yield* shrinkList(samples, undefined, 1);
  for (const [index, sample] of samples.entries()) {
    for (const stack of shrinkList(sample.stack, undefined, 1)) yield samples.with(index, { ...sample, stack });
    for (const count of shrinkInteger(sample.count, 1)) yield samples.with(index, { ...sample, count });
  }
}

/** Two objects with the same counts, whatever the order of their keys. */
function isSame(got: unknown, expected: Record<string, number>): boolean {
  if (typeof got !== "object" || got === null || Array.isArray(got)) return false;
  const entries = Object.entries(got);
  return entries.length === Object.keys(expected).length && entries.every(([name, count]) => expected[name] === count);
}

function times(
  call: "selfTime" | "totalTime",
  right: (samples: readonly Sample[]) => Record<string, number>,
  passed: string,
) {
  return property<Sample[]>({
    cases: 30,
    passed,
    generate: drawSamples,
    async judge(learner, samples) {
      const [got, expected] = [await learner.call(call, samples), right(samples)];
      if (isSame(got, expected)) return undefined;
      const own = (typeof got === "object" && got !== null ? got : {}) as Record<string, unknown>;
      const name = [...Object.keys(expected), ...Object.keys(own)].find((each) => own[each] !== expected[each]) ?? "";
      const reason = `\`${name}\` has ${showNumber(expected[name] ?? 0)} of ${showNumber(sum(samples))} samples; yours says ${show(own[name])}.`;
      return { input: showCall(call, samples), expected: show(expected), got: show(got), reason };
    },
    show: (samples) => showCall(call, samples),
    shrink: shrinkSamples,
    ...(call === "totalTime" && { see: aSystem }),
  });
}

/** The profile of a small trading system, as the learner's own functions read it. */
async function aSystem(learner: Learner): Promise<Picture[]> {
  const samples: Sample[] = [
    { stack: ["main", "onBook"], count: 40 },
    { stack: ["main", "onBook", "quote"], count: 55 },
    { stack: ["main", "onBook", "quote", "encode"], count: 120 },
    { stack: ["main", "match"], count: 210 },
    { stack: ["main", "match", "sort"], count: 260 },
    { stack: ["main", "match", "sort", "sort"], count: 90 },
    { stack: ["main", "log", "encode"], count: 75 },
  ];
  const [self, total] = [await learner.call("selfTime", samples), await learner.call("totalTime", samples)];
  const labels = ["main", "match", "sort", "onBook", "quote", "encode", "log"];
  const valuesOf = (counts: unknown): (number | null)[] =>
    labels.map((name) => {
      const value =
        (typeof counts === "object" && counts !== null ? (counts as Record<string, unknown>)[name] : 0) ?? 0;
      return typeof value === "number" ? value : null;
    });
  return [
    {
      kind: "bars",
      title: "A system's profile, read by your functions",
      unit: "samples of 850",
      labels,
      series: [
        { name: "self time", values: valuesOf(self) },
        { name: "total time", values: valuesOf(total) },
      ],
    },
  ];
}

async function judgePath(learner: Learner, samples: Sample[]): Promise<Fault | undefined> {
  const [got, expected] = [await learner.call("hotPath", samples), pathOf(samples)];
  if (show(got) === show(expected)) return undefined;
  const given = Array.isArray(got) ? got : [];
  const at = expected.findIndex((name, index) => given[index] !== name);
  const under = at <= 0 ? "outermost" : `under ${expected.slice(0, at).join(" → ")}`;
  const reason =
    at === -1
      ? `At ${expected.join(" → ")} as many samples end as go into any one callee: the path stops there.`
      : `Most samples are in \`${expected[at]}\` ${under}.`;
  return { input: showCall("hotPath", samples), expected: show(expected), got: show(got), reason };
}

export const checks: Checks = {
  "self time": times("selfTime", selfOf, "Every sample went to the function that ran."),
  "total time counts a recursion once": times(
    "totalTime",
    totalOf,
    "Every sample counted once for each function in it.",
  ),
  "the hot path": property<Sample[]>({
    cases: 60,
    passed: "Every path was followed to where its time is spent.",
    generate: drawSamples,
    judge: judgePath,
    show: (samples) => showCall("hotPath", samples),
    shrink: shrinkSamples,
  }),
  "what it is worth": property<{ samples: Sample[]; name: string }>({
    cases: 30,
    passed: "Every bound was Amdahl's.",
    generate: (draws, index) => ({ samples: drawSamples(draws, index), name: draws.pick([...NAMES, "idle"]) }),
    async judge(learner, { samples, name }) {
      const [all, own] = [sum(samples), totalOf(samples)[name] ?? 0];
      const [got, expected] = [await learner.call("bestSpeedUp", samples, name), all / (all - own)];
      const close = typeof got === "number" && Math.abs(got - expected) <= expected * 1e-9;
      if (got === expected || (close && Number.isFinite(expected))) return undefined;
      const reason = `\`${name}\` is in ${own} of ${all} samples. Without them ${all - own} are left, so the bound is ${show(expected)}.`;
      return { input: showCall("bestSpeedUp", samples, name), expected: show(expected), got: show(got), reason };
    },
    show: ({ samples, name }) => showCall("bestSpeedUp", samples, name),
    *shrink({ samples, name }) {
      for (const fewer of shrinkSamples(samples)) yield { samples: fewer, name };
    },
  }),
};
