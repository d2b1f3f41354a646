import type { EngineEvent } from "../../../engines/contract/events.ts";
import type { Draws } from "../../../lab/grade/draws.ts";
import { type OpenOrder, OpenOrders } from "../../../lab/grade/open-orders.ts";
import { createReference } from "../../../lab/grade/reference.ts";

export type Limit = "maxOrderSize" | "maxOpenOrders" | "positionLimit" | "priceBand";

/** What a day is made of. */
export interface Mix {
  /** Limits that owners are given; each is left out at times. */
  limits: readonly Limit[];
  replaces?: boolean;
  kills?: boolean;
  /** Whether most orders rest: buys below, sells above. Default: any price. */
  apart?: boolean;
}

/** One command, and what a gate must say to it. */
export interface Step {
  command: { op: string; [field: string]: unknown };
  /** A reason or null; for a kill, ids. */
  answer: string | null | number[];
  /** What the book behind the gate answers; undefined where the command doesn't get there. */
  events: EngineEvent[] | undefined;
}

const REASONS = ["owner-killed", "max-order-size", "price-band", "max-open-orders", "position-limit"];
const MIDDLE = 100;
const RANGES: Readonly<Record<Limit, readonly [number, number]>> = {
  maxOrderSize: [3, 9],
  maxOpenOrders: [1, 4],
  positionLimit: [5, 20],
  priceBand: [1, 4],
};

/** What a gate must say to each command, and what it hears. */
export function stepsOf(commands: readonly Step["command"][]): Step[] {
  const book = createReference("extended");
  return commands.map((command) => {
    const events = book.execute(command);
    const [first] = events;
    if (command.op === "kill") {
      const canceled = events.filter((event) => event.event === "canceled");
      return { command, answer: canceled.map(({ id }) => id), events: canceled };
    }
    if (command.op === "limits" || command.op === "lift") return { command, answer: null, events: undefined };
    const refused = first.event === "rejected" && REASONS.includes(first.reason);
    return refused ? { command, answer: first.reason, events: undefined } : { command, answer: null, events };
  });
}

export function drawDay(draws: Draws, mix: Mix, length: number): Step["command"][] {
  const book = createReference("extended");
  const open = new OpenOrders();
  const commands: Step["command"][] = [];
  let lastId = draws.integer(0, 50);
  const owner = (): number => draws.pick([0, 1, 1, 2, 2, 3]);
  const add = (): Step["command"] => {
    const side = draws.pick(["buy", "sell"]);
    const order = { op: "add", id: ++lastId, side };
    const size = draws.integer(1, 10);
    if (draws.integer(0, mix.apart ? 30 : 6) === 0) return { ...order, type: "market", size, owner: owner() };
    const below = mix.apart ? draws.integer(0, 5) : draws.integer(-4, 4);
    const price = MIDDLE + (side === "buy" ? -below : below);
    return { ...order, type: "limit", price, size, tif: draws.pick(["gtc", "gtc", "gtc", "ioc"]), owner: owner() };
  };
  const limits = (): Step["command"] => {
    const each = mix.limits.filter(() => draws.integer(0, 7) > 0);
    const values = each.map((name): [string, number] => [name, draws.integer(...RANGES[name])]);
    return { op: "limits", owner: draws.integer(1, 3), ...Object.fromEntries(values) };
  };
  const next = (): Step["command"] => {
    const dice = draws.integer(0, 15);
    if (dice === 0 && mix.limits.length > 0) return limits();
    if (dice <= 1 && mix.kills) {
      return { op: draws.pick(["kill", "lift", "lift", "lift"]), owner: draws.integer(1, 3) };
    }
    if (dice === 2 && open.list.length > 0) return { op: "cancel", id: draws.pick(open.list).id };
    if (dice >= 3 && dice <= 8 && mix.replaces && open.list.length > 0) return replaceOf(draws, draws.pick(open.list));
    return add();
  };
  while (commands.length < length) {
    const command = commands.length === 2 ? limits() : next();
    commands.push(command);
    open.follow(command, book.execute(command));
  }
  return commands;
}

function replaceOf(draws: Draws, { id, side, price, size }: OpenOrder): Step["command"] {
  const ask = draws.pick([
    () => ({ price, size: draws.integer(1, size) }),
    () => ({ price, size: size + draws.integer(1, 6) }),
    () => ({ price: side === "buy" ? price - 1 : price + 1, size }),
    () => ({ price: price + draws.integer(-2, 2), size: draws.integer(1, 10) }),
  ]);
  return { op: "replace", id, ...ask() };
}
