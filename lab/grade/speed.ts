import { Random } from "../../engines/flow/random.ts";
import { type DuelContender, type DuelPlan, type DuelResult, runDuel } from "../measure/duel.ts";
import { mean, median, standardDeviation } from "../measure/statistics.ts";
import type { Check, CheckContext, Learner, Outcome } from "./check.ts";
import { Draws } from "./draws.ts";
import { timedCall, withHarness } from "./harness.ts";
import type { Picture } from "./see.ts";
import { show } from "./show.ts";

/** A function of the learner's that must be faster than a given one. */
export interface SpeedClaim {
  /** The exported function, the same name in the learner's code and in the baseline. */
  call: string;
  /** Name of the baseline in `given/`. */
  baseline: string;
  /** How many times as fast as the baseline it must be, for all points. */
  bar: number;
  /** Lower bars that earn a part of the points, the highest first. */
  partly?: readonly { bar: number; share: number }[];
  /**
   * The arguments of one call that does `units` of work, drawn afresh for each batch, so that remembering an answer doesn't
   * pay. Large ones as typed arrays: they are copied before the clock starts.
   */
  input(draws: Draws, units: number, context: CheckContext): readonly unknown[];
  /** The right answer or a promise of it, found out here. A small value: a count, a sum, a hash. Its cost isn't timed. */
  expected(args: readonly unknown[], context: CheckContext): unknown;
  /** What a unit is, such as `command`. */
  unit: string;
  /** Units of one call at most, for its arguments' sake. Default 2^20. */
  mostUnits?: number;
  /** Default 6 instances of 5 pairs. */
  plan?: { instances: number; rounds: number };
}

/** Batches are at least so long, ms: a message there and back is then below 1% of one. */
const BATCH_MS = 20;
/** The clock's step that asks for such batches. */
const STEP_MS = BATCH_MS / 200;
const PLAN = { instances: 6, rounds: 5 };
const CONTROL = { instances: 4, rounds: 3 };
const WARM_UP = { leastMs: 60, mostMs: 400 };
/** How often a comparison that was not resolved is made at most. */
const ATTEMPTS = 3;
/** Readings that scatter so many times as much as the control's were not made by the same work. */
const MOST_SCATTER = 3;
/** A control may be quiet by luck, so it counts as at least that share of the way from 1 to the bar: less decides nothing. */
const LEAST_SCATTER = 1 / 6;
/** Taking a batch's arguments is a copy. Who takes that many times as long as the baseline works before the clock starts. */
const MOST_LOADING = 3;
const LEAST_LOADING_MS = 10;

const MOST_UNITS = 2 ** 20;
/** Characters of an answer that are compared. */
const LONGEST_ANSWER = 2_000;

/** An answer that isn't the right one ends the comparison: it is never timed. */
class WrongAnswer extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome.reason);
    this.outcome = outcome;
  }
}

/**
 * A check of speed. The baseline and the learner's code each get a place of their own, are asked for the same work in turn, and the parent
 * times the round trips. The baseline against itself comes first: where that is not found equal enough, nothing is said.
 * Answers are compared before each batch's time counts.
 */
export function speed(claim: SpeedClaim): Check {
  return {
    async run(_learner, context) {
      try {
        return await compared(claim, context);
      } catch (error) {
        if (error instanceof WrongAnswer) return error.outcome;
        throw error;
      }
    },
  };
}

async function compared(claim: SpeedClaim, context: CheckContext): Promise<Outcome> {
  const baseline = context.given[claim.baseline];
  if (baseline === undefined)
    throw new Error(`The exercise has no given/${claim.baseline}, which a check runs against.`);
  await checkAnswers(claim, context);
  let last: Reading | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const control = await duel(claim, context, [baseline, baseline], { ...CONTROL }, attempt * 2);
    const result = await duel(claim, context, [baseline, context.code], claim.plan ?? PLAN, attempt * 2 + 1);
    last = { control, result };
    const outcome = judged(claim, last);
    if (outcome !== undefined) return { ...outcome, see: pictures(claim, last) };
  }
  const reading = last as Reading;
  const see = pictures(claim, reading);
  if (scatters(claim.bar, reading)) return { share: 0, reason: scattered(reading.result), see };
  const reason = `Not resolved after ${ATTEMPTS} tries: ${interval(reading.result)} times as fast as the baseline, and ${claim.bar} is asked for. The machine is too noisy just now: it costs no point, and you can run it again.`;
  return { share: 0, pending: true, reason, see };
}

/** Small calls first: a wrong answer is told at once. @throws WrongAnswer */
async function checkAnswers(claim: SpeedClaim, context: CheckContext): Promise<void> {
  const place = await context.open(withHarness(context.code, timedCall(claim.call)));
  const small = contender(claim, context, { place, isGiven: false }, new Draws(context.seed), () => undefined);
  for (const units of [1, 10, 1_000]) await small.run(units);
  place.close();
}

interface Reading {
  /** The baseline against itself. */
  control: DuelResult;
  result: DuelResult;
}

/** Scatter of the instances' ratios: the standard deviation of their logarithms. */
function scatter({ ratios }: DuelResult): number {
  return standardDeviation(ratios.map(Math.log));
}

function scatters(bar: number, { control, result }: Reading): boolean {
  return scatter(result) > MOST_SCATTER * Math.max(scatter(control), Math.log(bar) * LEAST_SCATTER);
}

/** @returns undefined where it is not resolved */
export function judged(
  { bar, partly = [] }: Pick<SpeedClaim, "bar" | "partly">,
  { control, result }: Reading,
): Outcome | undefined {
  const bars = [{ bar, share: 1 }, ...partly];
  const found = `${interval(result)} times as fast as the baseline, in ${result.instances} fresh instances`;
  // A machine that finds something between two of the same finds anything.
  const skew = Math.abs(mean(control.ratios.map(Math.log)));
  if (skew > Math.log(bar) / 2) return undefined;
  if (scatters(bar, { control, result })) return undefined;
  const reached = bars.find((each) => result.low >= each.bar);
  const within = bars.find((each) => result.low < each.bar && result.high >= each.bar);
  if (reached === bars[0]) return { share: 1, reason: `It is ${found}; ${bar} was asked for.` };
  if (within === bars[0]) return undefined;
  const share = reached?.share ?? 0;
  return { share, reason: `It is ${found}; ${bar} is asked for.` };
}

function scattered(result: DuelResult): string {
  return `In ${ATTEMPTS} tries your times scattered more than three times as much as the baseline's own: ${interval(result)} times as fast. Some batches cost far more than others: look for what grows, or is built anew now and then.`;
}

function interval({ ratio, low, high }: DuelResult): string {
  return `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

async function duel(
  claim: SpeedClaim,
  context: CheckContext,
  codes: readonly [baseline: string, subject: string],
  plan: Pick<DuelPlan, "instances" | "rounds">,
  turn: number,
): Promise<DuelResult> {
  const draws = new Draws((context.seed + turn * 7919) >>> 0);
  const loading = new Loading();
  let opened: { close(): void }[] = [];
  const create = async () => {
    const pair = await Promise.all(codes.map((code) => context.open(withHarness(code, timedCall(claim.call)))));
    opened = pair;
    return pair.map((place, index) =>
      contender(claim, context, { place, isGiven: codes[index] === codes[0] }, draws, loading.of(index)),
    ) as unknown as readonly [DuelContender, DuelContender];
  };
  const dispose = async () => {
    for (const place of opened) place.close();
  };
  const host = { create, dispose, now: context.now };
  const result = await runDuel({ ...plan, stepMs: STEP_MS, warmUp: WARM_UP }, host, new Random(context.seed));
  if (codes[0] !== codes[1]) loading.refuse();
  return result;
}

interface Load {
  units: number;
  ms: number;
}

/** How long the two took to take their arguments. */
class Loading {
  readonly #loads: [Load[], Load[]] = [[], []];

  of(place: number): (load: Load) => void {
    return (load) => this.#loads[place].push(load);
  }

  /** @throws WrongAnswer where the subject did more than take them */
  refuse(): void {
    // Batches grow until they are long enough: only the long ones can be compared.
    const longest = Math.max(...this.#loads.flat().map(({ units }) => units));
    const middle = (values: readonly number[]) => (values.length === 0 ? 0 : median(values));
    const typical = (loads: readonly Load[]) =>
      middle(loads.filter(({ units }) => 2 * units > longest).map(({ ms }) => ms));
    const [baseline, subject] = this.#loads.map(typical);
    if (subject <= LEAST_LOADING_MS || subject <= MOST_LOADING * baseline) return;
    const reason = `Your code took ${subject.toFixed(0)} ms to be handed its arguments, and the baseline ${baseline.toFixed(0)} ms: work that is done before the clock starts doesn't count as speed.`;
    throw new WrongAnswer({ share: 0, reason });
  }
}

function contender(
  claim: SpeedClaim,
  context: CheckContext,
  { place, isGiven }: { place: Pick<Learner, "call">; isGiven: boolean },
  draws: Draws,
  loaded: (load: Load) => void,
): DuelContender {
  return {
    async run(asked) {
      const units = Math.min(asked, claim.mostUnits ?? MOST_UNITS);
      const args = claim.input(draws, units, context);
      const expected = await claim.expected(args, context);
      const loadedAt = context.now();
      await place.call("$load", ...args);
      const begin = context.now();
      loaded({ units, ms: begin - loadedAt });
      const answer = await place.call("$go");
      const ms = context.now() - begin;
      // Code so fast that no batch is long enough is told as slower than it is: the messages count as its work.
      if (show(answer, LONGEST_ANSWER) === show(expected, LONGEST_ANSWER)) return ms * (asked / units);
      if (isGiven)
        throw new Error(
          `given/${claim.baseline} gives ${show(answer)} where ${show(expected)} is right: mend it, or the check.`,
        );
      throw new WrongAnswer(wrong(claim, args, expected, answer));
    },
  };
}

function wrong(claim: SpeedClaim, args: readonly unknown[], expected: unknown, answer: unknown): Outcome {
  return {
    share: 0,
    reason: "A wrong answer is never timed: your code gives something else than is right.",
    failing: {
      input: `${claim.call}(${args.map((each) => show(each)).join(", ")})`,
      expected: show(expected),
      got: show(answer),
      data: null,
    },
  };
}

function pictures({ bar, unit }: SpeedClaim, { control, result }: Reading): Picture[] {
  const rows = [
    ["baseline against itself", control.ratio.toFixed(3), `${control.low.toFixed(3)} … ${control.high.toFixed(3)}`],
    ["your code", result.ratio.toFixed(3), `${result.low.toFixed(3)} … ${result.high.toFixed(3)}`],
  ];
  return [
    {
      kind: "bars",
      title: "Times as fast as the baseline, instance by instance",
      unit: "times",
      labels: result.ratios.map((_, index) => `${index + 1}`),
      series: [{ name: "your code", values: result.ratios.map((ratio) => Math.round(ratio * 1_000) / 1_000) }],
      bound: { name: "asked for", value: bar },
    },
    { kind: "table", title: "Ratio with its 95% interval", columns: ["compared", "ratio", "interval"], rows },
    {
      kind: "table",
      title: `Time of a ${unit}`,
      columns: ["code", `ns a ${unit}`],
      rows: [
        ["baseline", Math.round(result.costNs[0])],
        ["your code", Math.round(result.costNs[1])],
      ],
    },
  ];
}
