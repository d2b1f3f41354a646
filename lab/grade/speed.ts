import { Random } from "../../engines/flow/random.ts";
import { type DuelContender, type DuelPlan, type DuelResult, runDuel } from "../measure/duel.ts";
import { mean, median, standardDeviation } from "../measure/statistics.ts";
import { CallFailure, type Check, type CheckContext, type Learner, type Outcome } from "./check.ts";
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
  const time = new TimeSpent(context);
  await checkAnswers(claim, context, time);
  let last: Reading | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      const control = await duel(claim, context, [baseline, baseline], { ...CONTROL }, attempt * 2, time);
      const plan = claim.plan ?? PLAN;
      const result = await duel(claim, context, [baseline, context.code], plan, attempt * 2 + 1, time);
      last = { control, result };
    } catch (failure) {
      const isLate = failure instanceof CallFailure && failure.kind === "timeout";
      if (!isLate || time.isMostlyTheSubjects) throw failure;
      return pending(claim, last, "the check's time was over");
    }
    const outcome = last.result.isLoadUnclear ? undefined : judged(claim, last);
    if (outcome !== undefined) return { ...outcome, see: pictures(claim, last) };
  }
  const reading = last as Reading;
  if (scatters(claim.bar, reading))
    return { share: 0, reason: scattered(reading.result), see: pictures(claim, reading) };
  return pending(claim, reading, `it was tried ${ATTEMPTS} times`);
}

function pending(claim: SpeedClaim, last: Reading | undefined, after: string): Outcome {
  const found =
    last === undefined
      ? ""
      : ` It was ${interval(last.result)} times as fast as the baseline, and ${claim.bar} is asked for.`;
  const reason = `Not resolved when ${after}.${found} The machine is too noisy or too busy just now: it costs no point, and you can run it again.`;
  return { share: 0, pending: true, reason, see: last === undefined ? [] : pictures(claim, last) };
}

/** Whose the time was: a machine that is too busy for so many batches costs nobody a point, and code that hangs does. */
class TimeSpent {
  readonly #context: CheckContext;
  readonly #began: number;
  #subjectMs = 0;

  constructor(context: CheckContext) {
    this.#context = context;
    this.#began = context.now();
  }

  /** Waits for a call of the learner's code, however it ends. */
  async ofSubject<T>(call: () => Promise<T>): Promise<T> {
    const began = this.#context.now();
    try {
      return await call();
    } finally {
      this.#subjectMs += this.#context.now() - began;
    }
  }

  get isMostlyTheSubjects(): boolean {
    return this.#subjectMs > (this.#context.now() - this.#began) / 2;
  }
}

/** Small calls first: a wrong answer is told at once. @throws WrongAnswer */
async function checkAnswers(claim: SpeedClaim, context: CheckContext, time: TimeSpent): Promise<void> {
  const opened = await context.open(withHarness(context.code, timedCall(claim.call)));
  const place = {
    call: (name: string, ...args: readonly unknown[]) => time.ofSubject(() => opened.call(name, ...args)),
  };
  const small = contender(claim, context, { place, isGiven: false }, new Draws(context.seed), () => undefined);
  for (const units of [1, 10, 1_000]) await small.run(units);
  opened.close();
}

interface Reading {
  /** The baseline against itself. */
  control: DuelResult;
  result: TimedCalls;
}

interface TimedCalls extends DuelResult {
  /** Whether the arguments took long, and work on them is one reason, and a busy machine another. */
  isLoadUnclear?: boolean;
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
  time: TimeSpent,
): Promise<TimedCalls> {
  const draws = new Draws((context.seed + turn * 7919) >>> 0);
  const loading = new Loading();
  let opened: { close(): void }[] = [];
  const create = async () => {
    const pair = await Promise.all(codes.map((code) => context.open(withHarness(code, timedCall(claim.call)))));
    opened = pair;
    return pair.map((opened, index) => {
      const isGiven = codes[index] === codes[0];
      const place = {
        call: (name: string, ...args: readonly unknown[]) => {
          const call = () => opened.call(name, ...args);
          return isGiven ? call() : time.ofSubject(call);
        },
      };
      return contender(claim, context, { place, isGiven }, draws, loading.of(index));
    }) as unknown as readonly [DuelContender, DuelContender];
  };
  const dispose = async () => {
    for (const place of opened) place.close();
  };
  const host = { create, dispose, now: context.now };
  const result = await runDuel({ ...plan, stepMs: STEP_MS, warmUp: WARM_UP }, host, new Random(context.seed));
  return codes[0] === codes[1] ? result : { ...result, isLoadUnclear: loading.isUnclear() };
}

interface Load {
  units: number;
  ms: number;
}

/** Batches grow until they are long enough, and the faster of two has larger ones: only its own long ones say what one of its units takes. */
function longLoads(loads: readonly Load[]): { ms: number; unitNs: number; leastUnitNs: number } {
  const longest = Math.max(...loads.map(({ units }) => units));
  const long = loads.filter(({ units }) => 2 * units > longest);
  const unitNs = long.map(({ ms, units }) => (ms * 1e6) / units);
  return { ms: median(long.map(({ ms }) => ms)), unitNs: median(unitNs), leastUnitNs: Math.min(...unitNs) };
}

/** How long the two took to take their arguments. */
class Loading {
  readonly #loads: [Load[], Load[]] = [[], []];

  of(place: number): (load: Load) => void {
    return (load) => this.#loads[place].push(load);
  }

  /**
   * Work is in each load, and a busy machine in some: who took long at times alone is neither cleared nor refused.
   *
   * @throws WrongAnswer where the subject did more than take them
   */
  isUnclear(): boolean {
    const [baseline, subject] = this.#loads.map(longLoads);
    const most = MOST_LOADING * baseline.unitNs;
    if (subject.ms <= LEAST_LOADING_MS || subject.unitNs <= most) return false;
    if (subject.leastUnitNs <= most) return true;
    const reason = `Your code took ${subject.unitNs.toFixed(0)} ns a unit to be handed its arguments, and the baseline ${baseline.unitNs.toFixed(0)} ns: work that is done before the clock starts doesn't count as speed.`;
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
