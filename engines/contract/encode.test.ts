import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMMAND_WORDS } from "./binary.ts";
import { DEFAULT_DEPTH, MAX_DEPTH, MAX_ID, MAX_LIMIT, MAX_OWNER, MAX_PRICE, MAX_SIZE } from "./commands.ts";
import { decodeCommand } from "./decode.ts";
import { encodeCommand, type UncheckedCommand } from "./encode.ts";
import { checkDepth, checkLimits, checkNewOrder, checkOwner, checkReplace, isId } from "./validate.ts";

function encoded(command: UncheckedCommand): number[] {
  const words = new Int32Array(COMMAND_WORDS).fill(-7);
  encodeCommand(command, words, 0);
  return [...words];
}

function decoded(words: readonly number[]): UncheckedCommand | null {
  return decodeCommand(Int32Array.from(words), 0);
}

/** Decoding after encoding gives the command with its defaults written out, except the time in force and the price. */
function throughTheBinaryForm(command: UncheckedCommand): UncheckedCommand | null {
  return decoded(encoded(command));
}

const add = { op: "add", id: 7, side: "buy", price: 100, size: 10 } as const;

describe("a command's record is the one that the contract shows", () => {
  test.each([
    ["an add with all defaults", add, [0x101, 7, 100, 10, 0, 0]],
    [
      "an add that says its defaults",
      { ...add, type: "limit", postOnly: false, owner: 0, stp: "none" },
      [0x101, 7, 100, 10, 0, 0],
    ],
    ["a sell", { ...add, side: "sell" }, [0x201, 7, 100, 10, 0, 0]],
    ["a market order", { op: "add", id: 7, side: "buy", type: "market", size: 10 }, [0x1101, 7, 0, 10, 0, 0]],
    ["gtc said outright", { ...add, tif: "gtc" }, [0x10101, 7, 100, 10, 0, 0]],
    ["ioc", { ...add, tif: "ioc" }, [0x20101, 7, 100, 10, 0, 0]],
    ["fok", { ...add, tif: "fok" }, [0x30101, 7, 100, 10, 0, 0]],
    ["post-only", { ...add, postOnly: true }, [0x100101, 7, 100, 10, 0, 0]],
    ["an owner who cancels what rests", { ...add, owner: 3, stp: "cancel-resting" }, [0x1000101, 7, 100, 10, 3, 0]],
    ["an owner who cancels what comes", { ...add, owner: 3, stp: "cancel-incoming" }, [0x2000101, 7, 100, 10, 3, 0]],
    ["an owner who cancels both", { ...add, owner: 3, stp: "cancel-both" }, [0x3000101, 7, 100, 10, 3, 0]],
    [
      "the greatest of all values",
      { ...add, id: MAX_ID, price: MAX_PRICE, size: MAX_SIZE, owner: MAX_OWNER },
      [0x101, MAX_ID, MAX_PRICE, MAX_SIZE, MAX_OWNER, 0],
    ],
    ["a cancel", { op: "cancel", id: 7 }, [2, 7, 0, 0, 0, 0]],
    ["a replace", { op: "replace", id: 7, price: 101, size: 5 }, [3, 7, 101, 5, 0, 0]],
    ["a book", { op: "book", depth: 3 }, [4, 0, 0, 3, 0, 0]],
    ["a book without a depth", { op: "book" }, [4, 0, 0, DEFAULT_DEPTH, 0, 0]],
    [
      "limits",
      { op: "limits", owner: 7, maxOrderSize: 100, maxOpenOrders: 20, positionLimit: 1000, priceBand: 50 },
      [5, 100, 50, 20, 7, 1000],
    ],
    ["limits that are none", { op: "limits", owner: 7 }, [5, 0, 0, 0, 7, 0]],
    ["a kill", { op: "kill", owner: 7 }, [6, 0, 0, 0, 7, 0]],
    ["a lift", { op: "lift", owner: MAX_OWNER }, [7, 0, 0, 0, MAX_OWNER, 0]],
    ["an unknown op", { op: "amend", id: 7 }, [255, 0, 0, 0, 0, 0]],
    ["an op that is a name in every object", { op: "constructor" }, [255, 0, 0, 0, 0, 0]],
    ["no op", {}, [255, 0, 0, 0, 0, 0]],
  ])("%s", (_name, command: UncheckedCommand, words) => {
    expect(encoded(command)).toEqual(words);
  });
});

describe("what a word can't carry becomes a word that is invalid", () => {
  test.each([
    ["an id that is a fraction", { ...add, id: 1.5 }, 1, 0],
    ["an id past 32 bits", { ...add, id: 2 ** 32 + 7 }, 1, 0],
    ["an id that is a string", { ...add, id: "7" }, 1, 0],
    ["a size that is Infinity", { ...add, size: Number.POSITIVE_INFINITY }, 3, 0],
    ["a price of 0, which is not one left out", { ...add, price: 0 }, 2, -1],
    ["a price of −0", { ...add, price: -0 }, 2, -1],
    ["a price of null, also on a market order", { ...add, type: "market", price: null }, 2, -1],
    ["a price that is NaN", { ...add, price: Number.NaN }, 2, -1],
    ["an owner of null", { ...add, owner: null }, 4, -1],
    ["an owner that is a bigint", { ...add, owner: 3n }, 4, -1],
    ["a side of null", { ...add, side: null }, 0, 0xf01],
    ["a side that is a name in every object", { ...add, side: "toString" }, 0, 0xf01],
    ["a type of null", { ...add, type: null }, 0, 0xf101],
    ["a time in force in capitals", { ...add, tif: "GTC" }, 0, 0xf0101],
    ["a post-only of 1", { ...add, postOnly: 1 }, 0, 0xf00101],
    ["an stp of null", { ...add, stp: null }, 0, 0xf000101],
    ["a depth of null", { op: "book", depth: null }, 3, 0],
    ["a depth past 32 bits", { op: "book", depth: 2 ** 32 + 1 }, 3, 0],
    ["a limit of 0, which is not one left out", { op: "limits", owner: 7, maxOrderSize: 0 }, 1, -1],
    ["a limit of null", { op: "limits", owner: 7, priceBand: null }, 2, -1],
    ["a limit that is a fraction", { op: "limits", owner: 7, maxOpenOrders: 0.5 }, 3, -1],
    ["a limit past 32 bits", { op: "limits", owner: 7, positionLimit: 2 ** 32 + 1 }, 5, -1],
    ["limits of an owner left out", { op: "limits" }, 4, 0],
    ["a kill of an owner past 32 bits", { op: "kill", owner: 2 ** 32 + 1 }, 4, 0],
    ["a lift of a string", { op: "lift", owner: "7" }, 4, 0],
  ])("%s", (_name, command: UncheckedCommand, word, value) => {
    expect(encoded(command)[word]).toBe(value);
  });

  test("an owner of −0 is 0", () => {
    expect(Object.is(encoded({ ...add, owner: -0 })[4], 0)).toBe(true);
  });
});

describe("a record becomes the command that it stands for", () => {
  test.each([
    ["no op", [0, 7, 100, 10, 0, 0]],
    ["an op without a code", [8, 7, 100, 10, 0, 0]],
    ["a bit above the add's fields", [0x10000101, 7, 100, 10, 0, 0]],
    ["the top bit", [0x80000002 | 0, 7, 0, 0, 0, 0]],
  ])("none for %s", (_name, words) => {
    expect(decoded(words)).toBe(null);
  });

  test("empty cells are not read", () => {
    expect(decoded([0x0fffff02, 7, 1, 2, 3, 4])).toEqual({ op: "cancel", id: 7 });
    expect(decoded([0x0fffff04, 1, 2, 7, 3, 4])).toEqual({ op: "book", depth: 7 });
    expect(decoded([0x0fffff06, 1, 2, 3, 7, 5])).toEqual({ op: "kill", owner: 7 });
    expect(decoded([0x0fffff07, 1, 2, 3, 7, 5])).toEqual({ op: "lift", owner: 7 });
    expect(decoded([0x0fffff03, 7, 101, 5, 3, 4])).toEqual({ op: "replace", id: 7, price: 101, size: 5 });
  });

  test("a limit's word of 0 is a limit left out", () => {
    const limits = { maxOrderSize: undefined, maxOpenOrders: 3, positionLimit: undefined, priceBand: 2 };
    expect(decoded([5, 0, 2, 3, 7, 0])).toEqual({ op: "limits", owner: 7, ...limits });
  });

  test("a price word of 0 is a price left out", () => {
    expect(decoded([0x101, 7, 0, 10, 0, 0])?.price).toBe(undefined);
  });
});

const validAdd = fc
  .record(
    {
      op: fc.constant("add" as const),
      id: fc.integer({ min: 1, max: MAX_ID }),
      side: fc.constantFrom("buy", "sell"),
      price: fc.integer({ min: 1, max: MAX_PRICE }),
      size: fc.integer({ min: 1, max: MAX_SIZE }),
      type: fc.constantFrom("limit", "market"),
      tif: fc.constantFrom("gtc", "ioc", "fok"),
      postOnly: fc.boolean(),
      owner: fc.integer({ min: 0, max: MAX_OWNER }),
      stp: fc.constantFrom("none", "cancel-resting", "cancel-incoming", "cancel-both"),
    },
    { requiredKeys: ["op", "id", "side", "size"] },
  )
  .filter((order) => checkNewOrder(order) === undefined);

/** Any value at all, with those near the edges of what is valid drawn often. */
const anyValue = fc.oneof(
  fc.constantFrom(undefined, null, true, false, 0, -0, 1, 1.5, -1, 7, "7", "", Number.NaN, Number.POSITIVE_INFINITY),
  fc.constantFrom("buy", "sell", "limit", "market", "gtc", "ioc", "fok", "none", "cancel-resting", "cancel-both"),
  fc.constantFrom(MAX_PRICE, MAX_PRICE + 1, MAX_SIZE, MAX_SIZE + 1, 2 ** 32 + 1, -(2 ** 31), 2 ** 53, 1n, "toString"),
  fc.anything(),
);

const nearlyValidAdd = fc.record(
  {
    op: fc.constant("add"),
    id: fc.oneof(fc.constant(7), anyValue),
    side: fc.oneof(fc.constant("buy"), anyValue),
    type: fc.oneof(fc.constantFrom("limit", "market", undefined), anyValue),
    price: fc.oneof(fc.constantFrom(100, undefined), anyValue),
    size: fc.oneof(fc.constant(10), anyValue),
    tif: fc.oneof(fc.constantFrom("gtc", "ioc", "fok", undefined), anyValue),
    postOnly: fc.oneof(fc.constantFrom(true, false, undefined), anyValue),
    owner: fc.oneof(fc.constant(0), anyValue),
    stp: fc.oneof(fc.constant("none"), anyValue),
  },
  { requiredKeys: ["op"] },
);

describe("both directions", () => {
  test("a valid add comes back with its defaults written out", () => {
    fc.assert(
      fc.property(validAdd, (order) => {
        const defaults = { type: "limit", postOnly: false, owner: 0, stp: "none" };
        expect(throughTheBinaryForm(order)).toEqual({ ...defaults, ...order });
      }),
    );
  });

  test("a record of a command comes back word by word", () => {
    fc.assert(
      fc.property(validAdd, (order) => {
        expect(encoded(throughTheBinaryForm(order) as UncheckedCommand)).toEqual(encoded(order));
      }),
    );
  });

  test("an add is rejected for the same reason on both sides, whatever its values", () => {
    fc.assert(
      fc.property(nearlyValidAdd, (order) => {
        const other = throughTheBinaryForm(order) as UncheckedCommand;
        expect(checkNewOrder(other)).toBe(checkNewOrder(order));
        if (isId(order.id)) expect(other.id).toBe(order.id);
      }),
      { numRuns: 2000 },
    );
  });

  test("a replace is rejected for the same reason on both sides, whatever its values", () => {
    const field = fc.oneof(fc.constant(7), anyValue);
    fc.assert(
      fc.property(field, field, field, (id, price, size) => {
        const other = throughTheBinaryForm({ op: "replace", id, price, size }) as UncheckedCommand;
        expect(checkReplace(other.id, other.price, other.size)).toBe(checkReplace(id, price, size));
      }),
      { numRuns: 1000 },
    );
  });

  test("a cancel and a book are rejected for the same reason on both sides, whatever their values", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(MAX_DEPTH), anyValue), (value) => {
        const cancel = throughTheBinaryForm({ op: "cancel", id: value }) as UncheckedCommand;
        expect(isId(cancel.id)).toBe(isId(value));
        const book = throughTheBinaryForm({ op: "book", depth: value }) as UncheckedCommand;
        expect(checkDepth(book.depth)).toBe(checkDepth(value));
      }),
      { numRuns: 1000 },
    );
  });

  test("limits are rejected for the same reason on both sides, whatever their values", () => {
    const field = fc.oneof(fc.constantFrom(1, 7, MAX_PRICE, MAX_PRICE + 1, MAX_LIMIT), anyValue);
    const fields = { owner: field, maxOrderSize: field, maxOpenOrders: field, positionLimit: field, priceBand: field };
    const limits = fc.record({ op: fc.constant("limits"), ...fields }, { requiredKeys: ["op"] });
    fc.assert(
      fc.property(limits, (command) => {
        const other = throughTheBinaryForm(command) as UncheckedCommand;
        expect(checkLimits(other)).toBe(checkLimits(command));
        expect(checkOwner(other.owner)).toBe(checkOwner(command.owner));
        if (checkLimits(command) === undefined) expect(other).toEqual(command);
      }),
      { numRuns: 2000 },
    );
  });

  test("any words at all are a command or none, and the same one again", () => {
    const word = fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(fc.array(word, { minLength: 6, maxLength: 6 }), (words) => {
        const command = decoded(words);
        if (command === null) return;
        const again = throughTheBinaryForm(command) as UncheckedCommand;
        if (command.op === "add") expect(checkNewOrder(again)).toBe(checkNewOrder(command));
        if (command.op === "add" && checkNewOrder(command) === undefined) expect(again).toEqual(command);
      }),
      { numRuns: 1000 },
    );
  });
});

test("records are written where they are told to be, and nowhere else", () => {
  const words = new Int32Array(3 * COMMAND_WORDS).fill(-7);
  encodeCommand(add, words, COMMAND_WORDS);
  expect([...words]).toEqual([...Array(6).fill(-7), 0x101, 7, 100, 10, 0, 0, ...Array(6).fill(-7)]);
});
