import { describe, expect, test } from "vitest";
import { COMMAND_WORDS, KIND, OP, TYPE, TYPE_SHIFT } from "../contract/binary.ts";
import { EventCursor } from "../contract/event-records.ts";
import { Ladder } from "../typescript-ladder/engine.ts";
import { generate } from "./flow.ts";
import { PROFILES } from "./profiles.ts";

const COMMANDS = 200_000;
const EVERY_LEVEL = 2 ** 31 - 1;

/** What an engine makes of a flow's commands after the opening; the book is looked at every 1,000 commands. */
function observe(name: "std" | "deep" | "wide") {
  const opening = PROFILES[name].liveOrders;
  const records = generate(name, 1, opening + COMMANDS);
  const engine = new Ladder();
  engine.reserve(1);
  const shares = { passive: 0, cancel: 0, market: 0, crossing: 0 };
  const liveOrders: number[] = [];
  const levels: number[] = [];
  let unknown = 0;
  for (let at = 0; at < records.length; at += COMMAND_WORDS) {
    const events = execute(engine, records.subarray(at, at + COMMAND_WORDS));
    const command = at / COMMAND_WORDS - opening;
    if (events.includes(KIND.rejected)) unknown++;
    if (command < 0) continue;
    shares[kindOf(records[at], events)] += 1 / COMMANDS;
    if (command % 1000 === 0) {
      const book = bookOf(engine);
      liveOrders.push(book.orders);
      levels.push(book.levels);
    }
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { shares, liveOrders: mean(liveOrders), levels: mean(levels), unknown };
}

function execute(engine: Ladder, record: Int32Array): number[] {
  engine.commands.set(record);
  const cursor = new EventCursor();
  const words = engine.submit(COMMAND_WORDS);
  cursor.reset(engine.events, words);
  const kinds: number[] = [];
  while (cursor.next()) kinds.push(cursor.kind);
  return kinds;
}

function kindOf(codes: number, events: readonly number[]): "passive" | "cancel" | "market" | "crossing" {
  if ((codes & 0xff) === OP.cancel) return "cancel";
  if (((codes >>> TYPE_SHIFT) & 0xf) === TYPE.market) return "market";
  return events.includes(KIND.executed) ? "crossing" : "passive";
}

function bookOf(engine: Ladder): { orders: number; levels: number } {
  engine.commands.set([OP.book, 0, 0, EVERY_LEVEL, 0, 0]);
  const cursor = new EventCursor();
  const words = engine.submit(COMMAND_WORDS);
  cursor.reset(engine.events, words);
  let orders = 0;
  let levels = 0;
  while (cursor.next()) {
    if (cursor.kind !== KIND.level) continue;
    orders += cursor.orders;
    levels++;
  }
  return { orders, levels };
}

describe.each([
  ["std", 1650, 110],
  ["deep", 7000, 120],
  ["wide", 38_000, 2500],
] as const)("the profile %s", (name, liveOrders, levels) => {
  const observed = observe(name);

  test("has the mix that it promises", () => {
    expect(observed.shares.passive).toBeCloseTo(0.55, 1.6);
    expect(observed.shares.cancel).toBeCloseTo(0.37, 1.6);
    expect(observed.shares.market).toBeCloseTo(0.04, 2);
    expect(observed.shares.crossing).toBeCloseTo(0.04, 2);
  });

  test("cancels only what is live", () => expect(observed.unknown).toBe(0));

  test(`keeps about ${liveOrders} orders on about ${levels} levels`, () => {
    expect(Math.abs(observed.liveOrders / liveOrders - 1)).toBeLessThan(0.1);
    expect(Math.abs(observed.levels / levels - 1)).toBeLessThan(0.1);
  });
});

describe("the profile full", () => {
  test("asks for every command, meets every kind of event, and leaves a book of bounded size", () => {
    const records = generate("full", 1, 50_000);
    const engine = new Ladder();
    engine.reserve(1);
    const events = new Map<string, number>();
    for (let at = 0; at < records.length; at += COMMAND_WORDS) {
      engine.commands.set(records.subarray(at, at + COMMAND_WORDS));
      const cursor = new EventCursor();
      const words = engine.submit(COMMAND_WORDS);
      cursor.reset(engine.events, words);
      while (cursor.next()) {
        const what =
          cursor.kind === KIND.rejected
            ? cursor.rejectReason
            : cursor.kind === KIND.canceled
              ? cursor.cancelReason
              : "";
        events.set(`${cursor.kind} ${what}`, (events.get(`${cursor.kind} ${what}`) ?? 0) + 1);
      }
    }
    // Seven kinds, of which `canceled` has 5 reasons and `rejected` all 15 but `unsupported`.
    expect(events.size).toBe(5 + 5 + 14);
    expect(bookOf(engine).orders).toBeLessThanOrEqual(PROFILES.full.candidates);
    expect(bookOf(engine).orders).toBeGreaterThan(100);
  });
});
