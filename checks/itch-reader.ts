/**
 * Compares this project's ITCH reader with an independent one, MeatPy of PyPI: a made-up day of several stocks, the whole
 * book of each after every 1,000 messages, and its queues order by order at the end, on every engine of level `full`.
 *
 * `node checks/itch-reader.ts [seed]`; exit code 0 where they agree, or where there is no Python 3.11 to ask ("skipped").
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { readArtefact } from "../apps/artefacts.ts";
import type { MatchingEngine } from "../engines/contract/engine.ts";
import { ItchReader } from "../engines/flow/itch-reader.ts";
import { ItchWriter } from "../engines/flow/itch-writer.ts";
import { FEED_TICK, recordedMarket } from "../engines/flow/recorded-market.ts";
import { listEngines, type RegisteredEngine } from "../engines/registry.ts";

const PACKAGE = "meatpy==0.5.0";
const SYMBOLS = ["AAPL", "MSFT", "ZVZZT"];
const MESSAGES = 40_000;
const EVERY = 1000;
const MAX_SIZE = 2 ** 31 - 1;

/** A side as MeatPy has it: each price in 1/10,000 dollars with the sizes of its queue, best first. */
type Side = [price: number, sizes: number[]][];

interface Snapshot {
  messages: number;
  bids: Side;
  asks: Side;
}

function findPython(): string | undefined {
  return ["python3", "python"].find((command) => {
    const asked = spawnSync(command, ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"], { stdio: "ignore" });
    return asked.status === 0;
  });
}

function madeUpDay(seed: number): Uint8Array {
  const market = recordedMarket({ seed, stocks: SYMBOLS.length, liveOrders: 300 });
  const writer = new ItchWriter(SYMBOLS);
  writer.open();
  for (let count = 0; count < MESSAGES; count++) writer.write(market.next().value);
  return writer.bytes;
}

function independentBooks(python: string, folder: string, file: string, symbol: string): Snapshot[] {
  const script = join(import.meta.dirname, "itch-reader.py");
  const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1" };
  const { status, stdout, stderr } = spawnSync(python, [script, file, symbol, String(EVERY)], {
    ...{ env, encoding: "utf8", maxBuffer: 2 ** 28 },
  });
  if (status !== 0) throw new Error(`${PACKAGE} could not read the file:\n${stderr}`);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** Runs the recording on an engine, and returns where it first differs from the other reader's books; or nothing. */
function compare(engine: MatchingEngine, bytes: Uint8Array, symbol: string, expected: Snapshot[]): string | undefined {
  const reader = new ItchReader({ symbol, tick: FEED_TICK });
  engine.reserve(1024);
  reader.push(bytes);
  for (const { messages, bids, asks } of expected) {
    while (reader.records < messages) engine.submit(reader.read(engine.commands, messages - reader.records));
    const book = engine.getBook(MAX_SIZE);
    const expectedBook = { event: "book", bids: bids.map(levelOf), asks: asks.map(levelOf) };
    if (!isDeepStrictEqual(book, expectedBook)) return `after message ${messages}:\n${told(expectedBook, book)}`;
  }
  const last = expected[expected.length - 1];
  for (const side of ["bids", "asks"] as const) {
    const queues = last[side].flatMap(([price, sizes]) => sizes.map((size) => [price / FEED_TICK, size]));
    const met = sweep(engine, side === "bids" ? "sell" : "buy");
    if (!isDeepStrictEqual(met, queues)) return `the queues of the ${side} at the end:\n${told(queues, met)}`;
  }
  return undefined;
}

function levelOf([price, sizes]: Side[number]): [price: number, size: number, orders: number] {
  return [price / FEED_TICK, sizes.reduce((sum, size) => sum + size, 0), sizes.length];
}

/** Price and size of the makers that an order meets which takes all of a side. */
function sweep(engine: MatchingEngine, side: "buy" | "sell"): [price: number, size: number][] {
  const events = engine.addOrder({ id: MAX_SIZE, side, type: "market", size: MAX_SIZE });
  return events.flatMap((event) => (event.event === "executed" ? [[event.price, event.size]] : []));
}

function told(expected: unknown, got: unknown): string {
  return `  ${PACKAGE}: ${JSON.stringify(expected)}\n  this project: ${JSON.stringify(got)}`;
}

async function check(
  seed: number,
  python: string,
  folder: string,
  engines: readonly RegisteredEngine[],
): Promise<boolean> {
  const bytes = madeUpDay(seed);
  const file = join(folder, "day.itch");
  writeFileSync(file, bytes);
  let agrees = true;
  for (const symbol of SYMBOLS) {
    const expected = independentBooks(python, folder, file, symbol);
    for (const { manifest, load } of engines) {
      const create = await load(readArtefact);
      const difference = compare(create(), bytes, symbol, expected);
      if (difference === undefined) console.log(`${manifest.name}, ${symbol}: ${expected.length} books agree`);
      else console.error(`${manifest.name}, ${symbol}, seed ${seed}: the books differ ${difference}`);
      agrees &&= difference === undefined;
    }
  }
  return agrees;
}

/** @returns why the package can't be had, or nothing */
function install(python: string, folder: string): string | undefined {
  const options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--target", folder];
  const result = spawnSync(python, ["-m", "pip", "install", ...options, PACKAGE], { encoding: "utf8" });
  return result.status === 0 ? undefined : result.stderr.trim().split("\n").at(-1);
}

const seed = Number(process.argv[2] ?? 20261122);
const python = findPython();
const folder = mkdtempSync(join(tmpdir(), "itch-reader-"));
try {
  const engines = listEngines().filter(({ manifest }) => manifest.level !== "core");
  const missing = python === undefined ? "there is no Python 3.11 or later" : install(python, folder);
  if (python !== undefined && missing === undefined) {
    process.exitCode = (await check(seed, python, folder, engines)) ? 0 : 1;
  } else if (process.env.CI === "true" && python !== undefined) {
    console.error(`failed: pip can't install ${PACKAGE}: ${missing}`);
    process.exitCode = 1;
  } else console.log(`skipped: the independent ITCH reader did not run: ${missing}`);
} catch (error) {
  console.error(`failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
