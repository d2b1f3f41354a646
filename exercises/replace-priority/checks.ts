import { agreesWithReference } from "../../lab/grade/book.ts";
import type { Check, CheckContext, Checks } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type OpenOrder, OpenOrders } from "../../lab/grade/open-orders.ts";
import { createReference } from "../../lab/grade/reference.ts";

/** Bids rest up to here, asks above; only who means to trade goes beyond. */
const MIDDLE = 500;
const REACH = 3;
const MOST_LOTS = 9;

/** What one replace asks for, of an order that is open. */
type Ask = (draws: Draws, order: OpenOrder) => { price: number; size: number };

interface Market {
  /** Kinds of replaces, all as likely. */
  asks: readonly Ask[];
  /** Whether the orders that rest are post-only. */
  postOnly?: boolean;
  /** Of ten replaces, how many name an id that isn't open. */
  unknown?: number;
}

/** A price at which an order of that side doesn't trade with those that rest on their own side. */
const ownPrice = (draws: Draws, side: "buy" | "sell"): number =>
  side === "buy" ? MIDDLE - draws.integer(0, REACH) : MIDDLE + 1 + draws.integer(0, REACH);

const otherPrice = (draws: Draws, side: "buy" | "sell"): number => ownPrice(draws, side === "buy" ? "sell" : "buy");

/** What crossed and rests beyond the middle is left alone: where it would go next, another kind of replace could be asked. */
const isOnOwnSide = ({ side, price }: OpenOrder): boolean => (side === "buy" ? price <= MIDDLE : price > MIDDLE);

const smaller: Ask = (draws, { price, size }) => ({ price, size: draws.integer(1, size) });
const larger: Ask = (draws, { price, size }) => ({ price, size: size + draws.integer(1, 4) });
const elsewhere: Ask = (draws, { side, price, size }) => {
  const other = ownPrice(draws, side);
  return { price: other, size: other === price ? size + 1 : draws.integer(1, MOST_LOTS) };
};
const across: Ask = (draws, { side }) => ({ price: otherPrice(draws, side), size: draws.integer(1, 2 * MOST_LOTS) });

/** Commands of a market, each as the ones before it left the book. */
function draw({ draws }: CheckContext, { asks, postOnly = false, unknown = 0 }: Market, commands: number): object[] {
  const reference = createReference("full");
  const open = new OpenOrders();
  const list: object[] = [];
  let lastId = 0;
  const add = (): object => {
    const side = draws.pick(["buy", "sell"] as const);
    const size = draws.integer(1, MOST_LOTS);
    return { op: "add", id: ++lastId, side, price: ownPrice(draws, side), size, ...(postOnly ? { postOnly } : {}) };
  };
  const replace = (): object | undefined => {
    if (unknown > 0 && draws.integer(0, 9) < unknown) {
      const id = draws.pick([...open.gone, lastId + 1_000]);
      return open.has(id) ? undefined : { op: "replace", id, price: MIDDLE, size: draws.integer(1, MOST_LOTS) };
    }
    const own = open.list.filter(isOnOwnSide);
    if (own.length === 0) return undefined;
    const order = draws.pick(own);
    return { op: "replace", id: order.id, ...draws.pick(asks)(draws, order) };
  };
  const next = (): object => {
    const dice = draws.integer(0, 11);
    const replaced = dice < 4 ? replace() : undefined;
    if (replaced !== undefined) return replaced;
    if (dice === 4 || dice === 5) {
      // A market order leaves nothing at a price where nobody expects it.
      return { op: "add", id: ++lastId, side: draws.pick(["buy", "sell"]), type: "market", size: draws.integer(1, 9) };
    }
    if (dice === 6 && open.list.length > 0) return { op: "cancel", id: draws.pick(open.list).id };
    return dice === 7 ? { op: "book" } : add();
  };
  while (list.length < commands) {
    const command = next();
    list.push(command);
    open.follow(command, reference.execute(command));
  }
  return list;
}

/** Three orders wait at one price; the first is made smaller, the second larger, and then somebody buys. */
const RACE = [
  { op: "add", id: 1, side: "sell", price: 96, size: 5 },
  { op: "add", id: 2, side: "sell", price: 96, size: 3 },
  { op: "add", id: 3, side: "sell", price: 96, size: 4 },
  { op: "replace", id: 1, price: 96, size: 2 },
  { op: "replace", id: 2, price: 96, size: 6 },
  { op: "add", id: 4, side: "buy", price: 96, size: 9 },
  { op: "book" },
];

function agrees(market: Market, passed: string): Check {
  return agreesWithReference({
    level: "full",
    flows: 5,
    commands: 160,
    shown: RACE,
    passed,
    generate: (context, _index, commands) => draw(context, market, commands),
  });
}

export const checks: Checks = {
  "keeps its place": agrees({ asks: [smaller] }, "Whoever asked for less, or for the same, stayed where it stood."),
  "gives up its place": agrees(
    { asks: [larger, elsewhere] },
    "Whoever asked for more, or for another price, went to the end of the queue.",
  ),
  "trades where it crosses": agrees({ asks: [across] }, "What crossed traded first, and rested with what was left."),
  "post-only stays post-only": agrees(
    { asks: [across, across, smaller], postOnly: true },
    "A post-only order that would have crossed stayed as it was, and the others moved.",
  ),
  "an id that isn't open": agrees({ asks: [smaller], unknown: 8 }, "What had left, or had never come, was unknown."),
};
