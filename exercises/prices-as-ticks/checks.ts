import type { Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { show, showCall, showNumber } from "../../lab/grade/show.ts";
import { shrinkInteger, shrinkList } from "../../lab/grade/shrink.ts";

const MOST_TICKS = 2 ** 24 - 1;
const TICKS = ["0.1", "0.01", "0.05", "0.001", "0.00000001", "0.25", "0.125", "1", "5", "2.50"];
/** Doubles hold all prices of these ticks, so even a division is right about their range. */
const EXACT_TICKS = ["1", "5", "0.25"];

interface Priced {
  text: string;
  tick: string;
}

type Truth = { ticks: number } | { refused: "no price" | "between" | "range" };

function truth({ text, tick }: Priced): Truth {
  if (!/^[0-9]+(\.[0-9]+)?$/.test(text)) return { refused: "no price" };
  const decimals = Math.max(decimalsOf(text), decimalsOf(tick));
  const [price, step] = [units(text, decimals), units(tick, decimals)];
  if (price % step !== 0n) return { refused: "between" };
  const ticks = price / step;
  return ticks < 1n || ticks > BigInt(MOST_TICKS) ? { refused: "range" } : { ticks: Number(ticks) };
}

function decimalsOf(text: string): number {
  return text.split(".")[1]?.length ?? 0;
}

function units(text: string, decimals: number): bigint {
  const [whole, fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}

/** Units of ten to the power of −`decimals`, as text. */
function written(value: bigint, decimals: number): string {
  const digits = value.toString().padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function priceText(ticks: number | bigint, tick: string): string {
  const decimals = decimalsOf(tick);
  return written(BigInt(ticks) * units(tick, decimals), decimals);
}

/** The same price with other zeros. */
function dressed(draws: Draws, text: string): string {
  const shorter = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  const longer = `${text}${text.includes(".") ? "" : "."}${"0".repeat(draws.integer(1, 4))}`;
  return draws.pick([text, text, shorter, longer, `${"0".repeat(draws.integer(1, 3))}${text}`]);
}

/** A price that isn't a tick: a unit beside one, or a digit far behind the tick's decimals. */
function besideATick(draws: Draws, tick: string): string {
  const decimals = decimalsOf(tick);
  const price = BigInt(draws.logUniform(1, 100_000)) * units(tick, decimals);
  const step = Number(units(tick, decimals));
  if (step > 1 && draws.integer(0, 2) === 0) return written(price + BigInt(draws.integer(1, step - 1)), decimals);
  const behind = draws.integer(1, 20 - decimals);
  const off = BigInt(draws.integer(1, 9)) * draws.pick([1n, -1n]);
  return written(price * 10n ** BigInt(behind) + off, decimals + behind);
}

const NO_PRICES = ["", " ", ".", "1e2", "0x10", "-1", "+1", ".5", "1.", "1,000", "NaN", "Infinity", "1_000", "1.2.3"];

function noPrice(draws: Draws, index: number): string {
  if (index < NO_PRICES.length) return NO_PRICES[index];
  const text = draws.pick(["100", "7.5", "12.25"]);
  const at = draws.integer(0, text.length);
  return `${text.slice(0, at)}${draws.pick([" ", "-", "+", "e", ",", "_", "n", "'", "\n", "１"])}${text.slice(at)}`;
}

async function judge(learner: Learner, input: Priced): Promise<Fault | undefined> {
  const got = await learner.call("toTicks", input.text, input.tick);
  const right = truth(input);
  const expected = "ticks" in right ? right.ticks : null;
  if (got === expected) return undefined;
  const call = showCall("toTicks", input.text, input.tick);
  return { input: call, expected: show(expected), got: show(got), reason: reasonFor(input, right) };
}

function reasonFor({ text, tick }: Priced, right: Truth): string {
  if ("ticks" in right) return `The price ${text} is exactly ${showNumber(right.ticks)} of the ticks of ${tick}.`;
  if (right.refused === "no price") return `The text ${show(text)} is no price as the brief writes one.`;
  if (right.refused === "between") return `The price ${text} is no whole number of the ticks of ${tick}.`;
  return `The price ${text} is a whole number of ticks, but not from 1 to ${showNumber(MOST_TICKS)}.`;
}

/** Shorter texts that are right or wrong for the same reason. */
function* shorter(input: Priced): Generator<Priced> {
  const kind = (right: Truth): string => ("ticks" in right ? "ticks" : right.refused);
  const asBefore = kind(truth(input));
  for (const characters of shrinkList([...input.text])) {
    const smaller = { ...input, text: characters.join("") };
    if (kind(truth(smaller)) === asBefore) yield smaller;
  }
}

const toTicks = (
  passed: string,
  cases: number,
  draw: (draws: Draws, index: number) => Priced,
  see?: typeof byDivision,
) =>
  property<Priced>({
    cases,
    passed,
    generate: draw,
    judge,
    show: ({ text, tick }) => showCall("toTicks", text, tick),
    shrink: shorter,
    ...(see && { see }),
  });

/** What a division of doubles says of a few prices, and what the learner says. */
async function byDivision(learner: Learner): Promise<Picture[]> {
  const prices = ["0.1", "0.3", "0.30000000000000001", "0.7", "1.1", "2.3", "2.35", "100.0"];
  const rows: (string | number)[][] = [];
  for (const text of prices) {
    const right = truth({ text, tick: "0.1" });
    const got = await learner.call("toTicks", text, "0.1");
    rows.push([text, show(Number(text) / 0.1), show(got), "ticks" in right ? right.ticks : "refused"]);
  }
  const columns = ["price", "Number(price) / 0.1", "yours", "ticks of 0.1"];
  return [{ kind: "table", title: "Prices in ticks of 0.1", columns, rows }];
}

export const checks: Checks = {
  "text becomes ticks": toTicks(
    "Every price became its ticks.",
    40,
    (draws, index) => {
      const tick = index < TICKS.length ? TICKS[index] : draws.pick(TICKS);
      const ticks = index % 7 === 3 ? MOST_TICKS : draws.logUniform(1, MOST_TICKS);
      return { text: dressed(draws, priceText(ticks, tick)), tick };
    },
    byDivision,
  ),
  "a price between two ticks is refused": toTicks("No price was bent to a tick beside it.", 40, (draws, index) => {
    const tick = index < TICKS.length ? TICKS[index] : draws.pick(TICKS);
    return { text: besideATick(draws, tick), tick };
  }),
  "text that is no price is refused": toTicks("What is no price stayed outside.", 40, (draws, index) => ({
    text: noPrice(draws, index),
    tick: draws.pick(["0.01", "1"]),
  })),
  "ticks out of range are refused": toTicks("Nothing out of range came in.", 12, (draws, index) => {
    const tick = draws.pick(index % 3 === 2 ? TICKS : EXACT_TICKS);
    if (index % 3 === 0) return { text: draws.pick(["0", "0.0", "000"]), tick };
    if (index % 3 === 1) return { text: priceText(MOST_TICKS + draws.integer(1, 3), tick), tick };
    return {
      text: priceText(BigInt(draws.integer(2 ** 25, 2 ** 40)) * 10n ** BigInt(draws.integer(0, 12)), tick),
      tick,
    };
  }),
  "ticks become text": property<{ ticks: number; tick: string }>({
    cases: 30,
    passed: "Every number of ticks became its price, to the last zero.",
    generate(draws, index) {
      const tick = index < TICKS.length ? TICKS[index] : draws.pick(TICKS);
      return { ticks: draws.logUniform(1, MOST_TICKS), tick };
    },
    async judge(learner, { ticks, tick }) {
      const [got, expected] = [await learner.call("toText", ticks, tick), priceText(ticks, tick)];
      if (got === expected) return undefined;
      const decimals = decimalsOf(tick);
      const reason = `${showNumber(ticks)} ticks of ${tick} are ${expected}, with ${decimals} ${decimals === 1 ? "decimal" : "decimals"}.`;
      return { input: showCall("toText", ticks, tick), expected: show(expected), got: show(got), reason };
    },
    show: ({ ticks, tick }) => showCall("toText", ticks, tick),
    *shrink({ ticks, tick }) {
      for (const fewer of shrinkInteger(ticks, 1)) yield { ticks: fewer, tick };
    },
  }),
};
