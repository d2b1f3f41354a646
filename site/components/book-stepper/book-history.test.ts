import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NewOrder } from "../../../engines/contract/commands.ts";
import type { BookEvent, BookLevel } from "../../../engines/contract/events.ts";
import { OrderBook } from "../../../engines/typescript/engine.ts";
import { type Frame, framesOf } from "./book-history.ts";
import { SCENARIO, type ShownCommand } from "./scenario.ts";

const commands = SCENARIO.map(({ command }) => command);
const scenario = framesOf(commands);
const ofCommand = (index: number): Frame[] => scenario.filter(({ command }) => command === index);
const texts = (index: number): string[] => ofCommand(index).map(({ text }) => text);

/** The levels as an engine tells them. */
const asBook = (levels: Frame["bids"]): BookLevel[] =>
  levels.map(({ price, orders }) => [price, orders.reduce((sum, { size }) => sum + size, 0), orders.length]);

function engineAfter(given: readonly ShownCommand[]): BookEvent {
  const book = new OrderBook();
  for (const command of given) {
    if (command.op === "cancel") book.cancelOrder(command.id);
    else if (command.op === "replace") book.replaceOrder(command.id, command.price, command.size);
    else book.addOrder({ ...command, op: undefined } as NewOrder);
  }
  return book.getBook(100) as BookEvent;
}

describe("the frames of a history", () => {
  test("begin with the empty book, and have one for each event", () => {
    expect(scenario[0]).toMatchObject({ command: -1, bids: [], asks: [] });
    expect(scenario.slice(1).every(({ event }) => event !== undefined)).toBe(true);
    expect(ofCommand(5).map(({ event }) => event?.event)).toEqual(["accepted", "executed", "executed"]);
  });

  test("end each command with the book that the engine has, whatever was sent", () => {
    const id = fc.integer({ min: 1, max: 12 });
    const price = fc.integer({ min: 97, max: 103 });
    const size = fc.integer({ min: 1, max: 9 });
    const side = fc.constantFrom("buy" as const, "sell" as const);
    const command: fc.Arbitrary<ShownCommand> = fc.oneof(
      fc.record({ op: fc.constant("add" as const), id, side, type: fc.constant("limit" as const), price, size }),
      fc.record({ op: fc.constant("add" as const), id, side, type: fc.constant("market" as const), size }),
      fc.record({ op: fc.constant("cancel" as const), id }),
      fc.record({ op: fc.constant("replace" as const), id, price, size }),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (given) => {
        const last = framesOf(given).at(-1) as Frame;
        const { bids, asks } = engineAfter(given);
        expect({ bids: asBook(last.bids), asks: asBook(last.asks) }).toEqual({ bids, asks });
        expect(last.incoming).toBe(undefined);
      }),
    );
  });
});

describe("the scenario", () => {
  test("lets the one who came first trade first, at the maker's price", () => {
    expect(texts(5)).toEqual([
      "Order 6 is accepted. Its price reaches the other side.",
      "Trade: 3 lots at 101, between order 6 and order 2; it is filled and leaves. Order 6 still wants 2 lots.",
      "Trade: 2 lots at 101, between order 6 and order 3; 2 lots of it stay first in line. Order 6 is filled.",
    ]);
  });

  test("moves up those behind a cancelled order", () => {
    const { bids } = ofCommand(8).at(-1) as Frame;
    expect(bids.find(({ price }) => price === 99)?.orders.map(({ id }) => id)).toEqual([7, 8]);
  });

  test("keeps the place of a smaller order, and takes it from a larger one", () => {
    expect(texts(9)).toEqual(["Order 7 is replaced: 2 lots now. It keeps its place, first in its queue."]);
    expect(texts(10)).toEqual([
      "Order 7 is replaced and gives up its place. It rests: buy 6 lots at 99, number 2 in its queue, 3 lots ahead of it.",
    ]);
  });

  test("sweeps several levels with a market order, and cancels what nobody is left for", () => {
    const prices = ofCommand(11).flatMap(({ event }) => (event?.event === "executed" ? [event.price] : []));
    expect(prices).toEqual([100, 99, 99]);
    expect(texts(12).at(-1)).toBe("Order 10 is canceled with 2 lots open: nobody is left to trade with.");
  });
});

test("an order that the engine refuses says why, and changes nothing", () => {
  const [, , refused] = framesOf([commands[0], { op: "cancel", id: 9 }]);
  expect(refused.text).toBe("Cancel order 9 is rejected: no order of that number is in the book. Nothing changed.");
  expect(asBook(refused.asks)).toEqual([[102, 5, 1]]);
});
