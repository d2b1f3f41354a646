import { beforeEach, expect, test } from "vitest";
import { type BoundaryExports, boundaryModule, instantiateBoundary } from "./boundary-module.ts";

let told: number[][];
let core: BoundaryExports;

beforeEach(async () => {
  told = [];
  core = await instantiateBoundary((...order) => void told.push(order));
});

function write(...words: number[]): void {
  new Int32Array(core.memory.buffer).set(words);
}

test("the bytes are a valid module with one import", () => {
  const bytes = boundaryModule();
  expect(WebAssembly.validate(bytes)).toBe(true);
  expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([
    { module: "host", name: "take", kind: "function" },
  ]);
});

test("take adds up its four numbers, and total begins again", () => {
  core.take(1, 20, 300, 4000);
  core.take(-1, 0, 0, 0);
  expect(core.total()).toBe(4320);
  expect(core.total()).toBe(0);
});

test("takeBatch adds up so many orders, and reads no further", () => {
  write(1, 2, 3, 4, 10, 20, 30, 40, 1_000_000);
  core.takeBatch(0, 2);
  expect(core.total()).toBe(110);
  core.takeBatch(16, 1);
  expect(core.total()).toBe(100);
  core.takeBatch(0, 0);
  expect(core.total()).toBe(0);
});

test("takeBytes adds up bytes without a sign", () => {
  new Uint8Array(core.memory.buffer).set([255, 1, 7]);
  core.takeBytes(0, 2);
  expect(core.total()).toBe(256);
});

test("takeBig adds up both halves of a word of 64 bits", () => {
  core.takeBig((5n << 32n) | 7n);
  expect(core.total()).toBe(12);
});

test("tellHost calls back with each order", () => {
  write(1, 2, 3, 4, 5, 6, 7, 8);
  core.tellHost(0, 2);
  expect(told).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
});
