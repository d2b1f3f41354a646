import type { Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { show, showCall, showNumber } from "../../lab/grade/show.ts";
import { shrinkInteger, shrinkList } from "../../lab/grade/shrink.ts";

/** A run, the percentiles asked of it. */
interface Run {
  latenciesNs: number[];
  ps: number[];
}

const PS = [0, 25, 50, 75, 90, 99, 99.9, 100];
const SECOND_NS = 1_000_000_000;
/** What bounded memory means here: 64 buckets for each of 34 powers of two are 2,176; this leaves room for other ways. */
const MOST_NUMBERS = 4_096;

/** The smallest value that at least `p` per cent of the run do not exceed (nearest rank). */
function truth(latenciesNs: readonly number[], p: number): number {
  const sorted = [...latenciesNs].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil((p / 100) * sorted.length)) - 1];
}

/**
 * Percentiles whose rank every way of writing `p / 100 × n` agrees on: where that product is a whole number, its last bit
 * decides between two ranks, and a check would judge rounding instead of the histogram.
 */
function clearPs(draws: Draws, runLength: number): number[] {
  const clear = PS.filter((p) => {
    const rank = (p / 100) * runLength;
    return p % 25 === 0 || Math.abs(rank - Math.round(rank)) > 1e-6;
  });
  return draws.list(3, () => draws.pick(clear));
}

async function answers(learner: Learner, histogram: unknown, ps: number[]): Promise<(number | null)[] | Fault> {
  const got = await learner.call("percentiles", histogram, ps);
  const right = Array.isArray(got) && got.length === ps.length && got.every((v) => v === null || typeof v === "number");
  if (right) return got as (number | null)[];
  return {
    input: showCall("percentiles", "…", ps),
    expected: `an array of ${ps.length} numbers, or null where nothing was recorded`,
    got: show(got),
    reason: "`percentiles` must give one number, or null, for each percentile asked for.",
  };
}

/** @param error share of the true value that an answer may be off */
async function judgeRun(learner: Learner, run: Run, error = 1 / 64): Promise<Fault | undefined> {
  const histogram = await learner.call("record", run.latenciesNs);
  const got = await answers(learner, histogram, run.ps);
  if (!Array.isArray(got)) return { ...got, input: showRun(run) };
  for (const [index, p] of run.ps.entries()) {
    const expected = truth(run.latenciesNs, p);
    const value = got[index];
    const doubt = Math.floor(expected * error);
    if (value !== null && Math.abs(value - expected) <= doubt) continue;
    const among = run.latenciesNs.length === 1 ? "this one latency" : `these ${run.latenciesNs.length} latencies`;
    return {
      input: showRun({ ...run, ps: [p] }),
      expected: doubt === 0 ? `[${expected}]` : `[${expected}], give or take ${doubt}`,
      got: `[${show(value)}]`,
      reason: `p${p} of ${among} is ${showNumber(expected)} ns; yours says ${value === null ? "null" : showNumber(value)}${doubt === 0 ? "" : `, which is off by more than 1/${1 / error}`}.`,
    };
  }
  return undefined;
}

function showRun({ latenciesNs, ps }: Run): string {
  return `percentiles(${showCall("record", latenciesNs)}, ${show(ps)})`;
}

function* shrinkRun({ latenciesNs, ps }: Run, least: number): Generator<Run> {
  if (ps.length > 1) for (const p of ps) yield { latenciesNs, ps: [p] };
  const shorter = shrinkList(latenciesNs, (ns) => shrinkInteger(ns, least), 1);
  for (const fewer of shorter) yield { latenciesNs: fewer, ps };
}

function runs(low: number, high: number, cases: number, longest: number, passed: string) {
  return property<Run>({
    cases,
    passed,
    generate(draws, index) {
      const length = index === 0 ? 1 : draws.integer(1, longest);
      const value = (): number =>
        low === 0
          ? draws.pick([0, draws.integer(0, high), draws.integer(0, high)])
          : draws.pick([draws.logUniform(low, high), draws.logUniform(low, 4_096)]);
      const latenciesNs = draws.list(length, value);
      return { latenciesNs, ps: clearPs(draws, length) };
    },
    judge: judgeRun,
    show: showRun,
    shrink: (run) => shrinkRun(run, low),
  });
}

/** How many numbers a value holds, whatever its shape: what it would take at least to keep it, in 8 bytes each. */
function numbersIn(value: unknown): number {
  if (typeof value === "string") return Math.ceil(value.length / 8);
  if (typeof value !== "object" || value === null) return 1;
  if (ArrayBuffer.isView(value)) return Math.ceil(value.byteLength / 8);
  const parts =
    value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value as object);
  return parts.reduce((sum: number, part) => sum + numbersIn(part), 0);
}

/** A calm day of 1,000 orders, one of which was stuck for 10 s: each percentile as it is, and as the histogram tells it. */
async function aDayWithAStall(learner: Learner): Promise<Picture[]> {
  const latenciesNs = Array.from({ length: 1_000 }, (_, order) =>
    order === 700 ? 10 * SECOND_NS : 20_000 + 60 * order,
  );
  const ps = [50, 90, 99, 100];
  const got = await answers(learner, await learner.call("record", latenciesNs), ps);
  const told = Array.isArray(got) ? got : ps.map(() => null);
  return [
    {
      kind: "bars",
      title: "1,000 orders, one of them stuck for 10 s",
      unit: "ns",
      labels: ps.map((p) => `p${p}`),
      series: [
        { name: "as it was", values: ps.map((p) => truth(latenciesNs, p)) },
        // A log axis has no 0.
        {
          name: "as yours tells it",
          values: told.map((ns) => (ns !== null && Number.isFinite(ns) ? Math.max(1, ns) : null)),
        },
      ],
      scale: "log",
    },
  ];
}

const boundedMemory = property<Run>({
  cases: 3,
  passed: `5,000 latencies from 1 ns to 10 s took at most ${showNumber(MOST_NUMBERS)} numbers, and the longest stall was still seen.`,
  generate(draws, index) {
    const stallNs = index === 0 ? 10 * SECOND_NS : draws.integer(2 * SECOND_NS, 10 * SECOND_NS);
    return { latenciesNs: [...draws.list(4_999, () => draws.logUniform(1, SECOND_NS)), stallNs], ps: [100] };
  },
  async judge(learner, run) {
    const numbers = numbersIn(await learner.call("record", run.latenciesNs));
    if (numbers <= MOST_NUMBERS) return judgeRun(learner, run, 1 / 2);
    return {
      input: showCall("record", run.latenciesNs),
      expected: `a histogram of at most ${showNumber(MOST_NUMBERS)} numbers`,
      got: `one of ${showNumber(numbers)} numbers`,
      reason: `After ${showNumber(run.latenciesNs.length)} latencies your histogram holds ${showNumber(numbers)} numbers: it grows with the run. Count, and forget the values.`,
    };
  },
  show: showRun,
  see: aDayWithAStall,
  *shrink({ latenciesNs, ps }) {
    if (latenciesNs.length > 1) yield { latenciesNs: [truth(latenciesNs, 100)], ps };
  },
});

const merging = property<{ a: number[]; b: number[] }>({
  cases: 15,
  passed: "A merged histogram said the same as one histogram of both runs.",
  generate(draws) {
    const slow = (): number => draws.logUniform(1, SECOND_NS);
    const fast = (): number => draws.logUniform(1, 20_000);
    return { a: draws.list(draws.integer(1, 40), fast), b: draws.list(draws.integer(1, 12), slow) };
  },
  async judge(learner, { a, b }) {
    const both = [...a, ...b];
    const ps = [0, 25, 50, 75, 100];
    const merged = await learner.call("merge", await learner.call("record", a), await learner.call("record", b));
    const got = await answers(learner, merged, ps);
    const whole = await answers(learner, await learner.call("record", both), ps);
    const input = showMerge(a, b, ps);
    if (!Array.isArray(got)) return { ...got, input };
    if (!Array.isArray(whole)) return { ...whole, input };
    const longest = truth(both, 100);
    const last = got[got.length - 1];
    // Two empty answers agree as well, so the merged run must at least still reach its longest latency.
    if (show(got) === show(whole) && last !== null && last >= longest / 2) return undefined;
    const expected = show(got) === show(whole) ? `p100 near ${longest}` : show(whole);
    const reason =
      show(got) === show(whole)
        ? `The longest latency of the two runs, ${showNumber(longest)} ns, is lost.`
        : "The merged histogram says something else than your own histogram of both runs together.";
    return { input, expected, got: show(got), reason };
  },
  show: ({ a, b }) => showMerge(a, b, [100]),
  *shrink({ a, b }) {
    for (const fewer of shrinkList(a, (ns) => shrinkInteger(ns, 1), 1)) yield { a: fewer, b };
    for (const fewer of shrinkList(b, (ns) => shrinkInteger(ns, 1), 1)) yield { a, b: fewer };
  },
});

function showMerge(a: number[], b: number[], ps: number[]): string {
  return `percentiles(merge(${showCall("record", a)}, ${showCall("record", b)}), ${show(ps)})`;
}

const emptiness = property<{ latenciesNs: number[] }>({
  cases: 3,
  passed: "An empty run has no percentile, and adds nothing to another run.",
  generate: (draws, index) => ({ latenciesNs: index === 0 ? [] : draws.list(index, () => draws.integer(1, 50)) }),
  async judge(learner, { latenciesNs }) {
    const ps = [0, 50, 100];
    const [empty, other] = [await learner.call("record", []), await learner.call("record", latenciesNs)];
    const expected = ps.map((p) => (latenciesNs.length === 0 ? null : truth(latenciesNs, p)));
    const got = await answers(learner, await learner.call("merge", other, empty), ps);
    const input = showMerge(latenciesNs, [], ps);
    if (!Array.isArray(got)) return { ...got, input };
    if (show(got) === show(expected)) return undefined;
    const reason =
      latenciesNs.length === 0
        ? "Nothing was recorded, so there is nothing to report: 0 ns would be a very good latency."
        : "Merging with an empty run changed the run.";
    return { input, expected: show(expected), got: show(got), reason };
  },
  show: ({ latenciesNs }) => showMerge(latenciesNs, [], [0, 50, 100]),
  *shrink({ latenciesNs }) {
    for (const fewer of shrinkList(latenciesNs)) yield { latenciesNs: fewer };
  },
});

export const checks: Checks = {
  "small values are exact": runs(0, 63, 25, 20, "Every percentile of runs below 64 ns was exact, zeros included."),
  "the error stays within 1/64": runs(
    1,
    SECOND_NS,
    25,
    300,
    "Every percentile from 1 ns to 1 s was within 1/64 of the true one.",
  ),
  "memory stays bounded": boundedMemory,
  "merging loses nothing": merging,
  "nothing has no percentile": emptiness,
};
