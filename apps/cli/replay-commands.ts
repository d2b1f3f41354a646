import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { encodeCommand, type UncheckedCommand } from "../../engines/contract/encode.ts";
import type { BinaryDoor } from "../../engines/contract/engine.ts";
import { echoedOp, LineError, parseCommand } from "../../engines/contract/text.ts";
import { BadLine, type Line, readLines } from "./lines.ts";
import type { Output } from "./output.ts";
import { submittedText } from "./submitted-text.ts";

const BATCH_COMMANDS = 1024;

/**
 * Runs commands in their text form. Every event of the lines before a bad one is written before it throws.
 *
 * @throws BadLine where a line is not a JSON object
 */
export async function replayCommands(
  input: AsyncIterable<Uint8Array>,
  engine: BinaryDoor,
  output: Output,
): Promise<void> {
  const batch = new CommandBatch(engine);
  try {
    for await (const lines of readLines(input)) {
      for (const line of lines) {
        if (isBlank(line.text)) continue;
        batch.add(parseLine(line));
        if (batch.isFull) await output.writeAll(batch.execute());
      }
      await output.writeAll(batch.execute());
    }
  } catch (error) {
    if (error instanceof BadLine) await output.writeAll(batch.execute());
    throw error;
  }
}

function isBlank(line: string): boolean {
  return /^[ \t\r]*$/.test(line);
}

function parseLine({ number, text }: Line): UncheckedCommand {
  try {
    return parseCommand(text);
  } catch (error) {
    throw error instanceof LineError ? new BadLine(number, error.message) : error;
  }
}

/** Commands collected for an engine's binary door. */
class CommandBatch {
  readonly #engine: BinaryDoor;
  #unknownOps: (string | null)[] = [];
  #words = 0;
  #endsWithBook = false;

  constructor(engine: BinaryDoor) {
    this.#engine = engine;
    engine.reserve(BATCH_COMMANDS);
  }

  /** Whether it must be executed before the next command. A book ends a batch, since its events may be many. */
  get isFull(): boolean {
    return this.#endsWithBook || this.#words === BATCH_COMMANDS * COMMAND_WORDS;
  }

  add(command: UncheckedCommand): void {
    if (!encodeCommand(command, this.#engine.commands, this.#words)) this.#unknownOps.push(echoedOp(command));
    this.#endsWithBook = command.op === "book";
    this.#words += COMMAND_WORDS;
  }

  /** Executes the commands, gives the text of their events, and is empty then. */
  execute(): Generator<string> {
    const text = submittedText(this.#engine, this.#words, this.#unknownOps);
    this.#words = 0;
    this.#unknownOps = [];
    this.#endsWithBook = false;
    return text;
  }
}
