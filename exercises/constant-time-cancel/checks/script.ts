import type { WordsCall } from "../../../lab/grade/counted-words.ts";
import type { Draws } from "../../../lab/grade/draws.ts";

/** The functions that the learner writes. */
export const FUNCTIONS = ["join", "leave", "oldest", "behind"] as const;

/** Words of memory for each order, and for the queue itself. */
const WORDS_EACH = 4;

/** One thing that is done with a queue. Orders are named by a number of the script's own. */
export interface Op {
  kind: "join" | "leave" | "walk";
  /** 0 or 1 */
  queue: number;
  order: number;
  lots: number;
}

/** What is done with queues whose memory is empty at first. */
export interface Script {
  /** Orders that fit into a queue. */
  room: number;
  queues: number;
  ops: Op[];
}

/** What a call must give: a slot that no order in the queue has; the slot that the call of that index gave; a number. */
type Wanted =
  | { kind: "slot"; taken: readonly number[] }
  | { kind: "same"; as: number }
  | { kind: "number"; of: number };

/** A call of a script, and what it must give. */
export interface Asked {
  call: WordsCall;
  wanted: Wanted;
  /** What is wrong if it doesn't. */
  reason: string;
}

/** An order in a queue: `joined` is the index of the call that put it there. */
interface Waiting {
  order: number;
  lots: number;
  joined: number;
}

export function emptyMemory(room: number): Int32Array {
  return new Int32Array(WORDS_EACH * (room + 1));
}

/** The calls of a script. What can't be done any more, because something before it was left out, isn't. */
export function callsOf({ room, queues, ops }: Script): { asked: Asked[]; waiting: Waiting[][] } {
  const asked: Asked[] = [];
  const waiting: Waiting[][] = Array.from({ length: queues }, () => []);
  for (const { kind, queue, order, lots } of ops) {
    const own = waiting[queue];
    if (kind === "join") asked.push(joins(own, { order, lots, joined: asked.length }, room, queue));
    else if (kind === "walk") asked.push(...walks(own, asked.length, queue));
    else {
      const at = own.findIndex((each) => each.order === order);
      if (at === -1) continue;
      const [{ lots: left, joined }] = own.splice(at, 1);
      const call = { name: "leave", args: [{ of: joined }], memory: queue };
      const reason = "`leave` gives the lots with which the order of that slot came.";
      asked.push({ call, wanted: { kind: "number", of: left }, reason });
    }
  }
  return { asked, waiting };
}

function joins(own: Waiting[], order: Waiting, room: number, queue: number): Asked {
  const call = { name: "join", args: [order.lots], memory: queue };
  if (own.length === room) {
    const reason = `There is room for ${room}, and ${room} wait.`;
    return { call, wanted: { kind: "number", of: 0 }, reason };
  }
  const taken = own.map(({ joined }) => joined);
  own.push(order);
  const reason = `${taken.length} of ${room} wait, so there is room: \`join\` gives a slot, 1 or more, that none of them has.`;
  return { call, wanted: { kind: "slot", taken }, reason };
}

/** From the oldest to the newest, and the end behind it. */
function walks(own: readonly Waiting[], from: number, queue: number): Asked[] {
  return Array.from({ length: own.length + 1 }, (_, index) => {
    const call: WordsCall =
      index === 0
        ? { name: "oldest", args: [], memory: queue }
        : { name: "behind", args: [{ of: from + index - 1 }], memory: queue };
    const next = own.at(index);
    const wanted: Wanted = next === undefined ? { kind: "number", of: 0 } : { kind: "same", as: next.joined };
    const reason =
      next === undefined
        ? "Nobody stands there."
        : `Here stands the order that came ${place(index)} of those who wait.`;
    return { call, wanted, reason };
  });
}

const place = (index: number): string => ["first", "second", "third"][index] ?? `as number ${index + 1}`;

/** What a draw of ops is made of. */
export interface Habits {
  room: number;
  queues?: number;
  /** Of ten ops, how many join; the others leave, or look. */
  joins?: number;
  /** Whether only the oldest leaves, as where everybody is filled. */
  fromTheFront?: boolean;
}

export function drawScript(draws: Draws, habits: Habits, count: number): Script {
  const { room, queues = 1, joins = 5, fromTheFront = false } = habits;
  const waiting: number[][] = Array.from({ length: queues }, () => []);
  const ops = Array.from({ length: count }, (_, order): Op => {
    const queue = draws.integer(0, queues - 1);
    const own = waiting[queue];
    const lots = draws.integer(1, 99);
    if (draws.integer(0, 9) < joins) {
      if (own.length < room) own.push(order);
      return { kind: "join", queue, order, lots };
    }
    if (own.length === 0 || draws.integer(0, 3) === 0) return { kind: "walk", queue, order: 0, lots: 0 };
    const [gone] = own.splice(fromTheFront ? 0 : draws.integer(0, own.length - 1), 1);
    return { kind: "leave", queue, order: gone, lots: 0 };
  });
  const looks = waiting.map((_, queue): Op => ({ kind: "walk", queue, order: 0, lots: 0 }));
  return { room, queues, ops: [...ops, ...looks] };
}
