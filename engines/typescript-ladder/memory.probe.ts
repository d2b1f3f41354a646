/**
 * Prints what books of this engine hold in memory, in MiB, as JSON. Run by `memory.test.ts` with `--expose-gc`, in a process
 * of its own: a test runner's memory is not still enough to measure in.
 */
import { COMMAND_WORDS, OP, SIDE, SIDE_SHIFT } from "../contract/binary.ts";
import { MAX_ID, MAX_PRICE } from "../contract/commands.ts";
import { Ladder } from "./engine.ts";

const LIVE_ORDERS = 1_000_000;
const BATCH = 1000;

function memoryMiB(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

/** What a book holds with a million orders on it, bids only. */
function heldMiB(idOf: (n: number) => number, priceOf: (n: number) => number): number {
  const before = memoryMiB();
  const ladder = new Ladder();
  ladder.reserve(BATCH);
  for (let done = 0; done < LIVE_ORDERS; done += BATCH) {
    for (let i = 0; i < BATCH; i++) {
      const at = i * COMMAND_WORDS;
      ladder.commands[at] = OP.add | (SIDE.buy << SIDE_SHIFT);
      ladder.commands[at + 1] = idOf(done + i);
      ladder.commands[at + 2] = priceOf(done + i);
      ladder.commands[at + 3] = 1;
    }
    ladder.submit(BATCH * COMMAND_WORDS);
  }
  const held = memoryMiB() - before;
  if (ladder.commands.length === 0)
    throw new Error("the book is still in use here, so that it is not collected before");
  return held;
}

function emptyMiB(): number {
  const before = memoryMiB();
  const ladder = new Ladder();
  const held = memoryMiB() - before;
  ladder.submit(0);
  return held;
}

const dense = (n: number) => n + 1;
const clustered = (n: number) => 100_000 + (n % 500);
/** Steps that visit a million different values all over the range. */
const spreadId = (n: number) => 1 + ((n * 2147) % MAX_ID);
const spreadPrice = (n: number) => 1 + ((n * 16) % MAX_PRICE);

console.log(
  JSON.stringify({
    empty: emptyMiB(),
    dense: heldMiB(dense, clustered),
    spreadIds: heldMiB(spreadId, clustered),
    spreadIdsAndPrices: heldMiB(spreadId, spreadPrice),
  }),
);
