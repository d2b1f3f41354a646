import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { BinaryDoor } from "../../engines/contract/engine.ts";
import { ItchReader } from "../../engines/flow/itch-reader.ts";
import { LobsterReader } from "../../engines/flow/lobster-reader.ts";
import { parseTick } from "../../engines/flow/recorded-price.ts";
import { Failure } from "./failure.ts";
import type { Output } from "./output.ts";
import { submittedText } from "./submitted-text.ts";

const BATCH_COMMANDS = 1024;
const BATCH_WORDS = BATCH_COMMANDS * COMMAND_WORDS;
const DEFAULT_TICK = "0.01";

export type RecordingFormat = "lobster" | "itch";

/** What the command line says about a recording. */
export interface RecordingFlags {
  symbol?: string;
  /** Dollars. */
  tick?: string;
  skipFar?: boolean;
}

type Reader = ItchReader | LobsterReader;

/** @throws Failure where the flags don't fit the format */
export function readerOf(format: RecordingFormat, { symbol, tick = DEFAULT_TICK, skipFar }: RecordingFlags): Reader {
  const options = { tick: tickOf(tick), farPrices: skipFar ? "skip" : "error" } as const;
  if (format === "itch") return new ItchReader({ ...options, symbol });
  if (symbol !== undefined)
    throw new Failure("A LOBSTER file has one stock and doesn't name it: leave --symbol out.", 2);
  return new LobsterReader(options);
}

function tickOf(dollars: string): number {
  try {
    return parseTick(dollars);
  } catch (error) {
    throw new Failure((error as Error).message, 2);
  }
}

/**
 * Runs a recorded market. Every event of what comes before a wrong record is written before it throws.
 *
 * @throws RecordingError where a record is wrong
 */
export async function replayRecording(
  input: AsyncIterable<Uint8Array>,
  reader: Reader,
  engine: BinaryDoor,
  output: Output,
): Promise<void> {
  engine.reserve(BATCH_COMMANDS);
  for await (const chunk of input) {
    reader.push(chunk);
    await drain(reader, engine, output);
  }
  reader.end();
  await drain(reader, engine, output);
}

async function drain(reader: Reader, engine: BinaryDoor, output: Output): Promise<void> {
  while (!reader.drained) {
    const words = reader.read(engine.commands.subarray(0, BATCH_WORDS));
    await output.writeAll(submittedText(engine, words));
  }
}

/** What of a recording was left out, a sentence each. */
export function leftOut(reader: Reader): string[] {
  const notes: string[] = [];
  if (reader.farOrders > 0) {
    notes.push(`Left out, with all that follows on them: ${reader.farOrders} orders whose price no engine takes.`);
  }
  if (reader instanceof LobsterReader && reader.unknownChanges > 0) {
    notes.push(`Skipped: ${reader.unknownChanges} changes of orders that the file never added.`);
  }
  return notes;
}
