import { describe, expect, test } from "vitest";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import type { EngineEvent } from "../../engines/contract/events.ts";
import { listEngines } from "../../engines/registry.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { Comparison } from "../market/comparison.ts";
import { RandomTrader } from "../market/trial-strategies.ts";
import { readMessages } from "./message-shapes.ts";
import { encodePlain } from "./plain-values.ts";
import type { FromWorker, RunRequest } from "./protocol.ts";

class OffByOne extends OrderBook {
  override cancelOrder(id: number): EngineEvent[] {
    return super
      .cancelOrder(id)
      .map((event) => (event.event === "canceled" ? { ...event, size: event.size + 1 } : event));
  }
}

/** Everything that a run with a wrong engine says, as it would be sent. */
function spoken(book: () => OrderBook, options: Partial<RunRequest> = {}, recording?: Uint8Array): FromWorker[] {
  const { manifest } = listEngines()[0];
  const contenders = [() => new OrderBook(), book].map((make) => ({
    manifest,
    create: () => withBinaryDoor(make()),
    strategy: new RandomTrader(),
  }));
  const request = { engines: ["typescript", "typescript"], seed: 1, profile: "std", orders: 3000, ...options };
  let ms = 0;
  const now = () => (ms += 0.01);
  const comparison = new Comparison(request, contenders, { stepUs: 0.01, isolated: false }, now, recording);
  const messages: FromWorker[] = [];
  while (!comparison.done) {
    comparison.next();
    messages.push(comparison.takeProgress());
  }
  const replays = comparison.report();
  let step = replays.next();
  while (!step.done) {
    messages.push({ kind: "splitting", done: step.value });
    step = replays.next();
  }
  return [...messages, step.value];
}

describe("what the worker says", () => {
  test.each([
    ["of a run that agrees", () => new OrderBook()],
    ["of a run that differs", () => new OffByOne()],
  ])("is read back as it was: %s", (_, book) => {
    const messages = spoken(book);
    const wire = JSON.stringify(messages);
    expect(readMessages(wire)).toEqual(JSON.parse(wire));
    expect(messages.length).toBeGreaterThan(1);
  });

  test.each<[string, Partial<RunRequest>]>([
    ["with a latency and fees", { latencyNs: 50_000, fees: { makerTicks: -0.1, takerTicks: 0.3 } }],
    ["of a model market", { profile: "cancel-storm" }],
    ["of a recorded market", { recording: { format: "lobster", tick: 100 } }],
  ])("is read back as it was: of a run %s", (_, options) => {
    const line = (index: number) =>
      `1.5,1,${index},10,${(index % 2 ? 100 - index : 100 + index) * 100},${index % 2 ? 1 : -1}\n`;
    const recording = new TextEncoder().encode(Array.from({ length: 60 }, (_, index) => line(index + 1)).join(""));
    const messages = spoken(() => new OrderBook(), options, recording);
    const wire = JSON.stringify(messages);
    expect(readMessages(wire)).toEqual(JSON.parse(wire));
    const report = messages.at(-1);
    if (report?.kind !== "report") throw new Error("no report");
    expect(report.request).toMatchObject(options);
    expect(report.analytics?.orders.sent).toBeGreaterThan(0);
    expect(messages.some((message) => message.kind === "progress" && message.book?.bids.length)).toBe(true);
  });

  test("is read back with the values that a call returned", () => {
    const wire = JSON.stringify([{ kind: "returned", call: 1, value: encodePlain([undefined, Number.NaN]) }]);
    expect(readMessages(wire)).toEqual([{ kind: "returned", call: 1, value: [undefined, Number.NaN] }]);
  });

  const log = { kind: "log", level: "log", text: "x" };
  test.each<[string, unknown]>([
    ["an unknown kind", [{ kind: "grade", points: 10 }]],
    ["a message that is no array", log],
    ["a key too many", [{ ...log, html: "<b>" }]],
    ["a level that there isn't", [{ ...log, level: "debug" }]],
    ["a line of 0", [{ ...log, line: 0 }]],
    ["a text too long", [{ ...log, text: "x".repeat(2001) }]],
    ["too many messages", Array.from({ length: 301 }, () => log)],
    ["a returned value of an unknown kind", [{ kind: "returned", call: 1, value: { $: "Function", of: "" } }]],
    ["a share above 1", [{ kind: "splitting", done: 1.5 }]],
    ["one bad message among good ones", [log, { kind: "clock", clock: { stepUs: -1, isolated: true } }]],
  ])("is refused: %s", (_, messages) => expect(readMessages(JSON.stringify(messages))).toBeUndefined());

  test("is refused where it is no JSON", () => expect(readMessages("[{]")).toBeUndefined());
});
