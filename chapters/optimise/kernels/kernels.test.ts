import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KERNEL_PAIRS } from "./catalogue.ts";
import type { KernelOptions } from "./kernel.ts";
import { KERNEL_MAKERS } from "./makers.ts";
import { SIMD_MODULE } from "./module.ts";

const wasm = new Uint8Array(readFileSync(new URL(`../../../${SIMD_MODULE}`, import.meta.url)));

async function outcomes(pair: string, options: KernelOptions): Promise<[number, number]> {
  const make = KERNEL_MAKERS[pair];
  const [first, second] = [await make("first", options), await make("second", options)];
  expect([first(), second()], "a pass comes to the same each time").toEqual([first(), second()]);
  return [first(), second()];
}

test("each pair of the catalogue has its code, and nothing has code but them", () => {
  expect(Object.keys(KERNEL_MAKERS)).toEqual(KERNEL_PAIRS.map(({ name }) => name));
});

describe.each(KERNEL_PAIRS.flatMap((pair) => pair.choice.values.map(([choice]) => ({ name: pair.name, choice }))))(
  "$name with choice $choice",
  ({ name, choice }) => {
    test("both ways come to the same", { timeout: 60_000 }, async () => {
      const [first, second] = await outcomes(name, { choice, seed: 1, wasm });
      expect(second).toBe(first);
      expect(first).not.toBe(0);
    });
  },
);

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test.each(["events", "sides", "queue", "layout", "search", "simd-walk"])(
  "both ways of %s come to the same, whatever the data",
  { timeout: 60_000 },
  async (name) => {
    const choice = name === "sides" ? fc.constantFrom(0, 1) : fc.integer({ min: 1, max: 200 });
    await fc.assert(
      fc.asyncProperty(seed, choice, async (drawn, chosen) => {
        const [first, second] = await outcomes(name, { choice: chosen, seed: drawn, wasm });
        expect(second).toBe(first);
      }),
      { numRuns: name === "sides" ? 5 : 30 },
    );
  },
);

test("the data of another seed come to something else", async () => {
  const [one] = await outcomes("layout", { choice: 500, seed: 1 });
  const [other] = await outcomes("layout", { choice: 500, seed: 2 });
  expect(other).not.toBe(one);
});

test("a pair in Wasm without the module names the file that it needs", async () => {
  await expect(KERNEL_MAKERS["simd-sum"]("first", { choice: 16, seed: 1 })).rejects.toThrow(SIMD_MODULE);
});

test("the module has SIMD in the ways that say so and imports nothing", () => {
  const module = new WebAssembly.Module(wasm);
  expect(WebAssembly.Module.imports(module)).toEqual([]);
  expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toEqual(
    expect.arrayContaining(["memory", "room", "sumScalar", "sumSimd", "walkScalar", "walkSimd"]),
  );
});
