import type { CheckContext } from "../../../lab/grade/check.ts";
import type { Draws } from "../../../lab/grade/draws.ts";
import { OpenOrders } from "../../../lab/grade/open-orders.ts";
import { createReference } from "../../../lab/grade/reference.ts";

const MIDDLE = 500;
const REACH = 2;
const MOST_LOTS = 9;
const STPS = ["none", "cancel-resting", "cancel-incoming", "cancel-both"] as const;

/** Valid commands of all kinds at a few prices, by nobody and two owners: here the contract's rules meet, again and again. */
export function crowdedFlow({ draws }: CheckContext, commands: number): object[] {
  const reference = createReference("full");
  const open = new OpenOrders();
  const list: object[] = [];
  for (let id = 1; list.length < commands; id++) {
    const command = next(draws, open, id);
    list.push(command);
    open.follow(command, reference.execute(command));
  }
  return list;
}

function next(draws: Draws, open: OpenOrders, id: number): object {
  const dice = draws.integer(0, 19);
  const { list } = open;
  if (dice === 0) return { op: "book", depth: draws.integer(1, 4) };
  if (dice < 4 && list.length > 0) return { op: "cancel", id: draws.pick(list).id };
  if (dice < 8 && list.length > 0) {
    const { id: own, price, size } = draws.pick(list);
    const stays = draws.integer(0, 2) === 0;
    return { op: "replace", id: own, price: stays ? price : drawPrice(draws), size: draws.pick([1, size, size + 2]) };
  }
  return drawAdd(draws, id);
}

function drawAdd(draws: Draws, id: number): object {
  const side = draws.pick(["buy", "sell"] as const);
  const sender = { owner: draws.integer(0, 2), stp: draws.pick(STPS) };
  const size = draws.integer(1, MOST_LOTS);
  const kind = draws.integer(0, 9);
  if (kind === 0) return { op: "add", id, side, type: "market", size, ...sender };
  const limit = { op: "add", id, side, price: drawPrice(draws), size };
  if (kind < 3) return { ...limit, size: draws.integer(1, 2 * MOST_LOTS), tif: "fok", ...sender };
  if (kind === 3) return { ...limit, tif: "ioc", ...sender };
  return { ...limit, ...(kind === 4 ? { postOnly: true } : {}), ...sender };
}

function drawPrice(draws: Draws): number {
  return MIDDLE + draws.integer(-REACH, REACH);
}
