import type { SelfTradePrevention } from "../../engines/contract/commands.ts";
import { agreesWithReference } from "../../lab/grade/book.ts";
import type { Check, CheckContext, Checks } from "../../lab/grade/check.ts";
import { OpenOrders } from "../../lab/grade/open-orders.ts";
import { createReference } from "../../lab/grade/reference.ts";

/** Bids rest up to here, asks above. */
const MIDDLE = 500;
const MAX_SIZE = 2 ** 31 - 1;

interface Market {
  /** Prices of a side. */
  prices: number;
  /** Lots of one order. */
  sizes: readonly [least: number, most: number];
  /** Who sends the orders: 0 … owners; with 0 nobody does. */
  owners: number;
  /** What fill-or-kill orders ask for, all as likely. */
  stps: readonly SelfTradePrevention[];
}

/** Commands of a market, each as the ones before it left the book. After each fill-or-kill order stands a look at the book. */
function draw({ draws }: CheckContext, { prices, sizes, owners, stps }: Market, commands: number): object[] {
  const reference = createReference("full");
  const open = new OpenOrders();
  const list: object[] = [];
  let lastId = 0;
  const side = (): "buy" | "sell" => draws.pick(["buy", "sell"]);
  const owner = () => (owners === 0 ? {} : { owner: draws.integer(0, owners) });
  const away = (from: "buy" | "sell"): number => {
    const ticks = draws.integer(0, prices - 1);
    return from === "buy" ? MIDDLE - ticks : MIDDLE + 1 + ticks;
  };
  const rests = (): object => {
    const own = side();
    return { op: "add", id: ++lastId, side: own, price: away(own), size: draws.integer(...sizes), ...owner() };
  };
  /** Its size is mostly the very last that is filled, or the first that isn't. */
  const fillOrKill = (): object => {
    const own = side();
    const price = away(own === "buy" ? "sell" : "buy");
    const sender = owner();
    const makers = open.list.filter(
      (order) => order.side !== own && (own === "buy" ? order.price <= price : order.price >= price),
    );
    const lots = makers.reduce((sum, { size }) => sum + size, 0);
    const others = makers.reduce((sum, { size, owner }) => sum + (owner === sender.owner ? 0 : size), 0);
    const size = draws.pick([lots, lots + 1, lots - 1, others, others + 1, draws.integer(...sizes)]);
    const stp = draws.pick(stps);
    const asked = { price, size: Math.min(MAX_SIZE, Math.max(1, size)), tif: "fok" };
    return { op: "add", id: ++lastId, side: own, ...asked, ...sender, ...(stp === "none" ? {} : { stp }) };
  };
  const next = (): object => {
    const dice = draws.integer(0, 9);
    if (dice < 3) return fillOrKill();
    if (dice === 3 && open.list.length > 0) return { op: "cancel", id: draws.pick(open.list).id };
    if (dice === 4)
      return { op: "add", id: ++lastId, side: side(), type: "market", size: draws.integer(...sizes), ...owner() };
    return rests();
  };
  while (list.length < commands) {
    const command = next();
    list.push(command);
    open.follow(command, reference.execute(command));
    if ("tif" in command) list.push({ op: "book" });
  }
  return list;
}

/** Nine lots within reach: nine are filled, ten would not be, and after the kill the queue is as it was. */
const NINE_LOTS = [
  { op: "add", id: 1, side: "sell", price: 96, size: 5 },
  { op: "add", id: 2, side: "sell", price: 97, size: 4 },
  { op: "add", id: 3, side: "sell", price: 98, size: 7 },
  { op: "add", id: 4, side: "buy", price: 97, size: 10, tif: "fok" },
  { op: "book" },
  { op: "add", id: 5, side: "buy", price: 97, size: 9, tif: "fok" },
  { op: "book" },
];

function agrees(market: Partial<Market>, passed: string): Check {
  const whole: Market = { prices: 1, sizes: [1, 9], owners: 0, stps: ["none"], ...market };
  return agreesWithReference({
    level: "full",
    flows: 5,
    commands: 160,
    shown: NINE_LOTS,
    passed,
    generate: (context, _index, commands) => draw(context, whole, commands),
  });
}

export const checks: Checks = {
  "all or nothing": agrees({}, "Every order was filled whole, or killed with no trace."),
  "up to its price": agrees({ prices: 5 }, "Every price within reach counted, and none beyond."),
  "totals beyond 32 bits": agrees({ sizes: [2 ** 28, 2 ** 30] }, "No total was too large."),
  "its own orders out of the way": agrees(
    { owners: 2, stps: ["none", "cancel-resting"] },
    "Own orders that would be canceled didn't count, and those behind them did.",
  ),
  "its own orders in the way": agrees(
    { owners: 2, stps: ["none", "cancel-incoming", "cancel-both"] },
    "An own order that would stop the taker killed it, where the taker got that far.",
  ),
};
