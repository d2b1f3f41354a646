import { describe, expect, test } from "vitest";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import { ItchWriter } from "../../engines/flow/itch-writer.ts";
import { LobsterWriter } from "../../engines/flow/lobster-writer.ts";
import { FEED_TICK, recordedMarket } from "../../engines/flow/recorded-market.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import type { RecordedFile } from "./recorded-background.ts";
import { Session } from "./session.ts";
import type { BookView, Fill, Market, Strategy } from "./strategy.ts";

function open(
  recording: RecordedFile,
  strategy: Strategy = {},
  orders = 1_000_000,
): { session: Session; engine: OrderBook } {
  const engine = new OrderBook();
  const options = { engine: withBinaryDoor(engine), door: "objects", strategy, profile: "", seed: 1 } as const;
  return { session: new Session({ ...options, recording, orders }), engine };
}

function runToEnd(session: Session): void {
  while (session.ordersLeft > 0) session.step();
}

/** A made-up day in both formats. */
function day(messages: number): Record<"itch" | "lobster", RecordedFile> {
  const lobster = new LobsterWriter();
  const itch = new ItchWriter(["AAPL"]);
  let left = messages;
  for (const message of recordedMarket({ seed: 4, liveOrders: 300 })) {
    lobster.write(message);
    itch.write(message);
    if (--left === 0) break;
  }
  return {
    lobster: { format: "lobster", tick: FEED_TICK, bytes: new TextEncoder().encode(lobster.text) },
    itch: { format: "itch", tick: FEED_TICK, symbol: "AAPL", bytes: itch.bytes },
  };
}

/** LOBSTER lines: type, id, size, price in ticks of a cent, direction. */
function lobster(lines: readonly [number, number, number, number, 1 | -1][]): RecordedFile {
  const text = lines
    .map(([type, id, size, price, side]) => `34200.1,${type},${id},${size},${price * 100},${side}\n`)
    .join("");
  return { format: "lobster", tick: 100, bytes: new TextEncoder().encode(text) };
}

/** Sends at the first book, and keeps what is filled. */
class Once implements Strategy {
  readonly fills: Fill[] = [];
  readonly #send: (market: Market) => void;
  #sent = false;

  constructor(send: (market: Market) => void) {
    this.#send = send;
  }

  onBook(_: BookView, market: Market): void {
    if (!this.#sent) this.#send(market);
    this.#sent = true;
  }

  onFill(fill: Fill): void {
    this.fills.push(fill);
  }
}

/** Ten lines, so that a book follows: bids at 100 and 99, asks at 104 and 105. */
const opening: [number, number, number, number, 1 | -1][] = [
  [1, 11, 10, 100, 1],
  [1, 12, 10, 104, -1],
  [1, 13, 10, 99, 1],
  [1, 14, 10, 105, -1],
  [1, 15, 10, 98, 1],
  [1, 16, 10, 106, -1],
  [1, 17, 10, 97, 1],
  [1, 18, 10, 107, -1],
  [1, 19, 10, 96, 1],
  [1, 20, 10, 108, -1],
];

describe("a recorded market", () => {
  test.each(["itch", "lobster"] as const)("in %s leaves the recorded book where nobody else trades", (format) => {
    const files = day(5000);
    const books = [files[format], files.itch].map((file) => {
      const { session, engine } = open(file);
      runToEnd(session);
      return engine.getBook(1000);
    });
    expect(books[0]).toEqual(books[1]);
    expect(books[0]).toMatchObject({ event: "book", bids: { length: expect.any(Number) } });
  });

  test("ends where the file does, or after so many orders", () => {
    const { session } = open(day(2000).itch);
    runToEnd(session);
    expect(session.commands).toBeGreaterThan(1000);
    const short = open(day(2000).itch, {}, 500).session;
    runToEnd(short);
    expect(short.commands).toBe(500);
  });

  test("says where a file is wrong", () => {
    const bytes = new TextEncoder().encode("34200.1,1,11,10,10000,1\n34200.2,9,1,1,1,1\n");
    expect(() => runToEnd(open({ format: "lobster", tick: 100, bytes }).session)).toThrow(
      /line 2 at byte 24: the type is 9/,
    );
  });
});

describe("the strategy's orders in a recorded market", () => {
  const execution: [number, number, number, number, 1 | -1] = [4, 11, 4, 100, 1];

  test.each<[string, number, number, number]>([
    ["a better price is filled by an execution behind it", 101, 3, 3],
    ["a better price is filled by no more than was executed", 101, 9, 4],
    ["the same price, but behind the order that was executed, is not filled", 100, 3, 0],
    ["a worse price is not filled", 99, 3, 0],
  ])("%s", (_, price, size, filled) => {
    const strategy = new Once((market) => void market.buy(price, size));
    const { session } = open(lobster([...opening, execution]), strategy);
    runToEnd(session);
    expect(session.account.inventory).toBe(filled);
    expect(strategy.fills.map((fill) => [fill.role, fill.price])).toEqual(filled > 0 ? [["maker", price]] : []);
  });

  test("the same price, and before the order that was executed, is filled", () => {
    const strategy = new Once((market) => void market.buy(100, 3));
    const later: typeof opening = [
      [1, 30, 5, 100, 1],
      [3, 11, 10, 100, 1],
      [4, 30, 5, 100, 1],
    ];
    const { session } = open(lobster([...opening, ...later]), strategy);
    runToEnd(session);
    expect(session.account.inventory).toBe(3);
  });

  test("are filled by a recorded order that crosses them, which then rests as it was recorded", () => {
    const strategy = new Once((market) => void market.sell(102, 3));
    const { session, engine } = open(lobster([...opening, [1, 30, 5, 103, 1]]), strategy);
    runToEnd(session);
    expect(session.account.inventory).toBe(-3);
    expect(strategy.fills).toMatchObject([{ price: 102, size: 3, role: "maker" }]);
    expect(engine.getBook(1)).toMatchObject({ bids: [[103, 5, 1]] });
  });

  test("are never filled twice by the executions of one batch", () => {
    const strategy = new Once((market) => void market.buy(101, 5));
    const { session, engine } = open(lobster([...opening, execution, execution]), strategy);
    runToEnd(session);
    expect(session.account.inventory).toBe(5);
    // The recorded order keeps what the recording says.
    expect(engine.getBook(1)).toMatchObject({ bids: [[100, 2, 1]] });
  });
});
