import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { conformanceCases, stepsOf } from "../conformance/cases.ts";
import { hostileRecords } from "../conformance/hostile-records.ts";
import { createOracleEngine } from "../conformance/oracle-engine.ts";
import { reasonToSkip } from "../conformance/runner.ts";
import { COMMAND_WORDS } from "../contract/binary.ts";
import { encodeCommand, type UncheckedCommand } from "../contract/encode.ts";
import { generate } from "../flow/flow.ts";
import { Random } from "../flow/random.ts";

/** The oldest that `core/book.py` runs in. */
const OLDEST = [3, 10];
const PYTHON = process.platform === "win32" ? "python" : "python3";

/** Executes flows of records, each on a new book: a number of words and the words, again and again, in and out. */
const DRIVER = `
import sys
from array import array
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
from book import Book
words = array("i", sys.stdin.buffer.read()).tolist()
at = 0
while at < len(words):
    end = at + 1 + words[at]
    events = Book().submit(words[at + 1 : end])
    sys.stdout.buffer.write(array("i", [len(events)]).tobytes() + events.tobytes())
    at = end
`;

/** Why the book can't run in CPython here; undefined where it can. */
function whyNot(): string | undefined {
  const { stdout, status } = spawnSync(PYTHON, ["-c", "import sys; print(*sys.version_info[:2])"], {
    encoding: "utf8",
  });
  if (status !== 0) return `there is no ${PYTHON} on this machine`;
  const [major, minor] = stdout.trim().split(" ").map(Number);
  const isNewEnough = major === OLDEST[0] && minor >= OLDEST[1];
  return isNewEnough ? undefined : `its ${PYTHON} is ${major}.${minor}, and the book needs ${OLDEST.join(".")}`;
}

function inCPython(flows: readonly Int32Array[]): Int32Array[] {
  const input = Buffer.concat(flows.flatMap((words) => [Int32Array.of(words.length), words]).map(bytesOf));
  const folder = fileURLToPath(new URL("core/", import.meta.url));
  const { stdout, stderr, status } = spawnSync(PYTHON, ["-c", DRIVER, folder], { input, maxBuffer: 2 ** 28 });
  expect(stderr.toString()).toBe("");
  expect(status).toBe(0);
  const words = new Int32Array(new Uint8Array(stdout).buffer);
  const answers: Int32Array[] = [];
  for (let at = 0; at < words.length; at += 1 + words[at]) answers.push(words.subarray(at + 1, at + 1 + words[at]));
  return answers;
}

function bytesOf(words: Int32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

function byOracle(words: Int32Array): Int32Array {
  const oracle = createOracleEngine("core");
  oracle.reserve(Math.ceil(words.length / COMMAND_WORDS));
  oracle.commands.set(words);
  const written = oracle.submit(words.length);
  return oracle.events.slice(0, written);
}

function recordsOf(commands: readonly object[]): Int32Array {
  const words = new Int32Array(commands.length * COMMAND_WORDS);
  for (const [i, command] of commands.entries()) encodeCommand(command as UncheckedCommand, words, i * COMMAND_WORDS);
  return words;
}

const why = whyNot();

test.skipIf(why !== undefined)(
  `the file that runs in the page answers in CPython as the oracle does${why === undefined ? "" : ` (${why})`}`,
  () => {
    const cases = conformanceCases.filter((each) => reasonToSkip(each, "core") === undefined);
    const random = new Random(7);
    const flows = [
      ...cases.map((each) => recordsOf(stepsOf(each).map(({ command }) => command as object))),
      generate("std", 3, 20_000),
      ...Array.from({ length: 8 }, () => hostileRecords(random, 1000, 64)),
    ];
    const answers = inCPython(flows);
    expect(answers).toHaveLength(flows.length);
    expect(answers.findIndex((words, flow) => !equal(words, byOracle(flows[flow])))).toBe(-1);
  },
  60_000,
);

function equal(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}
