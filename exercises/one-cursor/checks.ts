import type { Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { show, showCall } from "../../lab/grade/show.ts";
import { shrinkList } from "../../lab/grade/shrink.ts";
import { speed } from "../../lab/grade/speed.ts";

const WORDS = 5;
const KINDS = ["", "accepted", "executed", "canceled", "replaced", "rejected", "book", "level"];
const [EXECUTED, CANCELED, REJECTED, BOOK, LEVEL] = [2, 3, 5, 6, 7];
const USER = 1;

type EventRecord = number[];

/** The engine's room: records of this batch, and behind them what was left there. */
interface Batch {
  records: EventRecord[];
  stale: EventRecord[];
}

const FIELDS = ["kind", "reason", "id", "maker", "price", "size"] as const;
type Field = (typeof FIELDS)[number];
/** Which fields mean something, by kind. */
const MEANT: readonly (readonly Field[])[] = [
  [],
  ["kind", "id"],
  ["kind", "id", "maker", "price", "size"],
  ["kind", "reason", "id", "size"],
  ["kind", "id", "price", "size"],
  ["kind", "reason", "id"],
  ["kind"],
  ["kind", "price", "size"],
];

/** What event `index` says. */
function fieldsOf(events: Int32Array, index: number): Record<Field, number> {
  const [codes, id, maker, price, low] = events.subarray(index * WORDS, (index + 1) * WORDS);
  const kind = codes & 0xff;
  const size = kind === LEVEL ? maker * 2 ** 32 + (low >>> 0) : low;
  return { kind, reason: (codes >>> 8) & 0xff, id, maker, price, size };
}

interface Account {
  trades: number;
  lots: number;
  notional: number;
  withdrawn: number;
  rejected: number;
  resting: number;
  largest: { taker: number; maker: number; price: number; size: number } | null;
}

function accountOf(events: Int32Array, words: number): Account {
  const sums: Account = { trades: 0, lots: 0, notional: 0, withdrawn: 0, rejected: 0, resting: 0, largest: null };
  for (let at = 0; at < words; at += WORDS) {
    const [kind, reason, size] = [events[at] & 0xff, (events[at] >>> 8) & 0xff, events[at + 4]];
    if (kind === EXECUTED) {
      const [taker, maker, price] = [events[at + 1], events[at + 2], events[at + 3]];
      sums.trades++;
      sums.lots += size;
      sums.notional += price * size;
      if (sums.largest === null || size > sums.largest.size) sums.largest = { taker, maker, price, size };
    } else if (kind === CANCELED && reason === USER) sums.withdrawn += size;
    else if (kind === REJECTED) sums.rejected++;
    else if (kind === LEVEL) sums.resting += events[at + 2] * 2 ** 32 + (size >>> 0);
  }
  return sums;
}

const drawId = (draws: Draws): number => draws.pick([draws.integer(1, 99), draws.integer(1, 2 ** 31 - 1)]);
/** Few enough that two are often the same; the large ones make a trade of more than 32 bits. */
const drawSize = (draws: Draws): number => draws.pick([draws.integer(1, 5), draws.integer(1, 200), 1_000_000]);
const drawPrice = (draws: Draws): number => draws.pick([draws.integer(1, 200), draws.integer(90_000, 110_000)]);

function drawRecord(draws: Draws): EventRecord {
  const kind = draws.pick([1, EXECUTED, EXECUTED, EXECUTED, CANCELED, CANCELED, 4, REJECTED, BOOK, LEVEL, LEVEL]);
  const [id, price, size] = [drawId(draws), drawPrice(draws), drawSize(draws)];
  switch (kind) {
    case EXECUTED:
      return [kind, id, drawId(draws), price, size];
    case CANCELED:
      return [kind | (draws.integer(1, 5) << 8), id, 0, 0, size];
    case 4:
      return [kind, id, 0, price, size];
    case REJECTED:
      return [kind | (draws.integer(16, 30) << 8) | (draws.integer(1, 4) << 16), id, 0, 0, 0];
    case BOOK:
      return [kind, draws.integer(0, 9), draws.integer(0, 9), 0, 0];
    case LEVEL: {
      const [upper, lower] = [draws.integer(0, 255), draws.pick([size, size | (1 << 31)])];
      return [kind | (draws.integer(1, 2) << 16), draws.integer(1, 50), upper, price, lower];
    }
    default:
      return [kind, id, 0, 0, 0];
  }
}

function drawBatches(draws: Draws, index: number): Batch[] {
  const list = (length: number): EventRecord[] => draws.list(length, () => drawRecord(draws));
  const batch = (): Batch => ({ records: list(draws.integer(0, 2 + 2 * index)), stale: list(draws.integer(0, 3)) });
  return draws.list(draws.integer(1, 3), batch);
}

function* smaller(batches: Batch[]): Generator<Batch[]> {
  yield* shrinkList(batches, undefined, 1);
  for (const [index, batch] of batches.entries()) {
    for (const records of shrinkList(batch.records)) yield batches.with(index, { ...batch, records });
    for (const stale of shrinkList(batch.stale)) yield batches.with(index, { ...batch, stale });
  }
}

const inRoom = ({ records, stale }: Batch) => ({
  events: Int32Array.from([...records, ...stale].flat()),
  words: records.length * WORDS,
});

/** `$walk(batches)`: one cursor over all of them; of each event its six fields. It ends soon after where the events should. */
const WALK = `
export const $walk = ($batches) => {
  const $cursor = new EventCursor();
  return $batches.map(({ events: $events, words: $words }) => {
    const $seen = [];
    $cursor.reset($events, $words);
    while ($seen.length <= $words / ${WORDS} && $cursor.next())
      $seen.push([${FIELDS.map((field) => `$cursor.${field}`).join(", ")}]);
    return $seen;
  });
};`;

/** What the learner's cursor said of one batch: six fields of each event. */
function seenIn(answer: unknown, batch: number): unknown[][] {
  const seen: unknown = Array.isArray(answer) ? answer[batch] : undefined;
  return Array.isArray(seen) && seen.every(Array.isArray) ? seen : [];
}

async function judgeFields(learner: Learner, batches: Batch[]): Promise<Fault | undefined> {
  const answer = await learner.call("$walk", batches.map(inRoom));
  const input = walked(batches);
  for (const [number, batch] of batches.entries()) {
    const { events } = inRoom(batch);
    const seen = seenIn(answer, number);
    if (seen.length !== batch.records.length) {
      const [wanted, got] = [
        `${batch.records.length} events`,
        `${seen.length > batch.records.length ? "more" : seen.length}`,
      ];
      return { input, expected: wanted, got, reason: `In batch ${number} the cursor stops at another place.` };
    }
    for (const [index, fields] of seen.entries()) {
      const right = fieldsOf(events, index);
      const wrong = MEANT[right.kind].find((field) => !Object.is(fields[FIELDS.indexOf(field)], right[field]));
      if (wrong === undefined) continue;
      const got = fields[FIELDS.indexOf(wrong)];
      const reason = `Event ${index} of batch ${number} is ${KINDS[right.kind]}, and its \`${wrong}\` is another one.`;
      return { input, expected: `${wrong} ${right[wrong]}`, got: `${wrong} ${show(got)}`, reason };
    }
  }
  return undefined;
}

function walked(batches: Batch[]): string {
  const resets = batches.map((batch) => showCall("cursor.reset", inRoom(batch).events, inRoom(batch).words));
  return resets.join("; … ");
}

async function judgeAccount(learner: Learner, batches: Batch[]): Promise<Fault | undefined> {
  for (const [number, batch] of batches.entries()) {
    const { events, words } = inRoom(batch);
    const [right, got] = [accountOf(events, words), await learner.call("account", events, words)];
    if (show(right, 400) === show(got, 400)) continue;
    const key = Object.keys(right).find(
      (each) =>
        show(right[each as keyof Account]) !==
        show((got as Partial<Account> | null | undefined)?.[each as keyof Account]),
    );
    const what = key === undefined ? "Its keys are others, or in another order" : `\`${key}\` is another one`;
    const reason =
      number === 0 ? `${what}.` : `${what} in call ${number + 1}: what did the call before it leave behind?`;
    return { input: accounted(batches.slice(0, number + 1)), expected: show(right, 400), got: show(got, 400), reason };
  }
  return undefined;
}

function accounted(batches: Batch[]): string {
  return batches.map((batch) => showCall("account", inRoom(batch).events, inRoom(batch).words)).join("; ");
}

/** An event of each kind, as the learner's cursor sees it. */
async function anEventOfEachKind(learner: Learner): Promise<Picture[]> {
  const records = [
    [1, 7, 0, 0, 0],
    [EXECUTED, 9, 7, 100, 4],
    [CANCELED | (USER << 8), 7, 0, 0, 6],
    [4, 8, 0, 101, 5],
    [REJECTED | (27 << 8) | (2 << 16), 7, 0, 0, 0],
    [BOOK, 1, 0, 0, 0],
    [LEVEL | (1 << 16), 3, 1, 99, -1],
  ];
  const seen = seenIn(await learner.call("$walk", [inRoom({ records, stale: [] })]), 0);
  const rows = records.map((words, index) => [
    KINDS[words[0] & 0xff],
    words.join(" "),
    ...FIELDS.map((field, place) => (MEANT[words[0] & 0xff].includes(field) ? show(seen[index]?.[place], 20) : "")),
  ]);
  return [
    {
      kind: "table",
      title: "An event of each kind, as your cursor reads it",
      columns: ["event", "words", ...FIELDS],
      rows,
    },
  ];
}

/** Kinds as a busy market has them: out of 32. */
const MIX = [
  ...Array<number>(13).fill(1),
  ...Array<number>(8).fill(EXECUTED),
  ...Array<number>(8).fill(CANCELED | (USER << 8)),
  4,
  REJECTED | (27 << 8),
  LEVEL | (1 << 16),
];

/** Many records, quickly: what is drawn is where a row of numbers begins. */
function manyEvents(draws: Draws, count: number): Int32Array {
  const events = new Int32Array(count * WORDS);
  let state = draws.integer(1, 2 ** 31 - 1);
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state >>> 8;
  };
  for (let at = 0; at < events.length; at += WORDS) {
    const codes = MIX[next() & 31];
    events[at] = codes;
    events[at + 1] = 1 + next();
    events[at + 2] = (codes & 0xff) === LEVEL ? next() & 7 : 1 + next();
    events[at + 3] = 99_900 + (next() & 255);
    events[at + 4] = 1 + (next() & 1_023);
  }
  return events;
}

export const checks: Checks = {
  "every field where it lies": property<Batch[]>({
    cases: 25,
    passed: "One cursor walked over all batches, and every event had its fields.",
    generate: drawBatches,
    judge: judgeFields,
    show: walked,
    shrink: smaller,
    behind: () => WALK,
    see: anEventOfEachKind,
  }),
  "the same account": property<Batch[]>({
    cases: 25,
    passed: "Every batch came to the same account.",
    generate: drawBatches,
    judge: judgeAccount,
    show: accounted,
    shrink: smaller,
  }),
  "three times as fast": speed({
    call: "account",
    baseline: "baseline.ts",
    bar: 3,
    partly: [{ bar: 1.5, share: 0.4 }],
    unit: "event",
    // Beyond that a batch's copy would take more memory than a page should.
    mostUnits: 2 ** 19,
    input: (draws, units) => {
      const events = manyEvents(draws, units);
      return [events, events.length];
    },
    expected: ([events, words]) => accountOf(events as Int32Array, words as number),
  }),
};
