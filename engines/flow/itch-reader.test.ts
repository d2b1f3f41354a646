import { describe, expect, test } from "vitest";
import { COMMAND_WORDS } from "../contract/binary.ts";
import { decodeCommand } from "../contract/decode.ts";
import { type ItchOptions, ItchReader } from "./itch-reader.ts";
import { ItchWriter } from "./itch-writer.ts";
import type { FeedMessage, FeedOrder } from "./recorded-market.ts";
import { RecordingError } from "./recording-error.ts";

const SYMBOLS = ["AAPL", "MSFT", "ZVZZT"];
const order: FeedOrder = { reference: 2n ** 63n + 5n, stock: 1, side: "buy", price: 1_000_100, open: 70 };
const other: FeedOrder = { reference: 9n, stock: 2, side: "sell", price: 2_000_000, open: 5 };
const add: FeedMessage = { kind: "add", order, attributed: false };

function fileOf(messages: readonly FeedMessage[], symbols = SYMBOLS): Uint8Array {
  const writer = new ItchWriter(symbols);
  for (const message of messages) writer.write(message);
  return writer.bytes.slice();
}

/** The commands of a file, and what stopped the reader, if something did. */
function readAll(bytes: Uint8Array, options: Partial<ItchOptions> = {}) {
  const reader = new ItchReader({ tick: 100, ...options });
  const commands: unknown[] = [];
  const words = new Int32Array(1024 * COMMAND_WORDS);
  const drain = () => {
    while (!reader.drained) {
      const written = reader.read(words);
      for (let at = 0; at < written; at += COMMAND_WORDS) commands.push(decodeCommand(words, at));
    }
  };
  let error: unknown;
  try {
    reader.push(bytes);
    drain();
    reader.end();
    drain();
  } catch (thrown) {
    error = thrown;
  }
  return { reader, commands, error: error as RecordingError | undefined };
}

const addCommand = {
  ...{ op: "add", id: 1, side: "buy", type: "limit", price: 10_001, size: 70 },
  ...{ postOnly: true, owner: 0, stp: "none", tif: undefined },
};

describe("messages become commands", () => {
  test("an added order, attributed or not, is a post-only order", () => {
    expect(readAll(fileOf([add])).commands).toEqual([addCommand]);
    expect(readAll(fileOf([{ ...add, attributed: true }])).commands).toEqual([addCommand]);
  });

  test("an execution, at its own price or another, leaves the rest in its place", () => {
    const rest = { op: "replace", id: 1, price: 10_001, size: 40 };
    expect(readAll(fileOf([add, { kind: "execute", order, size: 30 }])).commands[1]).toEqual(rest);
    expect(readAll(fileOf([add, { kind: "execute", order, size: 30, price: 1_000_250 }])).commands[1]).toEqual(rest);
  });

  test("an execution of all that is open is a cancel", () => {
    const { commands, reader } = readAll(fileOf([add, { kind: "execute", order, size: 70 }]));
    expect(commands[1]).toEqual({ op: "cancel", id: 1 });
    expect(reader.liveOrders).toBe(0);
  });

  test("a partial cancel leaves the rest in its place, a delete takes all", () => {
    const messages: FeedMessage[] = [add, { kind: "reduce", order, size: 69 }, { kind: "delete", order }];
    expect(readAll(fileOf(messages)).commands.slice(1)).toEqual([
      { op: "replace", id: 1, price: 10_001, size: 1 },
      { op: "cancel", id: 1 },
    ]);
  });

  test("a replaced order goes to the end of a queue, even at the same price and size", () => {
    const by = { ...order, reference: 6n };
    const { commands } = readAll(fileOf([add, { kind: "replace", order, by }, { kind: "delete", order: by }]));
    expect(commands.slice(1)).toEqual([{ op: "cancel", id: 1 }, addCommand, { op: "cancel", id: 1 }]);
  });

  test("hidden trades and all that has nothing to do with orders give none", () => {
    const writer = new ItchWriter(["AAPL"]);
    writer.open();
    writer.write({ kind: "hidden", stock: 1, side: "buy", size: 3, price: 100 });
    for (let choice = 0; choice < 20; choice++) writer.write({ kind: "other", stock: 1, choice });
    writer.close();
    const { commands, reader, error } = readAll(writer.bytes);
    expect([commands, error, reader.records]).toEqual([[], undefined, writer.messages]);
  });

  test("a type that the specification has not yet is skipped by its length", () => {
    const bytes = new Uint8Array([0, 3, 0x7a, 1, 2, ...fileOf([add])]);
    expect(readAll(bytes).commands).toEqual([addCommand]);
  });
});

describe("of several stocks", () => {
  const both: FeedMessage[] = [{ kind: "add", order: other, attributed: false }, add, { kind: "delete", order: other }];

  test("the one that is asked for is read, and no other", () => {
    const writer = new ItchWriter(SYMBOLS);
    writer.open();
    for (const message of both) writer.write(message);
    expect(readAll(writer.bytes, { symbol: "AAPL" }).commands).toEqual([addCommand]);
    const { commands, reader } = readAll(writer.bytes, { symbol: "MSFT" });
    expect(commands).toMatchObject([{ op: "add", side: "sell", price: 20_000, size: 5 }, { op: "cancel" }]);
    expect(reader.symbol).toBe("MSFT");
  });

  test("one must be asked for, and the error lists them: with a stock directory, and without", () => {
    const writer = new ItchWriter(SYMBOLS);
    writer.open();
    for (const message of both) writer.write(message);
    expect(readAll(writer.bytes).error?.message).toMatch(/^message 10 at byte .*--symbol: AAPL, MSFT, ZVZZT$/);
    const { commands, error } = readAll(fileOf(both));
    expect(commands).toMatchObject([{ op: "add", side: "sell" }]);
    expect(error?.message).toBe(
      "message 2 at byte 38: the recording has several symbols; give one as --symbol: AAPL, MSFT",
    );
  });

  test("one that is not there is an error that lists those that are", () => {
    expect(readAll(fileOf(both), { symbol: "aapl" }).error?.message).toContain('no symbol "aapl"; it has AAPL, MSFT');
    expect(readAll(new Uint8Array(0), { symbol: "AAPL" }).error?.message).toContain("it has none");
  });

  test("a locate stands for one, and one has one locate", () => {
    const twice = fileOf([add, { kind: "add", order: { ...other, stock: 1 }, attributed: false }]);
    twice.set(new TextEncoder().encode("MSFT"), 38 + 2 + 24);
    expect(readAll(twice, { symbol: "AAPL" }).error?.message).toContain("locate 1 stands for AAPL and for MSFT");
    const moved = fileOf([add, add]);
    moved[38 + 2 + 2] = 7;
    expect(readAll(moved).error?.message).toContain("AAPL has locate 1 and 7");
    const strange = fileOf([add, { kind: "delete", order }]);
    strange[38 + 2 + 2] = 7;
    expect(readAll(strange).error?.message).toContain(
      "it has locate 7, while all orders so far are of AAPL, which has 1",
    );
  });
});

describe("a wrong message is an error with its number and offset, after all before it", () => {
  const execute = (size: number): FeedMessage => ({ kind: "execute", order, size });
  const by = { ...order, reference: 8n };
  const far = { ...by, price: 1_999_999_900 };
  /** One message, with one byte of it changed. */
  const spoilt = (at: number, byte: number) => fileOf([add]).with(at, byte);

  test.each<[string, FeedMessage[], Uint8Array, string]>([
    ["cut off", [add], fileOf([add]).subarray(0, 22), "the recording ends in the middle of a message, after 22 of its"],
    ["of one byte of a length", [add], new Uint8Array(1), "after 1 of its bytes"],
    ["of a wrong length", [add], spoilt(1, 35), 'type "A" has 35 bytes: it must have 36'],
    ["of no type", [add], spoilt(2, 0), "0x00 is no type of message"],
    ["without a side", [add], spoilt(21, 0x54), 'the side of an order is "T"'],
    ["without shares", [add], spoilt(25, 0), "the shares are 0"],
    ["with 2^31 shares", [add], spoilt(22, 0x80), "the shares are 2147483718"],
    ["added twice", [add], fileOf([add]), "order 9223372036854775813 is added again"],
    ["of an unknown order", [add], fileOf([{ kind: "delete", order: by }]), "order 8 is not live"],
    ["of an order that is gone", [add, execute(70)], fileOf([execute(1)]), "order 9223372036854775813 is not live"],
    [
      "that replaces by a live order",
      [add, { kind: "replace", order, by }, add],
      fileOf([{ kind: "replace", order, by }]),
      "order 8 is added again",
    ],
    [
      "that executes too much",
      [add, execute(30)],
      fileOf([execute(41)]),
      'type "E" takes 41 shares off order 9223372036854775813, which has 40 open',
    ],
    ["off the tick", [add], spoilt(37, 1), "is off the tick of 0.01: give a smaller --tick"],
    ["at no price", [add], fileOf([{ kind: "replace", order, by: { ...by, price: 0 } }]), "the price is 0.00"],
    [
      "beyond the range",
      [add],
      fileOf([{ kind: "add", order: far, attributed: false }]),
      "199999.99 is above the highest, 16777215 ticks of 0.01: give a larger --tick",
    ],
  ])("%s", (_, before, wrong, problem) => {
    const good = fileOf(before);
    const { commands, error } = readAll(new Uint8Array([...good, ...wrong]));
    expect(error).toBeInstanceOf(RecordingError);
    expect(error?.message).toContain(`message ${before.length + 1} at byte ${good.length}: `);
    expect(error?.message).toContain(problem);
    expect([error?.record, error?.offset]).toEqual([before.length + 1, good.length]);
    expect(commands).toEqual(readAll(good).commands);
  });

  test("behind the end of the session", () => {
    const { commands, error } = readAll(new Uint8Array([...fileOf([add]), 0, 0, ...fileOf([execute(1)])]));
    expect(error?.message).toContain("message 3 at byte 40: more bytes follow the end of the session");
    expect(commands).toEqual([addCommand]);
  });

  test("is thrown again by each later read", () => {
    const reader = new ItchReader({ tick: 100 });
    reader.push(fileOf([add, add]));
    const words = new Int32Array(60);
    expect(reader.read(words)).toBe(COMMAND_WORDS);
    expect(() => reader.read(words)).toThrow("message 2 at byte 38");
    expect(() => reader.read(words)).toThrow("message 2 at byte 38");
    expect(reader.drained).toBe(false);
  });
});

describe("orders beyond an engine's highest price", () => {
  const far = { ...order, reference: 8n, price: 1_999_999_900 };
  const near = { ...order, reference: 10n };

  test("are left out where that is asked for, with all that follows on them", () => {
    const messages: FeedMessage[] = [
      { kind: "add", order: far, attributed: false },
      { kind: "reduce", order: far, size: 1 },
      { kind: "execute", order: far, size: 1 },
      add,
      { kind: "delete", order: far },
    ];
    const { commands, reader, error } = readAll(fileOf(messages), { farPrices: "skip" });
    expect([commands, reader.farOrders, error]).toEqual([[{ ...addCommand, id: 2 }], 1, undefined]);
  });

  test("come back, or go, by a replace, on their side", () => {
    const sell = { ...far, side: "sell" } as const;
    const messages: FeedMessage[] = [
      { kind: "add", order: sell, attributed: false },
      { kind: "replace", order: sell, by: near },
      { kind: "replace", order: near, by: sell },
    ];
    const { commands } = readAll(fileOf(messages), { farPrices: "skip" });
    expect(commands).toEqual([
      { ...addCommand, side: "sell" },
      { op: "cancel", id: 1 },
    ]);
  });
});

test("a reader reads no more than it is asked to, and no more than there is room for", () => {
  const reader = new ItchReader({ tick: 100 });
  reader.push(fileOf([add, { kind: "reduce", order, size: 1 }, { kind: "delete", order }]));
  expect(reader.read(new Int32Array(600), 2)).toBe(12);
  expect([reader.records, reader.drained]).toEqual([2, false]);
  expect(reader.read(new Int32Array(12))).toBe(6);
  expect(() => reader.read(new Int32Array(11))).toThrow(RangeError);
});

test("a reader takes a chunk only when it has read the one before", () => {
  const reader = new ItchReader({ tick: 100 });
  reader.push(fileOf([add]));
  expect(() => reader.push(fileOf([add]))).toThrow("not read yet");
  expect(() => reader.end()).toThrow("not read yet");
});
