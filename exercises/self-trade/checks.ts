import type { SelfTradePrevention } from "../../engines/contract/commands.ts";
import { agreesWithReference } from "../../lab/grade/book.ts";
import type { Check, CheckContext, Checks } from "../../lab/grade/check.ts";
import { OpenOrders } from "../../lab/grade/open-orders.ts";
import { createReference } from "../../lab/grade/reference.ts";

/** Bids rest up to here, asks above. */
const MIDDLE = 500;
const PRICES = 2;

interface Market {
  /** What those ask for who take, all as likely. */
  takers: readonly SelfTradePrevention[];
  /** What those asked for who rest. */
  makers?: readonly SelfTradePrevention[];
  /** All as likely; 0 is nobody. */
  owners?: readonly number[];
  /** Only market orders take: what is left of a limit order rests where those who rest would meet it, and take. */
  markets?: boolean;
}

/** Commands of a market, each as the ones before it left the book. After each order that takes stands a look at the book. */
function draw(
  { draws }: CheckContext,
  { takers, makers = ["none"], owners = [1, 2], markets = false }: Market,
  commands: number,
): object[] {
  const reference = createReference("full");
  const open = new OpenOrders();
  const list: object[] = [];
  let lastId = 0;
  const away = (side: "buy" | "sell"): number => {
    const ticks = draws.integer(0, PRICES - 1);
    return side === "buy" ? MIDDLE - ticks : MIDDLE + 1 + ticks;
  };
  const add = (stps: readonly SelfTradePrevention[], fields: object): object => {
    const [owner, stp] = [draws.pick(owners), draws.pick(stps)];
    return { op: "add", id: ++lastId, ...fields, owner, ...(stp === "none" ? {} : { stp }) };
  };
  const next = (): { command: object; takes: boolean } => {
    const side = draws.pick(["buy", "sell"] as const);
    const dice = draws.integer(0, 9);
    if (dice === 0 && open.list.length > 0)
      return { command: { op: "cancel", id: draws.pick(open.list).id }, takes: false };
    if (dice < 5) {
      const size = draws.integer(1, 15);
      const price = away(side === "buy" ? "sell" : "buy");
      const fields = dice < 3 && !markets ? { side, price, size } : { side, type: "market", size };
      return { command: add(takers, fields), takes: true };
    }
    return { command: add(makers, { side, price: away(side), size: draws.integer(1, 6) }), takes: false };
  };
  while (list.length < commands) {
    const { command, takes } = next();
    list.push(command);
    open.follow(command, reference.execute(command));
    if (takes) list.push({ op: "book" });
  }
  return list;
}

/** Owner 7 waits behind a stranger and before one, and comes from the other side. */
const queue = (stp: SelfTradePrevention): object[] => [
  { op: "add", id: 1, side: "sell", price: 96, size: 3, owner: 8 },
  { op: "add", id: 2, side: "sell", price: 96, size: 4, owner: 7 },
  { op: "add", id: 3, side: "sell", price: 96, size: 5, owner: 9 },
  { op: "add", id: 4, side: "buy", price: 96, size: 6, owner: 7, stp },
  { op: "book" },
];

function agrees(stp: SelfTradePrevention, market: Market, passed: string): Check {
  return agreesWithReference({
    level: "full",
    flows: 5,
    commands: 160,
    shown: queue(stp),
    passed,
    generate: (context, _index, commands) => draw(context, market, commands),
  });
}

const ALL: readonly SelfTradePrevention[] = ["none", "cancel-resting", "cancel-incoming", "cancel-both"];

export const checks: Checks = {
  "who may trade with itself": agrees(
    "none",
    { takers: ["none"], makers: ALL, owners: [1, 2], markets: true },
    "Who didn't ask for prevention traded with itself, whatever the resting order had asked for.",
  ),
  "nobody is no owner": agrees(
    "cancel-resting",
    { takers: ALL, owners: [0] },
    "Orders without an owner traded with each other, whatever they asked for.",
  ),
  "cancel-resting": agrees(
    "cancel-resting",
    { takers: ["cancel-resting"] },
    "Own orders were canceled as they were met, and matching went on.",
  ),
  "cancel-incoming": agrees(
    "cancel-incoming",
    { takers: ["cancel-incoming"] },
    "The incoming order ended where it met its own, with what it had left.",
  ),
  "cancel-both": agrees(
    "cancel-both",
    { takers: ["cancel-both"] },
    "First the resting order went, then the incoming one, and no other.",
  ),
};
