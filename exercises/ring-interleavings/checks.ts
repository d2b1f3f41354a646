import type { Check, CheckContext, Checks, Outcome } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { partial } from "../../lab/grade/parts.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { shrinkInteger, shrinkList } from "../../lab/grade/shrink.ts";
import { End, openPlaces } from "./checks/end.ts";
import { type Explored, explore } from "./checks/interleavings.ts";
import type { Model } from "./checks/memory.ts";
import { scheduleTable } from "./checks/schedule.ts";
import type { Scenario } from "./checks/state.ts";
import { playTurns, type Turns } from "./checks/turns.ts";

const TWO_TO_THE_31 = 2 ** 31;

/** Words that tell which is which, none of them one that a fresh memory holds. */
function drawWords(draws: Draws, count: number): number[] {
  const words = new Set<number>();
  while (words.size < count) words.add(draws.integer(1, 999));
  return [...words];
}

/** A check of calls that are made in turn. */
function inTurn(passed: string, generate: (draws: Draws, index: number) => Turns): Check {
  const check = (context: CheckContext) => {
    const places = openPlaces(context);
    return property<Turns>({
      cases: 4,
      passed,
      generate,
      async judge(_learner, turns): Promise<Fault | undefined> {
        const { wrong, story } = await playTurns(await places, turns);
        return (
          wrong && { input: `a ring of ${turns.capacity}, counters at ${turns.start}\n${story.join("\n")}`, ...wrong }
        );
      },
      show: ({ capacity, start }) => `a ring of ${capacity}, counters at ${start}`,
      *shrink(turns) {
        const shorter = (calls: number) => shrinkInteger(calls, 1);
        for (const calls of shrinkList(turns.calls, shorter, 1)) yield { ...turns, calls };
      },
    });
  };
  return {
    run: (learner, context) => check(context).run(learner, context),
    async rerun(learner, data, context) {
      if (!isTurns(data)) return UNREADABLE;
      return (await check(context).rerun?.(learner, data, context)) ?? UNREADABLE;
    },
  };
}

function drawTurns(draws: Draws, capacity: number, start: number): Turns {
  // More than fit, and more than there are, so that each end meets its limit.
  const calls = [capacity + 1, 1, 2, capacity + 1, ...draws.list(6, () => draws.integer(1, capacity + 2))];
  return { capacity, start, values: drawWords(draws, 60), calls };
}

/** Growing: what fails in a small one is seen in a small one. */
const SCENARIOS = [
  { capacity: 1, pushes: 2, words: 2, pops: 2 },
  { capacity: 2, pushes: 3, words: 3, pops: 2 },
  { capacity: 2, pushes: 5, words: 4, pops: 4 },
] as const;

/** A check of all interleavings. */
function interleaved(model: Model, passed: string): Check {
  return {
    async run(_learner, context) {
      const tried: [Scenario, Explored][] = [];
      const places = await openPlaces(context);
      for (const { words, ...scenario } of SCENARIOS) {
        const drawn = { ...scenario, start: 0, values: drawWords(context.draws, words) };
        const explored = await exploreAll(places, drawn, model);
        if (explored.fault !== undefined) return failed(drawn, explored.fault);
        tried.push([drawn, explored]);
      }
      return { share: 1, reason: passed, see: [triedTable(tried)] };
    },
    async rerun(_learner, data, context) {
      if (!isScenario(data)) return UNREADABLE;
      const { fault } = await exploreAll(await openPlaces(context), data, model);
      return fault === undefined
        ? { share: 1, reason: "Every interleaving of this case is right now." }
        : failed(data, fault);
    },
  };
}

type Places = Awaited<ReturnType<typeof openPlaces>>;

function exploreAll([producer, consumer]: Places, scenario: Scenario, model: Model): Promise<Explored> {
  const { capacity, values, pushes, pops } = scenario;
  const ends = [
    new End(producer, { role: "producer", capacity, values, calls: pushes }),
    new End(consumer, { role: "consumer", capacity, values: [], calls: pops + values.length + 1 }),
  ] as const;
  return explore(ends, scenario, model);
}

function failed(scenario: Scenario, { reason, expected, got, state }: NonNullable<Explored["fault"]>): Outcome {
  const { capacity, values, pushes, pops } = scenario;
  const input = `a ring of ${capacity}; the producer pushes ${values.join(", ")} in ${pushes} calls; the consumer pops ${pops} times meanwhile, and then what is left`;
  return {
    share: 0,
    reason: `${reason} The schedule below shows how.`,
    failing: { input, expected, got, data: scenario },
    see: [scheduleTable(state, "A schedule that goes wrong")],
  };
}

function triedTable(tried: readonly [Scenario, Explored][]): Picture {
  const rows = tried.map(([{ capacity, values, pops }, { ways, states }]) => [
    capacity,
    values.length,
    pops,
    ways,
    states,
  ]);
  const columns = ["slots", "words pushed", "pops meanwhile", "interleavings", "states that differ"];
  return { kind: "table", title: "What was tried", columns, rows };
}

/** Words through a ring that has room for all: there is one reason to look at the other's counter, or none. */
const WORDS = 60;
const MOST_LOOKS = 2;

const looksSeldom: Check = {
  async run(_learner, context) {
    const values = drawWords(context.draws, 2 * WORDS);
    const turns = { capacity: 64, start: 0, values, calls: [WORDS, WORDS] };
    const { wrong, story, looks } = await playTurns(await openPlaces(context), turns);
    if (wrong !== undefined) {
      const { reason, expected, got } = wrong;
      const input = `a ring of 64\n${story.slice(-3).join("\n")}`;
      return { share: 0, reason, failing: { input, expected, got, data: null } };
    }
    const parts = (["the producer", "the consumer"] as const).map((what, t) => ({
      what,
      weight: 1,
      share: looks[t] <= MOST_LOOKS ? 1 : 0,
      reason: `it looked ${looks[t]} times at the other's counter for ${WORDS} words.`,
    }));
    const outcome = partial(parts, "Each end looked at the other's counter when what it remembered wasn't enough.");
    return { ...outcome, see: [looksBars(looks)] };
  },
};

function looksBars(looks: readonly number[]): Picture {
  return {
    kind: "bars",
    title: `Looks at the other's counter, for ${WORDS} words`,
    unit: "looks",
    labels: ["producer", "consumer"],
    series: [{ name: "yours", values: looks }],
    bound: { name: "at most", value: MOST_LOOKS },
  };
}

const UNREADABLE: Outcome = { share: 0, reason: "This is no case of this check." };

const isCount = (value: unknown, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
const isWords = (value: unknown, most: number): value is number[] =>
  Array.isArray(value) && isCount(value.length, most) && value.every((word) => isCount(word, 999));
const isStart = (value: unknown): boolean => Number.isInteger(value) && Math.abs(value as number) <= TWO_TO_THE_31;

function isTurns(data: unknown): data is Turns {
  const { capacity, start, values, calls } = (data ?? {}) as Partial<Turns>;
  const areCalls = Array.isArray(calls) && calls.length <= 20 && calls.every((count) => isCount(count, 10));
  return isCount(capacity, 8) && isStart(start) && isWords(values, 60) && areCalls;
}

function isScenario(data: unknown): data is Scenario {
  const { capacity, start, values, pushes, pops } = (data ?? {}) as Partial<Scenario>;
  return isCount(capacity, 2) && isStart(start) && isWords(values, 4) && isCount(pushes, 5) && isCount(pops, 4);
}

export const checks: Checks = {
  "one after the other": inTurn(
    "Words came out once and in order, and the ring was as large as it says.",
    (draws, index) => drawTurns(draws, [1, 2, 4, 8][index], 0),
  ),
  "every interleaving": interleaved("newest", "Whatever came between two steps, each word came out once and in order."),
  "what JavaScript allows": interleaved(
    "javascript",
    "Also where loads give old values, or late ones: nothing but the counters' order was needed.",
  ),
  "counters that wrap": inTurn("No word was lost where the counters wrapped.", (draws, index) =>
    drawTurns(
      draws,
      [1, 2, 4, 4][index],
      [TWO_TO_THE_31 - 2, -3, TWO_TO_THE_31 - 1, TWO_TO_THE_31 - draws.integer(1, 8)][index],
    ),
  ),
  "looks only when it must": looksSeldom,
};
