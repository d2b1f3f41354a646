import type { WordsCall, WordsPlace, WordsRun } from "../../../lab/grade/counted-words.ts";
import type { Draws } from "../../../lab/grade/draws.ts";
import type { Fault } from "../../../lab/grade/property.ts";
import type { Table } from "../../../lab/grade/see.ts";

/** The functions that the learner writes. */
export const FUNCTIONS = ["add", "remove", "above", "below"] as const;
/** One past the highest price. */
export const END = 2 ** 15;
/** A bit for each price, one for each word of those, and one for each word of these. */
export const MEMORY_WORDS = 1024 + 32 + 1;

/** One call. What can't be done any more, because something before it was left out, is skipped. */
export interface Op {
  name: (typeof FUNCTIONS)[number];
  price: number;
}

/** A call, and what it must give; undefined where that doesn't matter. */
export interface Asked {
  call: WordsCall;
  wanted: number | undefined;
}

/** The calls of ops on an empty ladder. */
export function callsOf(ops: readonly Op[]): Asked[] {
  const prices = new Set<number>();
  const asked: Asked[] = [];
  for (const { name, price } of ops) {
    const isThere = prices.has(price);
    if ((name === "add" && isThere) || (name === "remove" && !isThere)) continue;
    if (name === "add") prices.add(price);
    if (name === "remove") prices.delete(price);
    asked.push({ call: { name, args: [price] }, wanted: wantedOf(name, price, prices) });
  }
  return asked;
}

function wantedOf(name: Op["name"], price: number, prices: ReadonlySet<number>): number | undefined {
  if (name === "above") return Math.min(END, ...[...prices].filter((each) => each > price));
  if (name === "below") return Math.max(0, ...[...prices].filter((each) => each < price));
  return undefined;
}

/** Draws ops of these kinds, with prices of a few. The first half of them mostly adds. */
export function drawOps(draws: Draws, kinds: readonly Op["name"][], price: () => number, count: number): Op[] {
  const known: number[] = [];
  return Array.from({ length: count }, (_, index): Op => {
    const name = draws.integer(0, count) > index ? "add" : draws.pick(kinds);
    // What is asked for is mostly the neighbour of a price that is there, and of one of those that come.
    const own = known.length > 0 && name !== "add" && draws.integer(0, 3) > 0 ? draws.pick(known) : price();
    if (name === "add" && own > 0) known.push(own);
    return name === "add" && own === 0 ? { name: "above", price: own } : { name, price: own };
  });
}

export async function play(place: WordsPlace, asked: readonly Asked[]): Promise<WordsRun> {
  return place.run(
    [new Int32Array(MEMORY_WORDS)],
    asked.map(({ call }) => call),
  );
}

/** The first call whose answer isn't the one that it must be. */
export function firstFault(asked: readonly Asked[], { answers }: WordsRun): Fault | undefined {
  const at = asked.findIndex(({ wanted }, index) => wanted !== undefined && wanted !== answers[index]);
  if (at === -1) return undefined;
  const { call, wanted } = asked[at];
  const input = asked.slice(0, at + 1).map((each) => callText(each.call));
  return {
    input: input.slice(-12).join("\n"),
    expected: String(wanted),
    got: String(answers[at]),
    reason: reasonOf(call, wanted),
  };
}

function reasonOf({ name, args: [price] }: WordsCall, wanted: number | undefined): string {
  if (wanted === END) return `There is no price above ${price}, so \`above\` gives ${END}.`;
  if (wanted === 0) return `There is no price below ${price}, so \`below\` gives 0.`;
  return `The next price ${name} ${price} that is there is ${wanted}.`;
}

/** Calls with what they had to give, and what they gave. */
export function answersTable(asked: readonly Asked[], { answers }: WordsRun): Table {
  const rows = asked.map(({ call, wanted }, at) => [
    callText(call),
    wanted ?? "anything",
    wanted === undefined ? "" : answers[at],
  ]);
  return { kind: "table", title: "A few calls, and what they gave", columns: ["call", "must give", "gave"], rows };
}

function callText({ name, args }: WordsCall): string {
  return `${name}(words, ${args.join(", ")})`;
}
