import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { agreesWithReference, conformance } from "../lab/grade/book.ts";
import { catching } from "../lab/grade/catching.ts";
import type { Check } from "../lab/grade/check.ts";
import { cost } from "../lab/grade/cost.ts";
import { grade, rerun } from "../lab/grade/grade.ts";
import { property } from "../lab/grade/property.ts";
import { speed } from "../lab/grade/speed.ts";
import { strategy } from "../lab/grade/strategy.ts";
import type { CheckResult, Credit } from "../lab/grade/verdict.ts";
import { createWrongBook, QUIRKS, type Quirk } from "../lab/grade/wrong-books.ts";
import { root } from "./tree.ts";
import { openTrusted } from "./trusted-learner.ts";

/** Each kind of credit on real code in another thread, as an exercise's checks use it. */

const options = (check: Check, code: string, credit: Credit = "correctness", timeMs = 10_000) => ({
  exercise: { id: "1", hash: "2", limits: { timeMs, memoryMiB: 256 }, checks: [{ name: "it", points: 4, credit }] },
  checks: { it: check },
  code,
  open: openTrusted,
});

async function judge(check: Check, code: string, files = {}, timeMs = 10_000): Promise<CheckResult> {
  const verdict = await grade({ ...options(check, code, "correctness", timeMs), files, seed: 5, host: "node" });
  return verdict.checks[0];
}

describe("cost", () => {
  const check = cost({
    call: "plan",
    input: ({ flow, draws }) => ({
      commands: flow("std", draws.integer(0, 1e6), 500),
      bounds: [
        { what: "crossings", most: 10 },
        { what: "bytes", most: 20_000 },
      ],
    }),
    passed: "Few crossings, few bytes.",
  });

  test("gives all points where the counts keep their bounds", async () => {
    const code = "export const plan = (commands) => [{ commands, read: 100 }];";
    expect(await judge(check, code)).toMatchObject({ points: 4, reason: "Few crossings, few bytes." });
  });

  test("gives a part for each bound that is kept, says the counts, and shows them", async () => {
    const { points, reason, see } = await judge(check, "export const plan = (commands) => [commands];");
    expect(points).toBe(2);
    expect(reason).toMatch(/^bytes: \d\d,\d{3}, where at most 20,000 are asked for\. Earned: crossings\.$/);
    expect(see).toMatchObject([
      { kind: "table", rows: [["crossings", 500, 1, 10], expect.anything(), expect.anything(), expect.anything()] },
    ]);
  });

  test.each([
    ["leaves a command out", "export const plan = (commands) => [commands.slice(1)];", /hold 499 commands; 500/],
    [
      "changes the order",
      "export const plan = (commands) => [commands.toReversed()];",
      /a command was changed, or its place/,
    ],
    ["sends no commands", "export const plan = () => [[7]];", /Batch 0 has 7 where a command must stand/],
    ["claims counts", "export const plan = () => ({ crossings: 1, bytes: 1 });", /It gave no array/],
  ])("gives nothing to code that %s", async (_what, code, reason) => {
    expect(await judge(check, code)).toMatchObject({ points: 0, reason: expect.stringMatching(reason), failing: {} });
  });

  test("gives nothing to batches that the exercise refuses", async () => {
    const patient = cost({
      call: "plan",
      input: ({ flow }) => ({ commands: flow("std", 1, 100), bounds: [{ what: "crossings", most: 10 }] }),
      refuse: (batches) => (batches.some(({ commands }) => commands > 50) ? "A batch is too large." : undefined),
      passed: "Few and small.",
    });
    const halves = "export const plan = (commands) => [commands.slice(0, 50), commands.slice(50)];";
    expect(await judge(patient, halves)).toMatchObject({ points: 4 });
    const whole = await judge(patient, "export const plan = (commands) => [commands];");
    expect(whole).toMatchObject({ points: 0, reason: "A batch is too large.", failing: {} });
  });

  test("names the engine that counted, with what it does as a hash", async () => {
    const code = "export const plan = (commands) => [commands];";
    const verdict = await grade({ ...options(check, code), seed: 5, host: "node" });
    expect(verdict.engines).toEqual([{ name: "typescript-ladder", hash: expect.stringMatching(/^[0-9a-f]{16}$/) }]);
  });
});

const SUM = "let total = 0; for (const value of values) { TURN } return total;";
const summing = (turn: string): string => `export function sum(values) { ${SUM.replace("TURN", turn)} }`;
const SLOW = summing("total += value; for (let spin = 0; spin < 12; spin++) total += spin - spin;");

describe("speed", () => {
  const check = speed({
    call: "sum",
    baseline: "baseline.ts",
    bar: 2,
    unit: "value",
    input: (draws, units) => {
      let state = draws.integer(0, 2 ** 31);
      const values = new Int32Array(units);
      for (let index = 0; index < units; index++) values[index] = state = (state * 5 + 1) & 0xffff;
      return [values];
    },
    expected: ([values]) => (values as Int32Array).reduce((a, b) => a + b, 0),
    plan: { instances: 4, rounds: 3 },
  });
  const files = { "baseline.ts": SLOW };

  test("compares with the baseline, says the interval, and takes no point where the machine can't tell", async () => {
    const result = await judge(check, summing("total += value;"), files, 60_000);
    expect(result.reason).toMatch(/\d+\.\d\d \(\d+\.\d\d to \d+\.\d\d\)/);
    expect(result.see?.map(({ kind }) => kind)).toEqual(["bars", "table", "table"]);
  }, 120_000);

  test.each([
    ["a constant answer", "export const sum = () => 7;"],
    [
      "the answer of the first call",
      `let first; ${summing("total += value;").replace("return total", "return (first ??= total)")}`,
    ],
  ])(
    "never times %s",
    async (_what, code) => {
      expect(await judge(check, code, files, 60_000)).toMatchObject({
        points: 0,
        reason: expect.stringMatching(/^A wrong answer is never timed/),
      });
    },
    60_000,
  );
});

const QUOTES = `
class Maker {
  onBook(book, market) {
    for (const id of market.openOrders) market.cancel(id);
    if (book.bids.length === 0 || book.asks.length === 0) return;
    if (market.inventory < 50) market.buy(book.bids[0][0], 5);
    if (market.inventory > -50) market.sell(book.asks[0][0], 5);
  }
}
export const createStrategy = () => new Maker();`;

describe("strategy", () => {
  const check = strategy({
    markets: () => [
      { name: "zero-intelligence", orders: 4_000 },
      { name: "trending", orders: 4_000 },
    ],
    bounds: [
      { what: "largest inventory", most: 60 },
      { what: "lots traded", least: 20 },
    ],
    passed: "It traded, and held little.",
  });

  test("judges the account that it kept itself", async () => {
    const result = await judge(check, QUOTES);
    expect(result).toMatchObject({ points: 4, reason: "It traded, and held little." });
    expect(result.see?.map(({ kind }) => kind)).toEqual(["line", "line", "table"]);
  });

  test("gives a part to one that keeps a part of the bounds, with a market to run again", async () => {
    const greedy = QUOTES.replaceAll("50", "500");
    const result = await judge(check, greedy.replaceAll(", 5)", ", 50)"));
    expect(result).toMatchObject({
      points: 2,
      reason: expect.stringMatching(/^largest inventory at most 60: missed in/),
    });
    const again = await rerun(options(check, QUOTES), "it", result.failing?.data);
    expect(again.share).toBe(1);
  });

  test("gives nothing for what doing nothing keeps, where trades are needed", async () => {
    const needing = strategy({
      markets: () => [{ name: "thin", orders: 3_000 }],
      bounds: [
        { what: "profit", least: 0, weight: 3 },
        { what: "lots traded", least: 20, needed: true },
      ],
      passed: "It traded, and lost nothing.",
    });
    const idle = await judge(needing, "export const createStrategy = () => ({});");
    expect(idle).toMatchObject({
      points: 0,
      reason: expect.stringMatching(/^profit at least 0: not counted in thin without lots traded at least 20\. lots/),
    });
    expect(idle.failing).toMatchObject({ expected: "lots traded at least 20", got: "0" });
  });

  test.each([
    [
      "sends what is no order",
      "export const createStrategy = () => ({ onBook: (b, m) => m.buy(-1, 5) });",
      /price must be/,
    ],
    [
      "throws",
      "export const createStrategy = () => ({ onBook() { throw new Error('no'); } });",
      /Your code throws.*no/,
    ],
    [
      "says its own profit",
      "export const createStrategy = () => ({ profit: 1e9, inventory: 0, onBook() {} });",
      /lots traded at least 20: missed/,
    ],
  ])("gives no full points to one that %s", async (_what, code, reason) => {
    const { points, reason: said } = await judge(check, code);
    expect(points).toBeLessThan(4);
    expect(said).toMatch(reason);
  });
});

/** The plain engine of the project as a learner would hand it in: one file without imports. */
async function plainBook(): Promise<string> {
  const text = await readFile(join(root, "engines/conformance/oracle.ts"), "utf8");
  const own = text.replaceAll(/^import .*$/gm, "");
  return `${own}
export function createBook() {
  const oracle = new Oracle("full");
  return {
    addOrder: (order) => oracle.execute({ ...order, op: "add" }),
    cancelOrder: (id) => oracle.execute({ op: "cancel", id }),
    replaceOrder: (id, price, size) => oracle.execute({ op: "replace", id, price, size }),
    getBook: (depth) => oracle.execute({ op: "book", depth }),
  };
}`;
}

describe("a whole book", () => {
  const suite = conformance({ level: "full", passed: "Every case." });
  const flows = agreesWithReference({ level: "full", flows: 2, commands: 200, passed: "Every flow." });

  test("that is right passes every case and every flow", async () => {
    const code = await plainBook();
    expect(await judge(suite, code)).toMatchObject({ points: 4, reason: "Every case." });
    expect(await judge(flows, code)).toMatchObject({ points: 4, reason: "Every flow." });
  });

  test("with one thing wrong keeps the points of the other parts, and shows a case", async () => {
    const code = (await plainBook()).replace('reason: "user"', 'reason: "ioc"');
    const result = await judge(suite, code);
    expect(result.points).toBeGreaterThan(1);
    expect(result.points).toBeLessThan(4);
    expect(result).toMatchObject({ status: "partial", failing: { expected: expect.stringContaining("user") } });
  });

  test("has its failing flow made small, to be run again", async () => {
    const code = (await plainBook()).replace("?.orders[0]", "?.orders.at(-1)");
    const { failing, points } = await judge(flows, code);
    expect(points).toBe(0);
    expect(failing?.data).toHaveLength(3);
    expect(await rerun(options(flows, await plainBook()), "it", failing?.data)).toMatchObject({ share: 1 });
    expect(await rerun(options(flows, code), "it", failing?.data)).toMatchObject({ share: 0 });
  });

  test("that throws is told where", async () => {
    const result = await judge(
      suite,
      "export const createBook = () => ({ addOrder() { throw new Error('later'); } });",
    );
    expect(result).toMatchObject({ points: 0, failing: { got: "an error: Error: later" } });
  });
});

describe("cases that must catch", () => {
  const wrong = (Object.keys(QUIRKS) as Quirk[]).map((quirk) => ({
    name: quirk,
    create: () => createWrongBook(quirk),
  }));
  const check = catching({ call: "cases", level: "core", wrong: wrong.slice(0, 2), passed: "Both are caught." });
  const orders = [
    { op: "add", id: 1, side: "sell", price: 100, size: 5 },
    { event: "accepted", id: 1 },
    { op: "add", id: 2, side: "sell", price: 100, size: 5 },
    { event: "accepted", id: 2 },
    { op: "add", id: 3, side: "buy", price: 100, size: 5 },
    { event: "accepted", id: 3 },
    { event: "executed", taker: 3, maker: 1, price: 100, size: 5 },
  ];
  const giving = (lines: object[]): string =>
    `export const cases = () => ${JSON.stringify([{ name: "queue", lines }])};`;

  test("earn a part for each wrong engine that fails them", async () => {
    expect(await judge(check, giving(orders))).toMatchObject({
      points: 2,
      reason: expect.stringContaining("worst-price-first"),
    });
  });

  test("earn nothing where the right engine fails them", async () => {
    const asks = orders.with(-1, { event: "executed", taker: 3, maker: 2, price: 100, size: 5 });
    expect(await judge(check, giving(asks))).toMatchObject({
      points: 0,
      reason: expect.stringContaining("fails on the right engine"),
    });
  });

  test("earn nothing where there are no cases, or too many commands", async () => {
    expect(await judge(check, "export const cases = () => [];")).toMatchObject({ points: 0 });
    const many = giving(Array.from({ length: 41 }, () => ({ op: "book" })));
    expect(await judge(check, many)).toMatchObject({
      points: 0,
      reason: expect.stringContaining("at most 40 commands"),
    });
  });
});

test("a property puts behind the code what no call can carry, and runs its failing case again with it", async () => {
  const check = property<number>({
    cases: 3,
    passed: "It asked the counter.",
    generate: (draws) => draws.integer(1, 9),
    behind: ({ given }) => `${given["counter.ts"]}\nexport const $twice = ($n) => twice($n, new $Counter());`,
    async judge(learner, n) {
      const got = await learner.call("$twice", n);
      return got === 2 * n ? undefined : { input: `twice(${n})`, expected: `${2 * n}`, got: `${got}`, reason: "No." };
    },
    show: (n) => `twice(${n})`,
  });
  const files = { "counter.ts": "class $Counter { total = 0; add(n) { this.total += n; return this.total; } }" };
  const right = "export const twice = (n, counter) => { counter.add(n); return counter.add(n); };";
  expect(await judge(check, right, files)).toMatchObject({ points: 4, reason: "It asked the counter." });
  const wrong = "export const twice = (n, counter) => counter.add(n);";
  const { failing } = await judge(check, wrong, files);
  expect(await rerun({ ...options(check, right), files }, "it", failing?.data)).toMatchObject({ share: 1 });
});

test("code that takes more memory than its limit is ended, and told so", async () => {
  const check: Check = { run: async (learner) => ({ share: Number(await learner.call("grow")), reason: "It grew." }) };
  const code = "export const grow = () => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); };";
  const small = { ...options(check, code), seed: 1, host: "node" };
  small.exercise.limits.memoryMiB = 32;
  const { checks } = await grade(small);
  expect(checks[0].reason).toContain("more memory than the 32 MiB that the exercise allows");
});
