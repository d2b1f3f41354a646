import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Oracle } from "../conformance/oracle.ts";
import { COMMAND_WORDS } from "../contract/binary.ts";
import { decodeCommand } from "../contract/decode.ts";
import type { EngineEvent } from "../contract/events.ts";
import { ItchReader } from "./itch-reader.ts";
import { ItchWriter } from "./itch-writer.ts";
import { LobsterReader } from "./lobster-reader.ts";
import { LobsterWriter } from "./lobster-writer.ts";
import { FEED_TICK, type FeedMessage, type FeedOrder, recordedMarket } from "./recorded-market.ts";
import { RecordedModel } from "./recorded-model.ts";
import type { RecordingReader } from "./recording-reader.ts";

interface Draw {
  kind: "add" | "execute" | "cross" | "reduce" | "delete" | "replace" | "hidden" | "other";
  /** Which live order, modulo how many there are. */
  pick: number;
  reference: bigint;
  isBuy: boolean;
  ticks: number;
  size: number;
}

const draw: fc.Arbitrary<Draw> = fc.record({
  kind: fc.constantFrom("add", "add", "add", "execute", "cross", "reduce", "delete", "replace", "hidden", "other"),
  pick: fc.nat(1000),
  // Few values often, so that a reference comes again when its order is gone; and all 64 bits.
  reference: fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 2n ** 64n - 1n)),
  isBuy: fc.boolean(),
  ticks: fc.integer({ min: 1, max: 20 }),
  size: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2 ** 31 - 1 })),
});

/** A feed that is as it must be, out of any draws: bids are at 1 to 20 ticks, asks at 21 to 40. */
function feedOf(draws: readonly Draw[]): FeedMessage[] {
  const live = new Map<bigint, FeedOrder>();
  const messages: FeedMessage[] = [];
  const newOrder = ({ reference, ticks, size }: Draw, side: FeedOrder["side"]): FeedOrder => ({
    ...{ reference, stock: 1, side, open: size },
    price: (side === "buy" ? ticks : ticks + 20) * FEED_TICK,
  });
  const take = (order: FeedOrder, size: number) => {
    if (size === order.open) live.delete(order.reference);
    else live.set(order.reference, { ...order, open: order.open - size });
  };
  for (const drawn of draws) {
    const order = [...live.values()][drawn.pick % Math.max(1, live.size)];
    const size = order === undefined ? 0 : 1 + (drawn.size % order.open);
    if (drawn.kind === "hidden") messages.push({ kind: "hidden", stock: 1, side: "buy", size: drawn.size, price: 100 });
    else if (drawn.kind === "other") messages.push({ kind: "other", stock: 1, choice: drawn.pick });
    else if (drawn.kind === "add" || order === undefined) {
      if (live.has(drawn.reference)) continue;
      const added = newOrder(drawn, drawn.isBuy ? "buy" : "sell");
      live.set(added.reference, added);
      messages.push({ kind: "add", order: added, attributed: drawn.pick % 2 === 0 });
    } else if (drawn.kind === "execute") messages.push({ kind: "execute", order, size });
    else if (drawn.kind === "cross") messages.push({ kind: "execute", order, size, price: 777 });
    else if (drawn.kind === "reduce") messages.push({ kind: "reduce", order, size });
    else if (drawn.kind === "delete") {
      live.delete(order.reference);
      messages.push({ kind: "delete", order });
    } else {
      if (live.has(drawn.reference) && drawn.reference !== order.reference) continue;
      const by = newOrder(drawn, order.side);
      live.delete(order.reference);
      live.set(by.reference, by);
      messages.push({ kind: "replace", order, by });
    }
    const last = messages.at(-1);
    if (last?.kind === "execute" || last?.kind === "reduce") take(last.order, last.size);
  }
  return messages;
}

const feed = fc.array(draw, { maxLength: 120, size: "max" }).map(feedOf);

/** Runs what a reader makes of its next records on the oracle, which must refuse none of it. */
function execute(reader: RecordingReader, oracle: Oracle, maxRecords: number): void {
  const words = new Int32Array(12 * COMMAND_WORDS);
  const last = reader.records + maxRecords;
  while (!reader.drained && reader.records < last) {
    const written = reader.read(words, last - reader.records);
    for (let at = 0; at < written; at += COMMAND_WORDS) {
      const events = oracle.execute(decodeCommand(words, at) as object);
      expect(events.filter(({ event }) => event === "rejected" || event === "executed")).toEqual([]);
    }
  }
}

function bookOf(oracle: Oracle): EngineEvent {
  return oracle.execute({ op: "book", depth: 1000 })[0];
}

/** The makers that an order meets which takes a whole side: their queues, order by order. */
function sweep(oracle: Oracle, model: RecordedModel, side: "buy" | "sell"): void {
  const id = 2 ** 31 - 1;
  const queue = model.queue(side);
  const met: [number, number][] = [];
  for (let isLeft = true; isLeft; ) {
    isLeft = false;
    const taker = { op: "add", id, side: side === "buy" ? "sell" : "buy", type: "market", size: 2 ** 31 - 1 };
    for (const event of oracle.execute(taker)) {
      if (event.event !== "executed") continue;
      isLeft = true;
      const last = met.at(-1);
      // A taker may be too small for the order that it meets last; the next one goes on with that.
      const isRest = last !== undefined && last[1] < queue[met.length - 1][1];
      if (isRest) last[1] += event.size;
      else met.push([event.price, event.size]);
    }
  }
  expect(met).toEqual(queue);
}

describe("a recording, read back", () => {
  test("of ITCH gives the book of a plain model after every message, and its queues", () => {
    fc.assert(
      fc.property(feed, (messages) => {
        const writer = new ItchWriter(["AAPL"]);
        for (const message of messages) writer.write(message);
        const reader = new ItchReader({ tick: FEED_TICK });
        const model = new RecordedModel();
        const oracle = new Oracle("full");
        reader.push(writer.bytes);
        for (const message of messages) {
          model.apply(message);
          execute(reader, oracle, 1);
          expect(bookOf(oracle)).toEqual(model.book());
          expect(reader.liveOrders).toBe(model.liveOrders);
        }
        sweep(oracle, model, "buy");
        sweep(oracle, model, "sell");
      }),
    );
  });

  test("of LOBSTER gives the book of a plain model after every message, and its queues", () => {
    fc.assert(
      fc.property(feed, (messages) => {
        const reader = new LobsterReader({ tick: FEED_TICK, unknownOrders: "error" });
        const model = new RecordedModel();
        const oracle = new Oracle("full");
        for (const message of messages) {
          const writer = new LobsterWriter();
          writer.write(message);
          model.apply(message);
          reader.push(new TextEncoder().encode(writer.text));
          execute(reader, oracle, Number.POSITIVE_INFINITY);
          expect(bookOf(oracle)).toEqual(model.book());
        }
        sweep(oracle, model, "buy");
        sweep(oracle, model, "sell");
      }),
    );
  });

  test("of a made-up day gives the book of a plain model every 100 messages", () => {
    const market = recordedMarket({ seed: 7, liveOrders: 200 });
    const writer = new ItchWriter(["AAPL"]);
    const messages = Array.from({ length: 5000 }, () => market.next().value);
    for (const message of messages) writer.write(message);
    const reader = new ItchReader({ tick: FEED_TICK });
    const model = new RecordedModel();
    const oracle = new Oracle("full");
    reader.push(writer.bytes);
    for (let from = 0; from < messages.length; from += 100) {
      for (const message of messages.slice(from, from + 100)) model.apply(message);
      execute(reader, oracle, 100);
      expect(bookOf(oracle)).toEqual(model.book());
    }
    expect(new Set(messages.map(({ kind }) => kind)).size).toBe(7);
  });
});

describe("where a recording is cut into chunks", () => {
  const commandsOf = (reader: RecordingReader, chunks: Iterable<Uint8Array>): number[] => {
    const commands: number[] = [];
    const words = new Int32Array(12 * COMMAND_WORDS);
    const drain = () => {
      while (!reader.drained) commands.push(...words.subarray(0, reader.read(words)));
    };
    for (const chunk of chunks) {
      const passing = chunk.slice();
      reader.push(passing);
      drain();
      // What a reader was handed is its caller's again.
      passing.fill(0xff);
    }
    reader.end();
    drain();
    return commands;
  };
  const cut = (bytes: Uint8Array, places: number[]): Uint8Array[] => {
    const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
    return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
  };
  const places = fc.array(fc.nat(2 ** 20), { maxLength: 60, size: "max" });

  test("makes no difference to the commands of ITCH", () => {
    fc.assert(
      fc.property(feed, places, (messages, cuts) => {
        const writer = new ItchWriter(["AAPL"]);
        writer.open();
        for (const message of messages) writer.write(message);
        writer.close();
        const whole = commandsOf(new ItchReader({ tick: FEED_TICK }), [writer.bytes]);
        expect(commandsOf(new ItchReader({ tick: FEED_TICK }), cut(writer.bytes, cuts))).toEqual(whole);
      }),
    );
  });

  test("makes no difference to the commands of LOBSTER, nor does a last line feed", () => {
    fc.assert(
      fc.property(feed, places, fc.boolean(), (messages, cuts, endsWithLineFeed) => {
        const writer = new LobsterWriter();
        for (const message of messages) writer.write(message);
        const bytes = new TextEncoder().encode(writer.text);
        const whole = commandsOf(new LobsterReader({ tick: FEED_TICK }), [bytes]);
        const text = endsWithLineFeed ? bytes : bytes.subarray(0, Math.max(0, bytes.length - 1));
        expect(commandsOf(new LobsterReader({ tick: FEED_TICK }), cut(text, cuts))).toEqual(whole);
      }),
    );
  });
});
