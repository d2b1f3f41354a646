import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVENT_WORDS } from "./binary.ts";
import { decodeEvents, EventCursor, EventWriter } from "./event-records.ts";
import type { BookLevel, EngineEvent } from "./events.ts";
import { eventText } from "./text.ts";

function recordsOf(events: readonly EngineEvent[]): Int32Array {
  const writer = new EventWriter();
  for (const event of events) writer.write(event);
  return writer.events.slice(0, writer.words);
}

describe("an event's record is the one that the contract shows", () => {
  test.each<[string, EngineEvent, number[]]>([
    ["accepted", { event: "accepted", id: 7 }, [1, 7, 0, 0, 0]],
    ["executed", { event: "executed", taker: 9, maker: 7, price: 100, size: 4 }, [2, 9, 7, 100, 4]],
    ["canceled by the user", { event: "canceled", id: 9, size: 6, reason: "user" }, [0x103, 9, 0, 0, 6]],
    ["canceled, self-trade", { event: "canceled", id: 9, size: 6, reason: "self-trade" }, [0x503, 9, 0, 0, 6]],
    ["replaced", { event: "replaced", id: 7, price: 101, size: 5 }, [4, 7, 0, 101, 5]],
    ["a rejected add", { event: "rejected", op: "add", id: 7, reason: "invalid-side" }, [0x11105, 7, 0, 0, 0]],
    ["a rejected add without an id", { event: "rejected", op: "add", reason: "invalid-id" }, [0x11005, 0, 0, 0, 0]],
    ["a rejected book", { event: "rejected", op: "book", reason: "invalid-depth" }, [0x41c05, 0, 0, 0, 0]],
    ["an unknown op", { event: "rejected", op: null, reason: "unknown-op" }, [0x1d05, 0, 0, 0, 0]],
    ["an unknown op with a name", { event: "rejected", op: "amend", reason: "unknown-op" }, [0x1d05, 0, 0, 0, 0]],
    ["canceled by a kill", { event: "canceled", id: 9, size: 6, reason: "kill" }, [0x603, 9, 0, 0, 6]],
    ["limits", { event: "limits", owner: 7 }, [8, 7, 0, 0, 0]],
    ["killed", { event: "killed", owner: 7 }, [9, 7, 0, 0, 0]],
    ["lifted", { event: "lifted", owner: 7 }, [10, 7, 0, 0, 0]],
    ["a rejected limits", { event: "rejected", op: "limits", reason: "invalid-limit" }, [0x51f05, 0, 0, 0, 0]],
    [
      "a rejected add of too large a position",
      { event: "rejected", op: "add", id: 7, reason: "position-limit" },
      [0x12405, 7, 0, 0, 0],
    ],
    [
      "a book, its bids and its asks",
      {
        event: "book",
        bids: [[100, 2 ** 33 + 5, 3]],
        asks: [
          [101, 2 ** 32 - 1, 2],
          [102, 1, 1],
        ],
      },
      [6, 1, 2, 0, 0, 0x10007, 3, 2, 100, 5, 0x20007, 2, 0, 101, -1, 0x20007, 1, 0, 102, 1],
    ],
  ])("%s", (_name, event, words) => {
    expect([...recordsOf([event])]).toEqual(words);
  });
});

const positive = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const level: fc.Arbitrary<BookLevel> = fc.tuple(
  positive,
  fc.maxSafeNat().map((size) => size + 1),
  positive,
);
const anyEvent: fc.Arbitrary<EngineEvent> = fc.oneof(
  fc.record({ event: fc.constant("accepted" as const), id: positive }),
  fc.record({
    event: fc.constant("executed" as const),
    taker: positive,
    maker: positive,
    price: positive,
    size: positive,
  }),
  fc.record({
    event: fc.constant("canceled" as const),
    id: positive,
    size: positive,
    reason: fc.constantFrom("user", "ioc", "fok", "no-liquidity", "self-trade", "kill"),
  }),
  fc.record({ event: fc.constant("replaced" as const), id: positive, price: positive, size: positive }),
  fc
    .record({
      op: fc.constantFrom("add", "cancel", "replace", "limits", "kill", "lift", null),
      id: fc.option(positive, { nil: undefined }),
      reason: fc.constantFrom(
        "invalid-id",
        "duplicate-id",
        "unknown-order",
        "would-cross",
        "unsupported",
        "owner-killed",
      ),
    })
    .map(
      ({ op, id, reason }): EngineEvent =>
        id === undefined ? { event: "rejected", op, reason } : { event: "rejected", op, id, reason },
    ),
  fc.record({ event: fc.constantFrom("limits" as const, "killed", "lifted"), owner: positive }),
  fc.record({ event: fc.constant("book" as const), bids: fc.array(level), asks: fc.array(level) }),
);

describe("both directions", () => {
  test("events come back as they were, totals of levels to 2^53 too", () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const records = recordsOf(events);
        // Texts, because the order of the keys counts.
        expect(JSON.stringify(decodeEvents(records, records.length))).toBe(JSON.stringify(events));
      }),
    );
  });

  test("an event's text is what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const records = recordsOf(events);
        const cursor = new EventCursor();
        cursor.reset(records, records.length);
        const texts: string[] = [];
        while (cursor.next()) texts.push(eventText(cursor, null));
        expect(texts).toEqual(events.map((event) => JSON.stringify(event)));
      }),
    );
  });
});

test("the op that a reject of unknown op echoes is written as JSON.stringify writes it", () => {
  const records = recordsOf([{ event: "rejected", op: null, reason: "unknown-op" }]);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (op) => {
      const cursor = new EventCursor();
      cursor.reset(records, records.length);
      cursor.next();
      expect(eventText(cursor, op)).toBe(JSON.stringify({ event: "rejected", op, reason: "unknown-op" }));
    }),
  );
});

test("the writer's buffer grows and keeps what was written", () => {
  const events = Array.from({ length: 1000 }, (_, i): EngineEvent => ({ event: "accepted", id: i + 1 }));
  const records = recordsOf(events);
  expect(records.length).toBe(1000 * EVENT_WORDS);
  expect(decodeEvents(records, records.length)).toEqual(events);
});

test("a record that is no event is told of, and not made into one", () => {
  expect(() => decodeEvents(Int32Array.of(11, 0, 0, 0, 0), 5)).toThrow("an event record of kind 11");
});
