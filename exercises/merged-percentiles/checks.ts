import type { Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { show, showCall, showNumber } from "../../lab/grade/show.ts";
import { shrinkInteger, shrinkList } from "../../lab/grade/shrink.ts";

interface Run {
  bounds: number[];
  counts: number[];
}

interface Case {
  runs: Run[];
  ps: number[];
}

interface Range {
  low: number;
  high: number;
}

const PS = [0, 25, 50, 75, 90, 99, 99.9, 100];

/** The k-th smallest is least where every latency lies at the low end of its bucket, and most where each lies at the high end. */
function truth(runs: readonly Run[], p: number): Range | null {
  const total = totalOf(runs);
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil((p / 100) * total));
  const ends = (end: (run: Run, index: number) => number): number => {
    const all = runs.flatMap((run) => run.counts.map((count, index) => ({ count, at: end(run, index) })));
    all.sort((a, b) => a.at - b.at);
    let seen = 0;
    for (const { count, at } of all) {
      seen += count;
      if (seen >= rank) return at;
    }
    return Number.NaN;
  };
  const low = ends(({ bounds }, index) => (index === 0 ? 0 : bounds[index - 1] + 1));
  return { low, high: ends(({ bounds }, index) => bounds[index]) };
}

function totalOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { counts }) => sum + counts.reduce((own, count) => own + count, 0), 0);
}

/** Those whose rank every way of writing `p / 100 × n` agrees on. */
function clearPs(draws: Draws, runs: readonly Run[]): number[] {
  const clear = PS.filter((p) => {
    const rank = (p / 100) * totalOf(runs);
    return p % 25 === 0 || Math.abs(rank - Math.round(rank)) > 1e-6;
  });
  return draws.list(3, () => draws.pick(clear));
}

function drawBounds(draws: Draws, highest = 1_000_000): number[] {
  const bounds = draws.list(draws.integer(1, 6), () => draws.logUniform(1, highest));
  return [...new Set(bounds)].sort((a, b) => a - b);
}

function drawRun(draws: Draws, bounds: number[], most = 20): Run {
  const counts = bounds.map(() => draws.pick([0, draws.integer(0, most), draws.integer(1, most)]));
  return { bounds, counts: counts.with(0, Math.max(1, counts[0])) };
}

async function judge(learner: Learner, { runs, ps }: Case): Promise<Fault | undefined> {
  const got = await learner.call("mergedPercentiles", runs, ps);
  for (const [index, p] of ps.entries()) {
    const expected = truth(runs, p);
    const given = Array.isArray(got) ? got[index] : undefined;
    if (isSame(given, expected)) continue;
    return {
      input: showCall("mergedPercentiles", runs, [p]),
      expected: show([expected]),
      got: Array.isArray(got) ? show([given]) : show(got),
      reason: reasonFor(p, runs, expected, given),
    };
  }
  return undefined;
}

function isSame(given: unknown, expected: Range | null): boolean {
  if (expected === null || typeof given !== "object" || given === null) return given === expected;
  const { low, high } = given as Partial<Range>;
  return low === expected.low && high === expected.high;
}

function reasonFor(p: number, runs: readonly Run[], expected: Range | null, given: unknown): string {
  const total = totalOf(runs);
  if (expected === null) return "No latency was counted, so there is no percentile.";
  const rank = Math.max(1, Math.ceil((p / 100) * total));
  const among = total === 1 ? "this one latency" : `these ${showNumber(total)} latencies`;
  const lies = `Of ${among}, p${p} is number ${showNumber(rank)} from below, and lies between ${showNumber(expected.low)} and ${showNumber(expected.high)} ns`;
  const { low, high } = (typeof given === "object" && given !== null ? given : {}) as Partial<Range>;
  if (typeof low !== "number" || typeof high !== "number") return `${lies}; yours is no \`{ low, high }\`.`;
  if (low > expected.low || high < expected.high) return `${lies}; yours leaves out what could be true.`;
  return `${lies}; yours is wider than it must be.`;
}

/** Smaller cases in which something is still counted: that nothing has no percentile is a check of its own. */
function* shrinkCase(input: Case): Generator<Case> {
  const isEmpty = totalOf(input.runs) === 0;
  for (const smaller of smallerCases(input)) if (isEmpty || totalOf(smaller.runs) > 0) yield smaller;
}

function* smallerCases({ runs, ps }: Case): Generator<Case> {
  if (ps.length > 1) for (const p of ps) yield { runs, ps: [p] };
  for (const fewer of shrinkList(runs, undefined, 1)) yield { runs: fewer, ps };
  for (const [place, run] of runs.entries()) {
    for (const [index, count] of run.counts.entries()) {
      for (const less of shrinkInteger(count))
        yield { runs: runs.with(place, { ...run, counts: run.counts.with(index, less) }), ps };
    }
  }
}

const asked = (
  passed: string,
  cases: number,
  drawRuns: (draws: Draws, index: number) => Run[],
  see?: typeof averageOfPercentiles,
) =>
  property<Case>({
    cases,
    passed,
    generate(draws, index) {
      const runs = drawRuns(draws, index);
      return { runs, ps: clearPs(draws, runs) };
    },
    judge,
    show: ({ runs, ps }) => showCall("mergedPercentiles", runs, ps),
    shrink: shrinkCase,
    ...(see && { see }),
  });

/** A quiet gateway and a busy one, whose p99s are far apart: what the mean of the two would say, and what is true. */
async function averageOfPercentiles(learner: Learner): Promise<Picture[]> {
  const runs: Run[] = [
    { bounds: [10_000, 100_000, 1_000_000], counts: [9_900, 90, 10] },
    { bounds: [50_000, 5_000_000], counts: [40, 60] },
  ];
  const ps = [50, 90, 99, 99.9];
  const got = await learner.call("mergedPercentiles", runs, ps);
  const ends = (end: "low" | "high"): (number | null)[] =>
    ps.map((_, index) => {
      const value = (Array.isArray(got) ? (got[index] as Partial<Range> | null) : null)?.[end];
      return typeof value === "number" && Number.isFinite(value) ? Math.max(1, value) : null;
    });
  const mean = ps.map((p) => runs.reduce((sum, run) => sum + (truth([run], p)?.high ?? 0), 0) / runs.length);
  return [
    {
      kind: "bars",
      title: "10,000 fast orders and 100 slow ones",
      unit: "ns",
      labels: ps.map((p) => `p${p}`),
      series: [
        { name: "your low", values: ends("low") },
        { name: "your high", values: ends("high") },
        { name: "mean of the two percentiles", values: mean },
      ],
      scale: "log",
    },
  ];
}

export const checks: Checks = {
  "one run": asked("The ends of the right bucket, each time.", 20, (draws) => [drawRun(draws, drawBounds(draws))]),
  "runs with the same buckets": asked("Runs with the same buckets were merged.", 20, (draws) => {
    const bounds = drawBounds(draws);
    return draws.list(draws.integer(2, 4), () => drawRun(draws, bounds));
  }),
  "runs with other buckets": asked(
    "Runs with buckets of their own were merged, as narrowly as can be.",
    30,
    (draws) => draws.list(draws.integer(2, 4), () => drawRun(draws, drawBounds(draws))),
    averageOfPercentiles,
  ),
  "a quiet run hides no stall": asked("Counts decide, not runs: no stall was hidden.", 10, (draws) => [
    { bounds: [1_000, 10_000], counts: [draws.integer(5e9, 1e10), draws.integer(0, 1e6)] },
    { bounds: [20_000, 10_000_000], counts: [draws.integer(0, 1e5), draws.integer(1, 1e6)] },
  ]),
  "nothing has no percentile": asked("Nothing has no percentile, and adds nothing to others.", 6, (draws, index) => {
    const empty = { bounds: drawBounds(draws), counts: [] as number[] };
    empty.counts = empty.bounds.map(() => 0);
    if (index % 2 === 0) return [empty];
    return [empty, { bounds: [5, 90, 400], counts: [0, draws.integer(1, 9), 0] }];
  }),
};
