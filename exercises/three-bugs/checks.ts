import type { EngineEvent } from "../../engines/contract/events.ts";
import { agreesWithReference } from "../../lab/grade/book.ts";
import type { Check, CheckContext, Checks } from "../../lab/grade/check.ts";
import { createReference } from "../../lab/grade/reference.ts";

/** What a flow is made of; the rest of it is passive and aggressive limit orders. */
interface Market {
  /** The highest price of bids that do not trade, and how many prices a side has beyond its best. */
  middle: number;
  reach: number;
  /** Of ten commands, how many cancel an order that is open. */
  cancels: number;
  /** Of ten, how many name an order that is gone: they cancel it, or use its id again. */
  ghosts: number;
  /** Of ten, how many are market orders. */
  markets: number;
}

/** Commands of a market, each as the ones before it left the book. */
function draw({ draws }: CheckContext, market: Market, commands: number): object[] {
  const reference = createReference("core");
  const open = new Map<number, number>();
  const gone: number[] = [];
  const list: object[] = [];
  let lastId = 0;
  /** One in four reaches over to the other side; the others queue up on theirs. */
  const addWith = (id: number): object => {
    const side = draws.pick(["buy", "sell"]);
    const goesUp = (side === "buy") === (draws.integer(0, 3) === 0);
    const away = draws.integer(0, market.reach);
    const price = goesUp ? market.middle + 1 + away : market.middle - away;
    return { op: "add", id, side, price, size: draws.integer(1, 9) };
  };
  const next = (): object => {
    const dice = draws.integer(0, 9);
    if (dice < market.cancels) {
      if (open.size === 0) return addWith(++lastId);
      return { op: "cancel", id: draws.pick([...open.keys()]) };
    }
    if (dice < market.cancels + market.ghosts && gone.length > 0) {
      const id = draws.pick(gone);
      return open.has(id) || draws.integer(0, 2) > 0 ? { op: "cancel", id } : addWith(id);
    }
    if (dice < market.cancels + market.ghosts + market.markets) {
      return { op: "add", id: ++lastId, side: draws.pick(["buy", "sell"]), type: "market", size: draws.integer(1, 9) };
    }
    return draws.integer(0, 9) === 0 ? { op: "book" } : addWith(++lastId);
  };
  while (list.length < commands) {
    const command = next();
    // Only what is gone for sure counts as such, so that the market without ghosts has none.
    if (isCancelOf(command, open) && market.cancels === 0) continue;
    list.push(command);
    follow(command, reference.execute(command), open, gone);
  }
  return list;
}

function isCancelOf(command: object, open: ReadonlyMap<number, number>): boolean {
  const { op, id } = command as { op: string; id?: number };
  return op === "cancel" && id !== undefined && open.has(id);
}

/** Keeps account of which orders are open, and which are gone. */
function follow(command: object, events: readonly EngineEvent[], open: Map<number, number>, gone: number[]): void {
  const close = (id: number): void => {
    if (open.delete(id)) gone.push(id);
  };
  const { size } = command as { size?: number };
  for (const event of events) {
    if (event.event === "accepted") open.set(event.id, size ?? 0);
    if (event.event === "canceled") close(event.id);
    if (event.event !== "executed") continue;
    for (const id of [event.taker, event.maker]) {
      const left = (open.get(id) ?? 0) - event.size;
      if (left > 0) open.set(id, left);
      else close(id);
    }
  }
}

/** Where nothing fails, there is still something to see. */
const CALM = [
  { op: "add", id: 1, side: "sell", price: 96, size: 5 },
  { op: "add", id: 2, side: "sell", price: 96, size: 4 },
  { op: "cancel", id: 2 },
  { op: "add", id: 3, side: "sell", price: 96, size: 2 },
  { op: "add", id: 4, side: "buy", price: 96, size: 6 },
  { op: "book", depth: 5 },
];

function agrees(market: Market, passed: string): Check {
  return agreesWithReference({
    level: "core",
    flows: 6,
    commands: 250,
    shown: CALM,
    passed,
    generate: (context, _index, commands) => draw(context, market, commands),
  });
}

/** All prices of a word of 32, but not its first and its last. */
const IN_ONE_WORD = { middle: 80, reach: 3 };
/** About the edge of two words. */
const ACROSS_WORDS = { middle: 94, reach: 3 };

export const checks: Checks = {
  "a queue that is left from its end": agrees(
    { ...IN_ONE_WORD, cancels: 4, ghosts: 0, markets: 1 },
    "Whoever left, and from wherever: those who stayed kept their order, and those who came stood behind them.",
  ),
  "an order that is gone stays gone": agrees(
    { ...IN_ONE_WORD, cancels: 0, ghosts: 4, markets: 1 },
    "What had left was unknown, and its id was free.",
  ),
  "the next price is the next": agrees(
    { ...ACROSS_WORDS, cancels: 0, ghosts: 0, markets: 2 },
    "When a best price was used up, the next one in the book was the best.",
  ),
  "the whole market": agrees(
    { ...ACROSS_WORDS, cancels: 3, ghosts: 1, markets: 1 },
    "Event for event what the contract says.",
  ),
};
