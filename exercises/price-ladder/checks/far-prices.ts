import type { Check } from "../../../lab/grade/check.ts";
import { type CountedCall, type WordsCall, WordsPlace } from "../../../lab/grade/counted-words.ts";
import type { Draws } from "../../../lab/grade/draws.ts";
import { partial } from "../../../lab/grade/parts.ts";
import type { Picture } from "../../../lab/grade/see.ts";
import { showNumber } from "../../../lab/grade/show.ts";
import { type Asked, callsOf, END, FUNCTIONS, firstFault, type Op, play } from "./ladder.ts";

/** Accesses that a call may come to: three layers up and down, each word loaded and stored, and some more. */
export const MOST_ACCESSES = 10;
/** Ticks to the next price. */
const DISTANCES = [1, 40, 2_000, 30_000];
const MORE = "If the other checks pass, your code keeps something beside `words`, which another copy of it hasn't.";

/** A call on a ladder, and what must hold then. */
interface Probe {
  distance: number;
  call: WordsCall & { words: Int32Array };
  /** What it must give; undefined where that doesn't matter. */
  wanted: number | undefined;
  /** Calls on the memory after it. */
  after: Asked[];
}

export const farPrices: Check = {
  async run(_learner, context) {
    const builder = await WordsPlace.open(context, FUNCTIONS);
    const probes: Probe[] = [];
    for (const distance of DISTANCES) {
      const { ops, low } = drawGap(context.draws, distance);
      const asked = callsOf(ops);
      const run = await play(builder, asked);
      const fault = firstFault(asked, run);
      if (fault !== undefined) {
        const { reason, ...failing } = fault;
        return {
          share: 0,
          reason: `A ladder that is wrong isn't counted. ${reason}`,
          failing: { ...failing, data: null },
        };
      }
      probes.push(...probesOf(run.memories[0], ops, low, distance));
    }
    // Another copy, which knows nothing but what it loads.
    const counter = await WordsPlace.open(context, FUNCTIONS);
    const counted = await counter.count(
      probes.map(({ call }) => call),
      MOST_ACCESSES,
    );
    const see = [await accessesBars(builder, probes, counted)];
    const wrong = await firstWrong(builder, probes, counted);
    if (wrong !== undefined) return { share: 0, reason: wrong, see };
    const parts = FUNCTIONS.map((name) => partOf(name, probes, counted));
    return { ...partial(parts, "Each call took a few accesses, however far away the next price was."), see };
  },
};

/** Two prices that far apart with nothing between them, and at last a look from the one to the other. */
function drawGap(draws: Draws, distance: number): { ops: Op[]; low: number } {
  const low = drawUntil(
    () => draws.integer(1_000, END - 1_000 - distance),
    (price) => isInside(price) && isInside(price + distance),
  );
  const other = (): number => {
    const away = draws.integer(1, 900);
    return draws.integer(0, 1) === 0 ? low - away : low + distance + away;
  };
  const others = draws.list(6, () => drawUntil(other, isInside));
  const ops = [low, low + distance, ...others].map((price): Op => ({ name: "add", price }));
  return { ops: [...ops, { name: "above", price: low }, { name: "below", price: low + distance }], low };
}

/** Whether a price is at the end of no word, in any layer: another check looks at those. */
function isInside(price: number): boolean {
  return [price, price >> 5, price >> 10].every((digits) => (digits & 31) > 0 && (digits & 31) < 31);
}

function drawUntil(draw: () => number, isFit: (price: number) => boolean): number {
  let drawn = draw();
  while (!isFit(drawn)) drawn = draw();
  return drawn;
}

function probesOf(words: Int32Array, ops: readonly Op[], low: number, distance: number): Probe[] {
  const high = low + distance;
  const probe = (op: Op, ...looks: Op[]): Probe => {
    const asked = callsOf([...ops, op, ...looks]);
    const after = looks.length === 0 ? [] : asked.slice(-looks.length);
    const { call, wanted } = asked[asked.length - looks.length - 1];
    return { distance, call: { ...call, words }, wanted, after };
  };
  const looks: Op[] = [
    { name: "above", price: low },
    { name: "below", price: high },
    { name: "above", price: 0 },
  ];
  const between = low + (distance >> 1);
  return [
    probe({ name: "above", price: low }),
    probe({ name: "below", price: high }),
    ...(between === low ? [] : [probe({ name: "add", price: between }, ...looks)]),
    probe({ name: "remove", price: low }, ...looks),
    probe({ name: "remove", price: high }, ...looks),
  ];
}

/** What is wrong with a call that came to its end, or with the ladder that it left. */
async function firstWrong(
  place: WordsPlace,
  probes: readonly Probe[],
  counted: readonly CountedCall[],
): Promise<string | undefined> {
  for (const [index, { call, wanted, after, distance }] of probes.entries()) {
    const { answer, words } = counted[index];
    if (answer === undefined) continue;
    const where = `With the next price ${showNumber(distance)} ticks away, \`${call.name}\``;
    if (wanted !== undefined && answer !== wanted) return `${where} gave ${answer}, and had to give ${wanted}. ${MORE}`;
    const { answers } = await place.run(
      [words],
      after.map((each) => each.call),
    );
    if (after.some((each, at) => each.wanted !== answers[at]))
      return `${where} left another ladder behind than it had to. ${MORE}`;
  }
  return undefined;
}

function partOf(name: (typeof FUNCTIONS)[number], probes: readonly Probe[], counted: readonly CountedCall[]) {
  const long = probes.find(({ call }, index) => call.name === name && counted[index].answer === undefined);
  const far = `${showNumber(long?.distance ?? 0)} ${long?.distance === 1 ? "tick" : "ticks"}`;
  const reason = `it took more than ${MOST_ACCESSES} accesses where the next price was ${far} away.`;
  return { what: name, weight: 1, share: long === undefined ? 1 : 0, reason };
}

/** The most that a call took. Of one that was stopped, the whole, as it is counted beside the learner's code: it earns nothing by that. */
async function accessesBars(
  place: WordsPlace,
  probes: readonly Probe[],
  counted: readonly CountedCall[],
): Promise<Picture> {
  const most = new Map<string, number>();
  for (const [index, { call, distance }] of probes.entries()) {
    const { answer, accesses } = counted[index];
    const taken = answer === undefined ? (await place.run([call.words], [call])).accesses[0] : accesses;
    const key = `${call.name} ${distance}`;
    most.set(key, Math.max(most.get(key) ?? 0, taken));
  }
  return {
    kind: "bars",
    title: "Accesses of a call, at most, by the distance to the next price",
    unit: "loads and stores",
    labels: DISTANCES.map((distance) => `${showNumber(distance)} ${distance === 1 ? "tick" : "ticks"}`),
    series: FUNCTIONS.map((name) => ({
      name,
      values: DISTANCES.map((distance) => most.get(`${name} ${distance}`) ?? null),
    })),
    bound: { name: "bound", value: MOST_ACCESSES },
    scale: "log",
  };
}
