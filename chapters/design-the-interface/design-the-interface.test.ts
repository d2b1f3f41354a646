import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import type { UncheckedCommand } from "../../engines/contract/encode.ts";
import { decodeEvents } from "../../engines/contract/event-records.ts";
import { execute } from "../../engines/contract/text.ts";
import { generate } from "../../engines/flow/flow.ts";
import { loadWasmBook } from "../../engines/rust-wasm/wasm-book.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { pricesAsFractions, pricesAsTicks, showPrices, trades } from "./float-prices.ts";
import { quoteAndWithdraw } from "./one-batch.ts";
import { OwnOrders } from "./own-orders.ts";
import { keepView, showView } from "./view-that-dies.ts";
import { tradeAndLook } from "./worked-example.ts";

const python = ["python3", "python"].find(
  (command) => spawnSync(command, ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]).status === 0,
);

function runPython(file: string, ...args: string[]): string[] {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { status, stdout, stderr } = spawnSync(python as string, [path, ...args], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.trimEnd().split(/\r?\n/);
}

describe("prices", () => {
  test("as fractions, three ticks of a tenth miss their trade; as ticks no price does", () => {
    expect(trades(pricesAsFractions(3, 10))).toBe(false);
    for (let ticks = 1; ticks <= 1000; ticks++) expect(trades(pricesAsTicks(ticks))).toBe(true);
  });

  test("a tick that is a power of two is exact, also as a fraction", () => {
    expect(showPrices(3, 8)[2]).toBe("of the first 1000 prices, 0 are two different fractions, and 0 miss a trade");
  });

  test.skipIf(python === undefined).each([
    [3, 10],
    [700, 100],
    [5, 8],
  ])("%i ticks of 1/%i print the same in Python (skipped where there is no Python 3.8)", (ticks, perUnit) => {
    expect(runPython("./float_prices.py", String(ticks), String(perUnit))).toEqual(showPrices(ticks, perUnit));
  });
});

test.skipIf(python === undefined)(
  "the worked example gives no fill as it is told, and the engine's own events as the contract has it (skipped where there is no Python 3.8)",
  () => {
    const [told, ...events] = runPython("./worked_example.py");
    expect(JSON.parse(told)).toEqual([]);
    expect(events.map((line) => JSON.parse(line))).toEqual(tradeAndLook(new OrderBook()));
  },
);

test("an order and its cancel go in one batch", () => {
  const engine = withBinaryDoor(new OrderBook());
  const words = quoteAndWithdraw(engine, 7, 100);
  expect(decodeEvents(engine.events, words)).toEqual([
    { event: "accepted", id: 7 },
    { event: "canceled", id: 7, size: 10, reason: "user" },
  ]);
});

test("events alone tell what is open: as much as the book holds", () => {
  const words = generate("std", 5, 3000);
  const engine = new OrderBook();
  const own = new OwnOrders();
  for (let at = 0; at < words.length; at += COMMAND_WORDS) {
    const command = decodeCommand(words, at) as UncheckedCommand;
    if (command.op === "add") own.sent(command.id as number, command.size as number);
    for (const event of execute(engine, command)) own.apply(event);
  }
  const book = engine.getBook(2 ** 31 - 1);
  if (book.event !== "book") throw new Error("the book was rejected");
  const levels = [...book.bids, ...book.asks];
  const [orders, lots] = [
    levels.reduce((sum, level) => sum + level[2], 0),
    levels.reduce((sum, level) => sum + level[1], 0),
  ];
  expect(own.open.size).toBe(orders);
  expect([...own.open.values()].reduce((sum, size) => sum + size, 0)).toBe(lots);
  expect(orders).toBeGreaterThan(0);
});

describe("a view that is kept", () => {
  const makeBook = loadWasmBook(async () => {
    const file = new URL("../../wasm-rust/pkg/hotpath_bg.wasm", import.meta.url);
    return new Uint8Array(await readFile(file));
  });

  test("dies when the memory grows, and nothing throws; a fresh one reads the last event", async () => {
    const report = keepView((await makeBook)(), 100_000);
    expect(report.sent).toBeLessThan(100_000);
    expect(report.bytesAfter).toBeGreaterThan(report.bytesBefore);
    expect(report).toMatchObject({ wordsAfter: 0, readKept: undefined, readFresh: 1 });
  });

  test("lives on where the memory did not grow", async () => {
    expect(showView((await makeBook)(), 1).at(-1)).toBe("the view still lives: send more orders");
  });
});
