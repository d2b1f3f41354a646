import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import type { NewOrder } from "../../engines/contract/commands.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import type { EngineManifest, ReadArtefact } from "../../engines/contract/engine.ts";
import type { BookEvent, EngineEvent, RejectedEvent } from "../../engines/contract/events.ts";
import { execute, parseCommand } from "../../engines/contract/text.ts";
import { listEngines } from "../../engines/registry.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import type { Progress, RunReport, RunRequest } from "../sandbox/protocol.ts";
import { Comparison, type Contender } from "./comparison.ts";
import { Session } from "./session.ts";
import type { Strategy } from "./strategy.ts";
import { countEvents } from "./stream-comparison.ts";
import { FlagTrader, RandomTrader } from "./trial-strategies.ts";

const readArtefact: ReadArtefact = async (path) =>
  new Uint8Array(await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url))));

const typescript = listEngines()[0].manifest;

/** A clock that moves by 10 µs at each reading, so that nothing here depends on the machine. */
function steadyClock(): () => number {
  let ms = 0;
  return () => {
    ms += 0.01;
    return ms;
  };
}

function requestFor(contenders: readonly Contender[], orders = 5000): RunRequest {
  return { engines: contenders.map(({ manifest }) => manifest.name), seed: 11, profile: "std", orders };
}

function contender(book: () => OrderBook, strategy: Strategy = new RandomTrader(), name = "planted"): Contender {
  const manifest: EngineManifest = { ...typescript, name };
  return { manifest, create: () => withBinaryDoor(book()), strategy };
}

function runAll(
  contenders: readonly Contender[],
  request = requestFor(contenders),
): { report: RunReport; progress: Progress[] } {
  const comparison = new Comparison(request, contenders, { stepUs: 0.01, isolated: true }, steadyClock());
  const progress: Progress[] = [];
  while (!comparison.done) {
    comparison.next();
    progress.push(comparison.takeProgress());
  }
  const replays = comparison.report();
  for (;;) {
    const { done, value } = replays.next();
    if (done) return { report: value as RunReport, progress };
  }
}

/** A session of its own, with no slices and no comparison. */
function openSession(orders: number): Session {
  return new Session({
    engine: withBinaryDoor(new OrderBook()),
    door: "objects",
    strategy: new RandomTrader(),
    profile: "std",
    seed: 11,
    orders,
  });
}

function expectedEvents(orders: number): Int32Array {
  const session = openSession(orders);
  while (session.ordersLeft > 0) session.step();
  return session.log.events;
}

function decodeAll(records: Int32Array): unknown[] {
  return Array.from({ length: records.length / COMMAND_WORDS }, (_, index) =>
    decodeCommand(records, index * COMMAND_WORDS),
  );
}

/** Right but for its `nth` trade, which is a lot short; the rest of the book is as if it had been right. */
class ShortTrade extends OrderBook {
  #trades = 0;
  readonly #nth: number;

  constructor(nth: number) {
    super();
    this.#nth = nth;
  }

  override addOrder(order: NewOrder): EngineEvent[] {
    return super.addOrder(order).map((event) => {
      if (event.event !== "executed" || ++this.#trades !== this.#nth) return event;
      return { ...event, size: event.size + 1 };
    });
  }
}

/** Takes a lot more off its makers than is there. */
class EndlessLot extends OrderBook {
  override addOrder(order: NewOrder): EngineEvent[] {
    return super
      .addOrder(order)
      .map((event) => (event.event === "executed" ? { ...event, size: event.size + 1 } : event));
  }
}

/** Gives no event for its cancels from the twentieth on. */
class SilentCancel extends OrderBook {
  #cancels = 0;

  override cancelOrder(id: number): EngineEvent[] {
    const events = super.cancelOrder(id);
    return ++this.#cancels < 20 ? events : [];
  }
}

/** Shows one order too many on the best bid. */
class WrongBook extends OrderBook {
  #books = 0;

  override getBook(depth?: number): BookEvent | RejectedEvent {
    const book = super.getBook(depth);
    if (book.event === "book" && ++this.#books === 30) book.bids[2][2]++;
    return book;
  }
}

describe("a comparison of all registered engines", async () => {
  const contenders: Contender[] = [];
  for (const { manifest, load } of listEngines().slice(0, 4)) {
    contenders.push({ manifest, create: await load(readArtefact), strategy: new RandomTrader() });
  }
  const { report, progress } = runAll(contenders);

  test("finds that their events agree, all of them", () => {
    const events = expectedEvents(5000);
    expect(report.agreement).toEqual({ compared: countEvents(events) });
    expect(new Set(report.engines.map(({ hash }) => hash)).size).toBe(1);
    expect(report.engines.map(({ events }) => events)).toEqual(contenders.map(() => countEvents(events)));
  });

  test("splits the time, and never below 0", () => {
    for (const { split } of report.engines) {
      for (const { low, median, high } of [split?.engine, split?.boundary, split?.strategy].map((s) => s ?? fail())) {
        expect(low).toBeGreaterThanOrEqual(0);
        expect(median).toBeGreaterThanOrEqual(low);
        expect(high).toBeGreaterThanOrEqual(median);
      }
    }
  });

  test("times single commands one by one, and measures what waits in a queue", () => {
    for (const { tail, queueing, commands } of report.engines) {
      expect(tail?.timed).toBeGreaterThan(commands / 2);
      expect(tail?.timed).toBeLessThan(commands);
      expect(tail?.over.map(({ us }) => us)).toEqual([5, 10, 50, 100]);
      expect(queueing).toMatchObject({ simulated: false });
      const percentiles = queueing?.points.map(({ percentile }) => percentile) ?? [];
      expect(percentiles.slice(0, 5)).toEqual([50, 75, 90, 95, 99]);
      expect(queueing?.closedLoop.map(({ percentile }) => percentile)).toEqual(percentiles);
    }
  });

  test("finds a boundary where an engine takes records, and none where it takes objects", () => {
    const boundaries = report.engines.map(({ split }) => (split?.boundary.median ?? 0) > 0);
    expect(boundaries).toEqual(contenders.map(({ manifest }) => manifest.door === "binary"));
  });

  test("tells of every command in batches without a gap", () => {
    for (const [lane, { engine, commands }] of report.engines.entries()) {
      expect(progress.at(-1)?.engines[lane]).toMatchObject({ engine, commands });
      let next = 0;
      for (const batch of progress.flatMap(({ engines }) => engines[lane].batches)) {
        expect(batch.from).toBe(next);
        next += batch.commands;
      }
      expect(next).toBeGreaterThan(0);
      expect(next).toBeLessThanOrEqual(commands);
    }
  });

  test("reports progress from 0 to 1, and the account at its end", () => {
    expect(progress.at(-1)?.done).toBe(1);
    expect(progress.flatMap(({ account }) => account).at(-1)).toEqual(report.account);
  });
});

test("all registered engines agree on each market, with flagged orders, a latency and fees", async () => {
  for (const profile of ["bursts", "cancel-storm", "full"]) {
    const contenders: Contender[] = [];
    for (const { manifest, load } of listEngines()) {
      if (manifest.level === "core" || contenders.length === 4) continue;
      contenders.push({ manifest, create: await load(readArtefact), strategy: new FlagTrader() });
    }
    const fees = { makerTicks: -0.2, takerTicks: 0.3 };
    const { report, progress } = runAll(contenders, { ...requestFor(contenders), profile, latencyNs: 40_000, fees });
    expect(report.agreement.difference).toBeUndefined();
    const { analytics } = report;
    expect(analytics?.latencyNs).toBe(40_000);
    expect(analytics?.lots.filled).toBeGreaterThan(0);
    expect(analytics?.profit.fees).not.toBe(0);
    const fills = progress.flatMap((each) => each.fills ?? []);
    // A message holds the first 200.
    const isWhole = progress.every((each) => (each.fills ?? []).length < 200);
    if (isWhole) expect(fills.length).toBe(report.fills);
    else expect(fills.length).toBeLessThan(report.fills);
    expect(report.account.timeNs).toBe(analytics?.timeNs);
  }
});

test("a recorded market without its file is refused", () => {
  const one = [contender(() => new OrderBook())];
  const request = { ...requestFor(one), recording: { format: "itch", tick: 100 } as const };
  expect(() => runAll(one, request)).toThrow(/its file did not come with it/);
});

describe("a comparison with an engine that is wrong", () => {
  function differenceOf(book: () => OrderBook) {
    const { report } = runAll([contender(() => new OrderBook(), new RandomTrader(), "right"), contender(book)]);
    return report;
  }

  test("finds the first trade of a wrong size, with its command", () => {
    const { agreement, engines } = differenceOf(() => new ShortTrade(5));
    const { difference } = agreement;
    expect(difference).toMatchObject({ engines: ["right", "planted"], cause: "engine", command: { op: "add" } });
    const [right, wrong] = difference?.events ?? [];
    if (right?.event !== "executed" || difference?.command.op !== "add") throw new Error("not a trade");
    expect(wrong).toEqual({ ...right, size: right.size + 1 });
    expect(right.taker).toBe(difference.command.id);
    expect(agreement.compared).toBe(difference.index);
    for (const { split, tail, queueing } of engines) expect([split, tail, queueing]).toEqual(Array(3).fill(undefined));
  });

  test("finds a command that gives no event", () => {
    const { difference } = differenceOf(() => new SilentCancel()).agreement;
    if (difference?.command.op !== "cancel") throw new Error("not a cancel");
    const [right, wrong] = difference.events;
    expect(right).toMatchObject({ event: "canceled", id: difference.command.id });
    expect(wrong).not.toEqual(right);
  });

  test("finds a book with one wrong number in it, and shows both books whole", () => {
    const { difference } = differenceOf(() => new WrongBook()).agreement;
    expect(difference?.command.op).toBe("book");
    const [right, wrong] = difference?.events ?? [];
    if (right?.event !== "book" || wrong?.event !== "book") throw new Error("not a book");
    expect(wrong.bids[2][2]).toBe(right.bids[2][2] + 1);
    expect(wrong.asks).toEqual(right.asks);
  });

  test("tells of the 20 commands before it, in their order", () => {
    const { difference } = differenceOf(() => new ShortTrade(5)).agreement;
    const session = openSession(5000);
    while (session.ordersLeft > 0) session.step();
    const commands = decodeAll(session.log.commands);
    const at = commands.findIndex((command) => isDeepStrictEqual(command, difference?.command));
    expect(at).toBeGreaterThan(20);
    expect(difference?.before).toEqual(commands.slice(at - 20, at));
  });

  test.each<[string, () => OrderBook, number]>([
    ["whose fault shows at once", () => new EndlessLot(), 2],
    ["whose fault needs five trades", () => new ShortTrade(5), 20],
  ])("gives a short case for replay, on which the two engines differ: one %s", (_, book, most) => {
    const { replayCase } = differenceOf(book).agreement.difference ?? {};
    if (replayCase === undefined) throw new Error("no case");
    const lines = replayCase.ndjson.trimEnd().split("\n");
    expect(lines.length).toBe(replayCase.commands);
    expect(lines.length).toBeLessThanOrEqual(most);
    const [right, wrong] = [new OrderBook(), book()].map((made) => {
      const engine = withBinaryDoor(made);
      return lines.flatMap((line) => execute(engine, parseCommand(line)));
    });
    expect(wrong).not.toEqual(right);
  });

  test("gives no case where none is short enough to be told", () => {
    const { difference } = differenceOf(() => new ShortTrade(300)).agreement;
    expect(difference?.cause).toBe("engine");
    expect(difference?.replayCase).toBeUndefined();
  });

  test("says nothing that is longer than a message may be", () => {
    const right = contender(() => new OrderBook(), new FlagTrader(), "right");
    const { report, progress } = runAll([right, contender(() => new ShortTrade(60), new FlagTrader())]);
    expect(report.agreement.difference?.replayCase).toBeDefined();
    for (const message of [...progress, report]) expect(JSON.stringify([message]).length).toBeLessThan(65_536);
  });

  test("ends there, and tells where it was", () => {
    const { agreement } = differenceOf(() => new ShortTrade(5));
    const right = expectedEvents(5000);
    let event = -1;
    let trades = 0;
    for (let at = 0; at < right.length && trades < 5; at += 5) {
      if ((right[at] & 0xff) !== 7) event++;
      if ((right[at] & 0xff) === 2) trades++;
    }
    expect(agreement.difference?.index).toBe(event);
  });
});

test("a strategy that is not the same twice is named as the cause", () => {
  let instances = 0;
  const fickle = (): Strategy => {
    const price = 99_000 + instances++;
    return { onBook: (_, market) => void market.buy(price, 1) };
  };
  const { report } = runAll([
    contender(() => new OrderBook(), fickle(), "a"),
    contender(() => new OrderBook(), fickle(), "b"),
  ]);
  expect(report.agreement.difference).toMatchObject({ cause: "strategy", command: { op: "add", price: 99_000 } });
});

test("a profile that nobody knows is refused with the list of profiles", () => {
  const one = [contender(() => new OrderBook())];
  expect(() => runAll(one, { ...requestFor(one), profile: "calm" })).toThrow(/"calm".*std/);
});

test("an engine below the profile's level is refused by name", () => {
  const one = contender(() => new OrderBook());
  one.manifest.level = "core";
  expect(() => runAll([one], { ...requestFor([one]), profile: "full" })).toThrow(/full.*core.*planted/);
  one.manifest.level = "full";
  expect(() => runAll([one], { ...requestFor([one]), profile: "risk" })).toThrow(/risk.*full.*planted/);
});

function fail(): never {
  throw new Error("the time was not split");
}
