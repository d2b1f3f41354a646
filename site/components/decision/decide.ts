/** What a reader knows of their system. */
export interface Situation {
  /** Orders a second that it must take at its busiest. */
  ordersPerSecond: number;
  /** What an order takes it today, µs, from coming in to its events going out. */
  todayUs: number;
  /** What an order may take, µs. */
  allowedUs: number;
  /** Share of that time in the hot path, 0 to 1. */
  hotShare: number;
  /** How often the code of the hot path changes in a month. */
  changesPerMonth: number;
  /** Whether the strategy has been shown to work. */
  validated: boolean;
}

/** How many times as fast the hot path becomes, by our own figures. */
export interface Gains {
  /** By another data structure in the same language. */
  restructured: number;
  /** By a port. */
  ported: number;
}

export type Answer = "dont" | "elsewhere" | "restructure" | "port" | "port-and-more";

export interface Reason {
  speaks: "for" | "against";
  text: string;
}

export interface Decision {
  answer: Answer;
  /** The answer in one sentence. */
  sentence: string;
  reasons: Reason[];
  /** How many times as fast the whole must become. At most 1 where it is fast enough. */
  needed: number;
  /** How many times as fast it becomes by another data structure, by a port, and at best: Amdahl's bound. */
  restructured: number;
  ported: number;
  bound: number;
}

/** Below these, the story's own rule says that a port is not worth it; above the others, that it may be. */
export const FEW_ORDERS = 10_000;
export const MANY_ORDERS = 100_000;
export const RELAXED_US = 1000;
/** A hot path that changes weekly is still being found. */
export const OFTEN = 4;

/**
 * How many times as fast the whole becomes when the part `share` of it becomes `gain` times as fast: Amdahl's law,
 * 1 / ((1 − p) + p / s). With an infinite gain it is the bound.
 */
export function amdahl(share: number, gain: number): number {
  return 1 / (1 - share + share / gain);
}

/** How many times as fast it must become, for the latency that is allowed and for the rate: one core does one order at a time. */
export function neededGain({ ordersPerSecond, todayUs, allowedUs }: Situation): number {
  return Math.max(todayUs / allowedUs, (ordersPerSecond * todayUs) / 1e6);
}

/** Weighs whether to port. The rules are tried in order, and the first that holds answers; the reasons are all that speak. */
export function decide(situation: Situation, gains: Gains): Decision {
  const needed = neededGain(situation);
  const restructured = amdahl(situation.hotShare, gains.restructured);
  const ported = amdahl(situation.hotShare, gains.ported);
  const bound = amdahl(situation.hotShare, Number.POSITIVE_INFINITY);
  const numbers = { needed, restructured, ported, bound };
  const answer = answerOf(situation, numbers);
  return { answer, sentence: SENTENCES[answer], reasons: reasonsOf(situation, numbers), ...numbers };
}

type Numbers = Pick<Decision, "needed" | "restructured" | "ported" | "bound">;

function answerOf(situation: Situation, { needed, restructured, ported, bound }: Numbers): Answer {
  if (!situation.validated || situation.changesPerMonth >= OFTEN || needed <= 1) return "dont";
  if (situation.ordersPerSecond < FEW_ORDERS && situation.allowedUs >= RELAXED_US) return "dont";
  if (bound < needed) return "elsewhere";
  if (restructured >= needed) return "restructure";
  return ported >= needed ? "port" : "port-and-more";
}

const SENTENCES: Record<Answer, string> = {
  dont: "Don't port.",
  elsewhere: "Don't port this: the time is somewhere else.",
  restructure: "Stay in your language, and change the data structure first.",
  port: "Port the hot path, and only that.",
  "port-and-more": "Port the hot path, and expect to need more than that.",
};

const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });

/** `3.4×`; a bound that there is none of is said so. */
export function timesText(value: number): string {
  return Number.isFinite(value) ? `${number.format(value)}×` : "no bound";
}

function reasonsOf(situation: Situation, { needed, restructured, ported, bound }: Numbers): Reason[] {
  const { ordersPerSecond, allowedUs, changesPerMonth, validated } = situation;
  const reasons: Reason[] = [];
  const say = (isFor: boolean, text: string) => reasons.push({ speaks: isFor ? "for" : "against", text });
  if (validated) say(true, "The strategy is validated: what you port will still be wanted.");
  else say(false, "The strategy isn't validated. What you would make fast may be thrown away.");
  if (changesPerMonth >= OFTEN)
    say(false, "The code changes every week. Each change would cost you more in the new language.");
  else say(true, "The code is settled enough that a port is written once.");
  if (ordersPerSecond >= MANY_ORDERS) say(true, "The rate is beyond what the story calls the reach of a plain system.");
  if (ordersPerSecond < FEW_ORDERS)
    say(false, "The rate is low: at that many orders most systems wait more than they work.");
  if (allowedUs < RELAXED_US) say(true, "Less than a millisecond is allowed.");
  else say(false, "An order may take a millisecond or more.");
  if (needed <= 1) say(false, "It is fast enough already, by both the rate and the latency that you gave.");
  else {
    say(true, `The whole must become ${timesText(needed)} as fast.`);
    const reach = `The hot path's share bounds the gain of the whole to ${timesText(bound)}, however fast it gets.`;
    say(bound >= needed, reach);
    if (restructured >= needed)
      say(false, `By our figures another data structure gives ${timesText(restructured)}, without a port.`);
    else if (bound >= needed) say(ported >= needed, `By our figures a port gives ${timesText(ported)} of the whole.`);
  }
  return reasons;
}
