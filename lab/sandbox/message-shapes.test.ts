import { describe, expect, test } from "vitest";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import type { EngineEvent } from "../../engines/contract/events.ts";
import { listEngines } from "../../engines/registry.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { Comparison } from "../market/comparison.ts";
import { readMessages } from "./message-shapes.ts";
import { encodePlain } from "./plain-values.ts";
import type { FromWorker } from "./protocol.ts";

class OffByOne extends OrderBook {
  override cancelOrder(id: number): EngineEvent[] {
    return super
      .cancelOrder(id)
      .map((event) => (event.event === "canceled" ? { ...event, size: event.size + 1 } : event));
  }
}

/** Everything that a run with a wrong engine says, as it would be sent. */
function spoken(book: () => OrderBook): FromWorker[] {
  const { manifest } = listEngines()[0];
  const contenders = [() => new OrderBook(), book].map((make) => ({
    manifest,
    create: () => withBinaryDoor(make()),
    strategy: {},
  }));
  const request = { engines: ["typescript", "typescript"], seed: 1, profile: "std", orders: 3000 };
  let ms = 0;
  const now = () => (ms += 0.01);
  const comparison = new Comparison(request, contenders, { stepUs: 0.01, isolated: false }, now);
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
