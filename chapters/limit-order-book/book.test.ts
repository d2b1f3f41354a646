import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import type { UncheckedCommand } from "../../engines/contract/encode.ts";
import { execute } from "../../engines/contract/text.ts";
import { generate } from "../../engines/flow/flow.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";

const script = fileURLToPath(new URL("./book.py", import.meta.url));
const python = ["python3", "python"].find(
  (command) => spawnSync(command, ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]).status === 0,
);

/** A seeded flow with a read of the book after every hundredth command. */
function flow(seed: number, commands: number): UncheckedCommand[] {
  const words = generate("std", seed, commands);
  const decoded: UncheckedCommand[] = [];
  for (let at = 0; at < words.length; at += COMMAND_WORDS) {
    decoded.push(decodeCommand(words, at) as UncheckedCommand);
    if (decoded.length % 100 === 0) decoded.push({ op: "book", depth: 5 });
  }
  return decoded;
}

test.skipIf(python === undefined).each([1, 7, 42])(
  "the book in Python gives the engine's own events on a seeded flow, seed %i (skipped where there is no Python 3.8)",
  (seed) => {
    const commands = flow(seed, 4000);
    const engine = new OrderBook();
    const expected = commands.flatMap((command) => execute(engine, command)).map((event) => JSON.stringify(event));
    const input = commands.map((command) => `${JSON.stringify(command)}\n`).join("");
    const { stdout, stderr, status } = spawnSync(python as string, [script], {
      input,
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.trimEnd().split(/\r?\n/)).toEqual(expected);
    expect(expected.some((event) => event.includes("executed"))).toBe(true);
  },
);
