import type { Analytics } from "../../../lab/sandbox/protocol.ts";
import { count, time } from "./numbers.ts";

/** A figure of a strategy's account: its name, its value, what it tells, and its formula. */
export interface AnalyticsRow {
  name: string;
  value: string;
  about: string;
  formula: string;
}

const oneDecimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1, signDisplay: "negative" });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const money = (value: number): string => `${oneDecimal.format(value)} ticks × lots`;

/**
 * What a strategy made of the market, in rows. The formulas are those of `lab/market/backtest.ts`: m is the middle of the book, q
 * the lots of a fill at price p (below 0: sold), I the inventory.
 */
export function analyticsRows(analytics: Analytics): AnalyticsRow[] {
  const { profit, inventory, lots, queue } = analytics;
  return [
    row(
      "Profit, total",
      money(profit.total),
      "What is left at the end, with the inventory at the middle of the book.",
      "spread + inventory − fees",
    ),
    row(
      "from the spread",
      money(profit.spread),
      "Earned by trading on the better side of the middle, or paid for trading at once.",
      "Σ q (m − p), with m just before the fill",
    ),
    row("from inventory", money(profit.inventory), "What the price did to the lots that were held.", "Σ I Δm"),
    row("fees", money(profit.fees), "Paid to the exchange; below 0, its rebates.", "Σ |q| × fee of the role"),
    row(
      "Drawdown",
      money(analytics.maxDrawdown),
      "The largest fall from a high before it.",
      "max over time of (highest total so far − total)",
    ),
    row(
      "Inventory",
      `${count(inventory.end)} lots at the end`,
      `At most ${count(inventory.largest)} lots, long or short; ${oneDecimal.format(inventory.meanSize)} in the mean over time.`,
      "I; max |I|; mean of |I| over time",
    ),
    row(
      "Fill ratio",
      percent.format(analytics.fillRatio),
      `${count(lots.filled)} of ${count(lots.sent)} lots sent were filled: ${count(lots.maker)} as maker, ${count(lots.taker)} as taker.`,
      "lots filled ÷ lots sent",
    ),
    row(
      "Queue before an order",
      `${oneDecimal.format(queue.aheadLots)} lots`,
      "Lots before an order at its price when it took its place, mean of those that rested.",
      "mean over orders that rested",
    ),
    row(
      "Queue position at fill",
      `${oneDecimal.format(queue.aheadOfFilledLots)} lots`,
      `The same, of the lots that were filled; they waited ${time(queue.waitNs)}.`,
      "mean over the maker's lots filled",
    ),
    ...analytics.markOuts.map(markOutRow),
  ];
}

function markOutRow({
  horizonNs,
  role,
  lots,
  effectiveTicks,
  realizedTicks,
  impactTicks,
}: Analytics["markOuts"][number]): AnalyticsRow {
  const name = `Mark-out after ${time(horizonNs)}, as ${role}`;
  if (lots === 0) return row(name, "–", "No fill in this role whose time was over.", "");
  const adverse =
    role === "maker" && impactTicks > 0 ? " Above 0 is adverse selection: who traded with it knew more." : "";
  return row(
    name,
    `${ticks(impactTicks)} a lot`,
    `Earned ${ticks(effectiveTicks)} against the middle before the fill and ${ticks(realizedTicks)} against the one after: the difference is what the move took.${adverse}`,
    "(m − p) − (m′ − p), with m′ after the horizon",
  );
}

function ticks(value: number): string {
  return `${value.toLocaleString("en", { maximumFractionDigits: 2 })} ticks`;
}

function row(name: string, value: string, about: string, formula: string): AnalyticsRow {
  return { name, value, about, formula };
}
