import type { Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import { type Picture, thinned } from "../../lab/grade/see.ts";
import { show, showCall, showNumber } from "../../lab/grade/show.ts";
import { shrinkInteger, shrinkList } from "../../lab/grade/shrink.ts";

interface Order {
  sentNs: number;
  doneNs: number;
}

/** A tester that waits: an order is sent when it is due, or as soon as the last answer is there. */
function waiting(serviceNs: readonly number[], intervalNs: number, startNs: number): Order[] {
  const orders: Order[] = [];
  let freeNs = startNs;
  for (const [index, ns] of serviceNs.entries()) {
    const sentNs = Math.max(freeNs, startNs + index * intervalNs);
    freeNs = sentNs + ns;
    orders.push({ sentNs, doneNs: freeNs });
  }
  return orders;
}

const scheduled = (orders: readonly Order[], intervalNs: number): number[] =>
  orders.map(({ doneNs }, index) => doneNs - orders[0].sentNs - index * intervalNs);

function repaired(latenciesNs: readonly number[], intervalNs: number): number[] {
  const hidden = latenciesNs.flatMap((ns) =>
    Array.from({ length: Math.max(0, Math.floor(ns / intervalNs) - 1) }, (_, k) => ns - (k + 1) * intervalNs),
  );
  return [...latenciesNs, ...hidden];
}

function shareOf(latenciesNs: readonly number[], intervalNs: number, limitNs: number): number {
  let [slow, all] = [0, 0];
  for (const ns of latenciesNs) {
    const hidden = Math.max(0, Math.floor(ns / intervalNs) - 1);
    all += 1 + hidden;
    // Of ns, ns − interval, … the first ones are above the limit.
    if (ns > limitNs) slow += Math.min(1 + hidden, Math.ceil((ns - limitNs) / intervalNs));
  }
  return all === 0 ? 0 : slow / all;
}

const drawInterval = (draws: Draws): number => draws.pick([10, 100, draws.integer(5, 500)]);

interface Latencies {
  latenciesNs: number[];
  intervalNs: number;
}

function* shrinkLatencies<T extends Latencies>(input: T): Generator<T> {
  const fewer = shrinkList(input.latenciesNs, (ns) => shrinkInteger(ns, 1), 1);
  for (const latenciesNs of fewer) yield { ...input, latenciesNs };
}

async function judgeFilled(learner: Learner, { latenciesNs, intervalNs }: Latencies): Promise<Fault | undefined> {
  const got = await learner.call("filledIn", latenciesNs, intervalNs);
  const expected = repaired(latenciesNs, intervalNs).sort((a, b) => a - b);
  const given =
    Array.isArray(got) && got.every((ns) => typeof ns === "number") ? got.toSorted((a, b) => a - b) : undefined;
  if (given !== undefined && given.length === expected.length && expected.every((ns, index) => ns === given[index]))
    return undefined;
  const count = given === undefined ? "no list of numbers" : `${showNumber(given.length)} latencies`;
  return {
    input: showCall("filledIn", latenciesNs, intervalNs),
    expected: show(expected),
    got: show(given ?? got),
    reason: `One order every ${intervalNs} ns: with those that were hidden there are ${showNumber(expected.length)} latencies; yours gives ${count}${given?.length === expected.length ? " too, but others" : ""}.`,
  };
}

const filled = (passed: string, draw: (draws: Draws, intervalNs: number) => number, see?: typeof aStall) =>
  property<Latencies>({
    cases: 25,
    passed,
    generate(draws) {
      const intervalNs = drawInterval(draws);
      return { latenciesNs: draws.list(draws.integer(1, 12), () => draw(draws, intervalNs)), intervalNs };
    },
    judge: judgeFilled,
    show: ({ latenciesNs, intervalNs }) => showCall("filledIn", latenciesNs, intervalNs),
    shrink: shrinkLatencies,
    ...(see && { see }),
  });

/** A venue that answers in 20 µs and hangs for 50 ms once, at 10,000 orders a second: the tester's words, and what `filledIn` makes of them. */
async function aStall(learner: Learner): Promise<Picture[]> {
  const intervalNs = 100_000;
  const latenciesNs = Array.from({ length: 9_500 }, (_, index) => (index === 4_000 ? 50_000_000 : 20_000));
  const got = await learner.call("filledIn", latenciesNs, intervalNs);
  const yours = Array.isArray(got) ? got.filter((ns): ns is number => typeof ns === "number") : [];
  const x = thinned(Array.from({ length: 100 }, (_, index) => 90 + index / 10));
  const at = (values: readonly number[]): (number | null)[] => {
    const sorted = values.toSorted((a, b) => a - b);
    return x.map((p) =>
      sorted.length === 0 ? null : sorted[Math.max(1, Math.ceil((p / 100) * sorted.length)) - 1] / 1_000,
    );
  };
  return [
    {
      kind: "line",
      title: "One stall of 50 ms, as the tester tells it and as you repair it",
      unit: "µs",
      xTitle: "percentile",
      x,
      series: [
        { name: "as recorded", values: at(latenciesNs) },
        { name: "with the hidden orders", values: at(yours) },
      ],
      scale: "log",
    },
  ];
}

export const checks: Checks = {
  "from the intended start": property<{ serviceNs: number[]; intervalNs: number; startNs: number }>({
    cases: 25,
    passed: "Every order was measured from when it was meant to be sent.",
    generate(draws) {
      const intervalNs = drawInterval(draws);
      const service = (): number => draws.pick([draws.integer(1, intervalNs), draws.integer(1, 6 * intervalNs)]);
      return { serviceNs: draws.list(draws.integer(1, 10), service), intervalNs, startNs: draws.integer(0, 1_000) };
    },
    async judge(learner, { serviceNs, intervalNs, startNs }) {
      const orders = waiting(serviceNs, intervalNs, startNs);
      const [got, expected] = [await learner.call("fromIntended", orders, intervalNs), scheduled(orders, intervalNs)];
      if (show(got, 2_000) === show(expected, 2_000)) return undefined;
      const at = expected.findIndex((ns, index) => !Array.isArray(got) || got[index] !== ns);
      const dueNs = startNs + Math.max(at, 0) * intervalNs;
      const reason =
        at === -1
          ? `There are ${orders.length} orders; yours gives another number of latencies.`
          : `Order ${at} was meant to be sent at ${showNumber(dueNs)} ns and was answered at ${showNumber(orders[at].doneNs)} ns: ${showNumber(expected[at])} ns.`;
      return { input: showCall("fromIntended", orders, intervalNs), expected: show(expected), got: show(got), reason };
    },
    show: ({ serviceNs, intervalNs, startNs }) =>
      showCall("fromIntended", waiting(serviceNs, intervalNs, startNs), intervalNs),
    *shrink({ serviceNs, intervalNs, startNs }) {
      for (const less of shrinkInteger(startNs)) yield { serviceNs, intervalNs, startNs: less };
      for (const fewer of shrinkList(serviceNs, (ns) => shrinkInteger(ns, 1), 1))
        yield { serviceNs: fewer, intervalNs, startNs };
    },
  }),
  "the missing orders are filled in": filled(
    "Every hidden order was found, and no other.",
    (draws, intervalNs) => {
      // Never a whole number of intervals: equal ends are the next check's.
      const rest = draws.integer(1, intervalNs - 1);
      return draws.pick([rest, rest + intervalNs * draws.integer(2, 30)]);
    },
    aStall,
  ),
  "nothing is added without a stall": filled(
    "No order was made up, and at equal ends none was forgotten.",
    (draws, intervalNs) =>
      draws.pick([
        draws.integer(1, intervalNs),
        intervalNs,
        2 * intervalNs - 1,
        2 * intervalNs,
        draws.integer(intervalNs, 2 * intervalNs),
      ]),
  ),
  "the slow share": property<Latencies & { limitNs: number }>({
    cases: 25,
    passed: "Every share was right, without making the orders.",
    generate(draws, index) {
      const intervalNs = drawInterval(draws);
      if (index === 0) return { latenciesNs: [], intervalNs, limitNs: 5 };
      const stall = index === 1 ? intervalNs * 5e9 : intervalNs * draws.integer(2, 40);
      const latency = (): number => draws.pick([draws.integer(1, intervalNs), draws.integer(1, stall), stall]);
      const latenciesNs = [...draws.list(draws.integer(0, 8), latency), stall];
      return {
        latenciesNs,
        intervalNs,
        limitNs: draws.pick([intervalNs, draws.integer(1, stall), draws.pick(latenciesNs)]),
      };
    },
    async judge(learner, { latenciesNs, intervalNs, limitNs }) {
      const got = await learner.call("slowShare", latenciesNs, intervalNs, limitNs);
      const expected = shareOf(latenciesNs, intervalNs, limitNs);
      if (typeof got === "number" && Math.abs(got - expected) <= expected * 1e-9) return undefined;
      const input = showCall("slowShare", latenciesNs, intervalNs, limitNs);
      const reason = `The share of orders longer than ${showNumber(limitNs)} ns, hidden ones included, is ${show(expected)}.`;
      return { input, expected: show(expected), got: show(got), reason };
    },
    show: ({ latenciesNs, intervalNs, limitNs }) => showCall("slowShare", latenciesNs, intervalNs, limitNs),
    *shrink(input) {
      yield* shrinkLatencies(input);
      for (const limitNs of shrinkInteger(input.limitNs, 1)) yield { ...input, limitNs };
    },
  }),
};
