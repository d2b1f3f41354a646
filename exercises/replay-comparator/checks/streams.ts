import type { EngineEvent } from "../../../engines/contract/events.ts";
import type { Draws } from "../../../lab/grade/draws.ts";
import { OpenOrders } from "../../../lab/grade/open-orders.ts";
import { createReference, referenceEvents } from "../../../lab/grade/reference.ts";

/**
 * What one engine says otherwise, in its answer to one command. `value` changes a number in any of the answer's events, `first` in its first, `trade` in
 * a trade, of this answer or of the last before it that has one.
 */
export type Kind = "none" | "value" | "first" | "trade" | "missing" | "extra" | "cut";

/** Commands, and where the two streams part: the streams are made of them, so that every shorter list makes a case too. */
export interface Replay {
  commands: object[];
  kind: Kind;
  /** The command whose answer is changed; the last one where there are fewer. */
  at: number;
  /** Which event of that answer, modulo how many there are. */
  which: number;
  /** Whether it is the new engine that has the change, or the old one. */
  inActual: boolean;
}

export interface Streams {
  expected: EngineEvent[];
  actual: EngineEvent[];
}

/** What a report must say of them. */
export interface Truth {
  event: number;
  expected: EngineEvent | null;
  actual: EngineEvent | null;
  command: number;
  around: { index: number; command: object }[];
  history: number[];
}

export function drawReplay(draws: Draws, kinds: readonly Kind[], length: number): Replay {
  const commands = drawCommands(draws, length);
  const at = draws.pick([0, 1, length - 1, draws.integer(0, length - 1), draws.integer(0, length - 1)]);
  return { commands, kind: draws.pick(kinds), at, which: draws.integer(0, 5), inActual: draws.integer(0, 1) === 0 };
}

function drawCommands(draws: Draws, length: number): object[] {
  const reference = createReference("full");
  const open = new OpenOrders();
  let lastId = draws.integer(0, 50);
  const add = (): object => {
    const order = { op: "add", id: ++lastId, side: draws.pick(["buy", "sell"]) };
    const size = draws.integer(1, 12);
    if (draws.integer(0, 5) === 0) return { ...order, type: "market", size };
    const tif = draws.pick([{}, {}, { tif: "ioc" }, { tif: "fok" }]);
    return { ...order, price: draws.integer(98, 102), size, ...tif };
  };
  const next = (): object => {
    const dice = draws.integer(0, 11);
    if (dice === 0) return { op: "book", depth: 3 };
    const id = draws.pick([...open.list.map((order) => order.id), lastId]);
    if (dice === 1) return { op: "cancel", id };
    if (dice === 2) return { op: "replace", id, price: draws.integer(98, 102), size: draws.integer(1, 12) };
    return add();
  };
  return Array.from({ length }, () => {
    const command = next();
    open.follow(command, reference.execute(command));
    return command;
  });
}

/** The events, each with its command. */
function tagged(answers: readonly (readonly EngineEvent[])[]): [number, EngineEvent][] {
  return answers.flatMap((events, command) => events.map((event): [number, EngineEvent] => [command, event]));
}

function changed({ commands, kind, at, which }: Replay, answers: EngineEvent[][]): EngineEvent[][] {
  const last = Math.min(at, commands.length - 1);
  const command = kind === "trade" ? lastTraded(answers, last) : last;
  const events = answers[command];
  if (events === undefined) return answers;
  const traded = events.findIndex((event) => event.event === "executed");
  const index = kind === "first" ? 0 : kind === "trade" && traded !== -1 ? traded : which % events.length;
  switch (kind) {
    case "none":
      return answers;
    case "value":
    case "first":
    case "trade":
      return answers.with(command, events.with(index, withOtherValue(events[index])));
    case "missing":
      // Without its first event alone an answer looks like the rest of the one before: no engine does that.
      return answers.with(command, events.length === 1 ? [] : events.toSpliced(Math.max(1, index), 1));
    case "extra":
      return answers.with(command, [...events, { event: "executed", taker: 1, maker: 2, price: 100, size: 1 }]);
    case "cut":
      return [...answers.slice(0, command), events.slice(0, index)];
  }
}

/** The last answer up to this one in which somebody traded, or this one. */
function lastTraded(answers: readonly (readonly EngineEvent[])[], upTo: number): number {
  const traded = answers.slice(0, upTo + 1).findLastIndex((events) => events.some(({ event }) => event === "executed"));
  return traded === -1 ? upTo : traded;
}

function withOtherValue(event: EngineEvent): EngineEvent {
  switch (event.event) {
    case "executed":
    case "canceled":
    case "replaced":
      return { ...event, size: event.size + 1 };
    case "accepted":
      return { ...event, id: event.id + 1 };
    case "rejected":
      return { ...event, reason: event.reason === "unsupported" ? "unknown-order" : "unsupported" };
    case "book": {
      const [level, ...levels] = event.bids;
      return { ...event, bids: level === undefined ? [[90, 1, 1]] : [[level[0], level[1] + 1, level[2]], ...levels] };
    }
    default:
      return event;
  }
}

function both(replay: Replay): { expected: [number, EngineEvent][]; actual: [number, EngineEvent][] } {
  const answers = referenceEvents("full", replay.commands);
  const [plain, other] = [tagged(answers), tagged(changed(replay, answers))];
  return replay.inActual ? { expected: plain, actual: other } : { expected: other, actual: plain };
}

export function streamsOf(replay: Replay): Streams {
  const { expected, actual } = both(replay);
  const events = (stream: [number, EngineEvent][]): EngineEvent[] => stream.map(([, event]) => event);
  // Two recordings share no object; in a call's copy, what is shared can stay shared, and hides whoever compares with `===`.
  return { expected: events(expected), actual: JSON.parse(JSON.stringify(events(actual))) };
}

export function truthOf(replay: Replay): Truth | null {
  const { expected, actual } = both(replay);
  const text = (tag: [number, EngineEvent] | undefined): string => JSON.stringify(tag?.[1] ?? null);
  let event = 0;
  while (event < Math.max(expected.length, actual.length) && text(expected[event]) === text(actual[event])) event++;
  const [a, b] = [expected[event], actual[event]];
  if (a === undefined && b === undefined) return null;
  const command = Math.min(a?.[0] ?? Number.POSITIVE_INFINITY, b?.[0] ?? Number.POSITIVE_INFINITY);
  const ids = new Set([...idsOf(a?.[1]), ...idsOf(b?.[1])]);
  const { commands } = replay;
  const indexed = commands.map((each, index) => ({ index, command: each }));
  return {
    event,
    expected: a?.[1] ?? null,
    actual: b?.[1] ?? null,
    command,
    around: indexed.filter(({ index }) => Math.abs(index - command) <= 2),
    history: indexed
      .filter((each) => each.index < command && ids.has((each.command as { id?: number }).id ?? -1))
      .map(({ index }) => index),
  };
}

function idsOf(event: EngineEvent | undefined): number[] {
  const { id, taker, maker } = (event ?? {}) as { id?: number; taker?: number; maker?: number };
  return [id, taker, maker].filter((each) => each !== undefined);
}
