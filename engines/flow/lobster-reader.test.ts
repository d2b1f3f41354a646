import { describe, expect, test } from "vitest";
import { COMMAND_WORDS } from "../contract/binary.ts";
import { decodeCommand } from "../contract/decode.ts";
import { type LobsterOptions, LobsterReader } from "./lobster-reader.ts";
import type { RecordingError } from "./recording-error.ts";

function readAll(text: string, options: Partial<LobsterOptions> = {}) {
  const reader = new LobsterReader({ tick: 100, ...options });
  const commands: unknown[] = [];
  const words = new Int32Array(64 * COMMAND_WORDS);
  const drain = () => {
    while (!reader.drained) {
      const written = reader.read(words);
      for (let at = 0; at < written; at += COMMAND_WORDS) commands.push(decodeCommand(words, at));
    }
  };
  let error: unknown;
  try {
    reader.push(new TextEncoder().encode(text));
    drain();
    reader.end();
    drain();
  } catch (thrown) {
    error = thrown;
  }
  return { reader, commands, error: error as RecordingError | undefined };
}

const NEW = "34713.685155243,1,206833312,100,118600,-1\n";
const addCommand = {
  ...{ op: "add", id: 1, side: "sell", type: "limit", price: 1186, size: 100 },
  ...{ postOnly: true, owner: 0, stp: "none", tif: undefined },
};

describe("lines become commands", () => {
  test("a new order, and its deletion", () => {
    const { commands } = readAll(`${NEW}34714.133632201,3,206833312,100,118600,-1\n`);
    expect(commands).toEqual([addCommand, { op: "cancel", id: 1 }]);
  });

  test("a partial cancel and a visible execution leave the rest in its place, until nothing is left", () => {
    const { commands } = readAll(
      `${NEW}1,2,206833312,10,118600,-1\n2,4,206833312,40,118600,-1\n3,4,206833312,50,118600,-1\n`,
    );
    expect(commands.slice(1)).toEqual([
      { op: "replace", id: 1, price: 1186, size: 90 },
      { op: "replace", id: 1, price: 1186, size: 50 },
      { op: "cancel", id: 1 },
    ]);
  });

  test("hidden executions, crosses and halts give none", () => {
    expect(readAll("1,5,0,10,118650,1\n2,6,-1,1200,1000000,-1\n3,7,0,0,-1,-1\n")).toMatchObject({
      commands: [],
      error: undefined,
    });
  });

  test("carriage returns, blank lines, a seventh column and a missing last line feed do no harm", () => {
    const text = `${NEW.trimEnd()}\r\n\r\n \n34714,3,206833312,100,118600,-1,MMKR`;
    expect(readAll(text)).toMatchObject({ commands: [addCommand, { op: "cancel", id: 1 }], reader: { records: 4 } });
  });

  test("an order id may have 64 bits", () => {
    const id = 2n ** 64n - 1n;
    const { commands } = readAll(`1,1,${id},1,100,1\n2,3,4294967295,1,100,1\n3,3,${id},1,100,1\n`);
    expect(commands).toMatchObject([{ op: "add" }, { op: "cancel" }]);
  });
});

describe("a change of an order that the file never added", () => {
  const text = `1,4,77,10,118600,-1\n2,3,77,10,118600,-1\n${NEW}`;

  test("is skipped and counted, because a file may begin in mid-day", () => {
    const { commands, reader, error } = readAll(text);
    expect([commands, reader.unknownChanges, error]).toEqual([[addCommand], 2, undefined]);
  });

  test("is an error where that is asked for", () => {
    const { error } = readAll(text, { unknownOrders: "error" });
    expect(error?.message).toBe("line 1 at byte 0: order 77 is not live, but a line of type 4 changes it");
  });
});

describe("a wrong line is an error with its number and offset, after all before it", () => {
  test.each([
    ["of five columns", "1,3,206833312,100,118600", "the line has 5 columns: it must have 6: time, type, order id"],
    ["of an unknown type", "1,8,206833312,100,118600,-1", "the type is 8: it must be 1 to 7"],
    ["with a word for a number", "1,3,abc,100,118600,-1", 'the order id is "abc": it must be a number'],
    ["with an empty column", "1,3,5,,118600,-1", 'the size is "": it must be a number'],
    ["with a sign alone", "1,3,5,-,118600,-1", 'the size is "-": it must be a number'],
    ["without a time", "x,3,5,1,118600,-1", 'the time is "x": it must be a number'],
    ["with two points in its time", "1.2.3,3,5,1,118600,-1", 'the time is "1.2.3"'],
    ["of no lots", "1,1,5,0,118600,-1", "the size is 0: it must be 1 to 2147483647"],
    ["of too many lots", "1,1,5,2147483648,118600,-1", "the size is 2147483648"],
    ["of no side", "1,1,5,1,118600,0", "the direction is 0: it must be 1 or -1"],
    ["with too large an id", "1,1,18446744073709551616,1,118600,1", "it must be less than 2^64"],
    ["that adds a live order", NEW.trimEnd(), "order 206833312 is added again while it is live"],
    ["that executes too much", "1,4,206833312,101,118600,-1", "takes 101 off order 206833312, which has 100 open"],
    ["off the tick", "1,1,5,1,118650,1", "the price 11.865 is off the tick of 0.01: give a smaller --tick"],
    ["below zero", "1,1,5,1,-100,1", "the price is -0.01: a resting order has one above 0"],
    ["beyond the range", "1,1,5,1,1999999900,-1", "the price 199999.99 is above the highest, 16777215 ticks of 0.01"],
    ["without end", `1,1,${"5".repeat(1100)}`, "the line is longer than 1024 bytes"],
  ])("%s", (_, line, problem) => {
    const { commands, error } = readAll(`${NEW}${line}\n`);
    expect(error?.message).toContain(`line 2 at byte ${NEW.length}: `);
    expect(error?.message).toContain(problem);
    expect(commands).toEqual([addCommand]);
  });

  test("a header is told apart", () => {
    expect(readAll(`time,type,id,size,price,direction\n${NEW}`).error?.message).toBe(
      'line 1 at byte 0: the time is "time": it must be a number; a LOBSTER message file has no header',
    );
  });

  test("a last line may be cut off", () => {
    expect(readAll(`${NEW}34714.1,3,2068`).error?.message).toContain("the line has 3 columns");
  });
});

test("an order beyond the range is left out where that is asked for", () => {
  const { commands, reader } = readAll(`1,1,5,1,1999999900,-1\n2,4,5,1,1999999900,-1\n`, { farPrices: "skip" });
  expect([commands, reader.farOrders]).toEqual([[], 1]);
});
