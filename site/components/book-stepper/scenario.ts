import type { AddCommand, CancelCommand, ReplaceCommand } from "../../../engines/contract/commands.ts";

/** A command that the stepper can show. */
export type ShownCommand = AddCommand | CancelCommand | ReplaceCommand;

/** A command of the scenario, and what it is there to show. */
export interface ScenarioStep {
  command: ShownCommand;
  /** One or two sentences, read before the events. */
  remark: string;
}

const limit = (id: number, side: "buy" | "sell", size: number, price: number): AddCommand => ({
  op: "add",
  id,
  side,
  type: "limit",
  price,
  size,
});
const market = (id: number, side: "buy" | "sell", size: number): AddCommand => ({
  op: "add",
  id,
  side,
  type: "market",
  size,
});

/** From an empty book to one that a market order has swept: every rule of price-time priority once. */
export const SCENARIO: readonly ScenarioStep[] = [
  { command: limit(1, "sell", 5, 102), remark: "The book is empty, so there is nobody to trade with." },
  {
    command: limit(2, "sell", 3, 101),
    remark: "A better price for a buyer: it stands before order 1, though it came later.",
  },
  { command: limit(3, "sell", 4, 101), remark: "The same price: now time decides, and it stands behind order 2." },
  { command: limit(4, "buy", 6, 99), remark: "The first bid. Nobody sells as low as that." },
  { command: limit(5, "buy", 2, 100), remark: "A better bid. Between it and the best ask lies the spread." },
  {
    command: limit(6, "buy", 5, 101),
    remark: "A buyer who pays 101. That reaches the asks, so it trades: first with who came first.",
  },
  { command: limit(7, "buy", 4, 99), remark: "A second order at 99: it waits until the lots ahead of it are gone." },
  { command: limit(8, "buy", 3, 99), remark: "And a third." },
  { command: { op: "cancel", id: 4 }, remark: "The first of the queue leaves. Those behind it move up." },
  {
    command: { op: "replace", id: 7, price: 99, size: 2 },
    remark: "Same price, fewer lots: it takes nothing from anybody, so it keeps its place.",
  },
  {
    command: { op: "replace", id: 7, price: 99, size: 6 },
    remark: "More lots would push in front of order 8. So it goes to the end of the queue.",
  },
  { command: market(9, "sell", 10), remark: "A market order takes the best prices there are, level by level." },
  { command: market(10, "buy", 9), remark: "One more, larger than the whole other side." },
];
