import { Random } from "../../../engines/flow/random.ts";
import { shuffled } from "../../../lab/measure/rounds.ts";
import type { KernelOptions, MakePass } from "./kernel.ts";
import { SIMD_MODULE } from "./module.ts";

const PAGE_BYTES = 65_536;
const ORDER_WORDS = 4;

interface SimdExports {
  readonly memory: WebAssembly.Memory;
  /** Where data may begin, in bytes. */
  room(): number;
  sumScalar(sizes: number, count: number): number;
  sumSimd(sizes: number, count: number): number;
  walkScalar(orders: number, first: number): number;
  walkSimd(orders: number, first: number): number;
}

/** An instance of its own, with so many words of room. @throws Error where the module was not given */
async function instantiate(wasm: KernelOptions["wasm"], words: number) {
  if (wasm === undefined) throw new Error(`This pair needs ${SIMD_MODULE}; give its bytes.`);
  const { instance } = await WebAssembly.instantiate(wasm);
  const core = instance.exports as unknown as SimdExports;
  const at = (core.room() + 15) & ~15;
  const missing = at + words * 4 - core.memory.buffer.byteLength;
  if (missing > 0) core.memory.grow(Math.ceil(missing / PAGE_BYTES));
  return { core, at, view: new Int32Array(core.memory.buffer, at, words) };
}

/** Adding up all sizes, one or sixteen at a time. The choice: how many sizes, a multiple of 16. */
export const makeSum: MakePass = async (way, { choice, seed, wasm }) => {
  const { core, at, view } = await instantiate(wasm, choice);
  const random = new Random(seed);
  for (let order = 0; order < choice; order++) view[order] = 1 + random.below(100);
  return way === "first" ? () => core.sumScalar(at, choice) : () => core.sumSimd(at, choice);
};

/** Walking a queue through shuffled memory, by words or by vectors. The choice: how many orders. */
export const makeWalk: MakePass = async (way, { choice, seed, wasm }) => {
  const { core, at, view } = await instantiate(wasm, choice * ORDER_WORDS);
  const random = new Random(seed);
  const places = shuffled(choice, random);
  for (let order = 0; order < choice; order++) {
    const size = 1 + random.below(100);
    const open = random.below(size + 1);
    const next = order + 1 < choice ? places[order + 1] : -1;
    view.set([size, open, size - open, next], places[order] * ORDER_WORDS);
  }
  const first = places[0];
  return way === "first" ? () => core.walkScalar(at, first) : () => core.walkSimd(at, first);
};
