import type { Check, Outcome } from "../../../lab/grade/check.ts";
import { type CountedCall, type WordsCall, WordsPlace } from "../../../lab/grade/counted-words.ts";
import type { Draws } from "../../../lab/grade/draws.ts";
import { partial } from "../../../lab/grade/parts.ts";
import type { Picture } from "../../../lab/grade/see.ts";
import { showNumber } from "../../../lab/grade/show.ts";
import { firstFault } from "./judgement.ts";
import { callsOf, emptyMemory, FUNCTIONS, type Op } from "./script.ts";

/** Accesses that a call may come to: what a list with a free one takes, and half as many again. */
export const MOST_ACCESSES = 20;
const MORE = "If the other checks pass, your code keeps something beside `words`, which another copy of it hasn't.";
const LENGTHS = [10, 100, 1_000];

/** A queue that is long and was left from in many places. */
interface LongQueue {
  words: Int32Array;
  /** From the oldest. */
  slots: number[];
  lots: number[];
}

/** A call on a long queue, and what must hold then. */
interface Probe {
  length: number;
  call: WordsCall & { words: Int32Array };
  /** What it must give; undefined for any slot that is free. */
  wanted: number | undefined;
  /** Calls on the memory after it, with what they must give. */
  after: (answer: number) => readonly [WordsCall, number][];
}

export const longQueues: Check = {
  async run(_learner, context) {
    const builder = await WordsPlace.open(context, FUNCTIONS);
    const probes: Probe[] = [];
    for (const length of LENGTHS) {
      const queue = await build(builder, context.draws, length);
      if ("share" in queue) return queue;
      probes.push(...probesOf(context.draws, queue));
    }
    // Another copy, which knows nothing but what it loads.
    const counter = await WordsPlace.open(context, FUNCTIONS);
    const counted = await counter.count(
      probes.map(({ call }) => call),
      MOST_ACCESSES,
    );
    const wrong = await firstWrong(builder, probes, counted);
    const see = [await accessesBars(builder, probes, counted)];
    if (wrong !== undefined) return { share: 0, reason: wrong, see };
    const parts = FUNCTIONS.map((name) => partOf(name, probes, counted));
    const passed = "Each call took a few accesses, and as few in a long queue as in a short one.";
    return { ...partial(parts, passed), see };
  },
};

/** One in four has left again, from anywhere, so that slots are free and not in order. */
async function build(place: WordsPlace, draws: Draws, length: number): Promise<LongQueue | Outcome> {
  const gone = Math.ceil(length / 4);
  const orders = Array.from({ length: length + gone }, (_, order) => order);
  const ops = orders.map((order): Op => ({ kind: "join", queue: 0, order, lots: draws.integer(1, 99) }));
  for (let left = 0; left < gone; left++) {
    const [order] = orders.splice(draws.integer(0, orders.length - 1), 1);
    ops.push({ kind: "leave", queue: 0, order, lots: 0 });
  }
  const room = length + gone + 1;
  const { asked, waiting } = callsOf({ room, queues: 1, ops });
  const run = await place.run(
    [emptyMemory(room)],
    asked.map(({ call }) => call),
  );
  const fault = firstFault(asked, run);
  if (fault !== undefined) {
    const { reason, ...failing } = fault;
    const why = `A queue that is wrong isn't counted. In one of ${showNumber(length)} orders: ${reason}`;
    return { share: 0, reason: why, failing: { ...failing, data: null } };
  }
  const [own] = waiting;
  return {
    words: run.memories[0],
    slots: own.map(({ joined }) => Number(run.answers[joined])),
    lots: own.map(({ lots }) => lots),
  };
}

function probesOf(draws: Draws, { words, slots, lots }: LongQueue): Probe[] {
  const { length } = slots;
  const last = length - 1;
  const probe = (call: WordsCall, wanted: number | undefined, after: Probe["after"] = () => []): Probe => ({
    length,
    call: { ...call, words },
    wanted,
    after,
  });
  const leaves = [0, last, ...draws.list(3, () => draws.integer(1, last - 1))].map((at) =>
    probe(call("leave", slots[at]), lots[at], () => [before(slots, at, slots.at(at + 1) ?? 0)]),
  );
  return [
    probe(call("join", 7), undefined, (slot) => [
      [call("behind", slots[last]), slot],
      [call("behind", slot), 0],
    ]),
    ...leaves,
    probe(call("oldest"), slots[0]),
    ...[0, draws.integer(1, last - 1), last].map((at) => probe(call("behind", slots[at]), slots.at(at + 1) ?? 0)),
  ];
}

/** Asks who stands behind the one before `at`: `next` must. */
function before(slots: readonly number[], at: number, next: number): [WordsCall, number] {
  return [at === 0 ? call("oldest") : call("behind", slots[at - 1]), next];
}

function call(name: (typeof FUNCTIONS)[number], ...args: number[]): WordsCall {
  return { name, args };
}

/** What is wrong with a call that came to its end, or with the queue that it left. */
async function firstWrong(
  place: WordsPlace,
  probes: readonly Probe[],
  counted: readonly CountedCall[],
): Promise<string | undefined> {
  for (const [index, { call, wanted, after, length }] of probes.entries()) {
    const { answer, words } = counted[index];
    if (answer === undefined) continue;
    const where = `In a queue of ${showNumber(length)} orders, \`${call.name}\``;
    const isSlot = typeof answer === "number" && Number.isInteger(answer) && answer >= 1;
    if (wanted === undefined ? !isSlot : answer !== wanted)
      return `${where} gave ${answer}, and had to give ${wanted ?? "a slot"}. ${MORE}`;
    const later = after(Number(answer));
    const { answers } = await place.run(
      [words],
      later.map(([each]) => each),
    );
    if (later.some(([, expected], at) => answers[at] !== expected))
      return `${where} left another queue behind than it had to. ${MORE}`;
  }
  return undefined;
}

function partOf(name: (typeof FUNCTIONS)[number], probes: readonly Probe[], counted: readonly CountedCall[]) {
  const long = probes.find(
    ({ call }, index) =>
      call.name === name && (counted[index].answer === undefined || counted[index].accesses > MOST_ACCESSES),
  );
  return {
    what: name,
    weight: name === "leave" ? 2 : 1,
    share: long === undefined ? 1 : 0,
    reason: `it took more than ${MOST_ACCESSES} accesses in a queue of ${showNumber(long?.length ?? 0)} orders.`,
  };
}

/** The most that a call took. Of one that was stopped, the whole, as it is counted beside the learner's code: it earns nothing by that. */
async function accessesBars(
  place: WordsPlace,
  probes: readonly Probe[],
  counted: readonly CountedCall[],
): Promise<Picture> {
  const most = new Map<string, number>();
  for (const [index, { call, length }] of probes.entries()) {
    const { answer, accesses } = counted[index];
    const taken = answer === undefined ? (await place.run([call.words], [call])).accesses[0] : accesses;
    const key = `${call.name} ${length}`;
    most.set(key, Math.max(most.get(key) ?? 0, taken));
  }
  return {
    kind: "bars",
    title: "Accesses of a call, at most",
    unit: "loads and stores",
    labels: LENGTHS.map((length) => `${showNumber(length)} orders`),
    series: FUNCTIONS.map((name) => ({ name, values: LENGTHS.map((length) => most.get(`${name} ${length}`) ?? null) })),
    bound: { name: "bound", value: MOST_ACCESSES },
    scale: "log",
  };
}
