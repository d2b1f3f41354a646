import { describe, expect, test } from "vitest";
import { type Figure, figureRangeText, figureText, findFigure, type Published } from "./figures.ts";

const figure = (value: number, unit: Figure["unit"], low?: number, high?: number): Figure => ({
  value,
  unit,
  low,
  high,
  about: "",
});

describe("a figure's text", () => {
  test.each([
    [figure(21.43, "ns", 20.9, 23.04), "21.4\u00a0ns", "20.9 to 23\u00a0ns"],
    [figure(900, "ns", 800, 1200), "0.9\u00a0µs", "0.8 to 1.2\u00a0µs"],
    [figure(4.123, "times", 3.91, 4.26), "4.1×", "3.9 to 4.3×"],
    [figure(49_916, "bytes"), "49.9\u00a0kB", "49.9\u00a0kB"],
    [figure(1290, "lines"), "1,290\u00a0lines", "1,290\u00a0lines"],
    [figure(31.2, "M/s", 30, 33), "31.2\u00a0M/s", "30 to 33\u00a0M/s"],
    [figure(12.3, "seconds"), "12.3\u00a0s", "12.3\u00a0s"],
  ])("%o is %j, with its range %j", (one, value, range) => {
    expect(figureText(one)).toBe(value);
    expect(figureRangeText(one)).toBe(range);
  });
});

describe("an unknown key", () => {
  const figures = { "rust-wasm.std.submit.ns": figure(1, "ns"), "rust-wasm.std.objects.ns": figure(2, "ns") };
  const published = { figures } as unknown as Published;

  test.each([
    ["rust-wasm.std.submit.speed", "rust-wasm.std.submit.ns."],
    ["rust-wasm.narrow.submit.ns", "rust-wasm.std.submit.ns, rust-wasm.std.objects.ns."],
    ["constructor", "rust-wasm.std.submit.ns, rust-wasm.std.objects.ns."],
  ])("%s is refused with those near it", (key, near) => {
    expect(() => findFigure(key, published)).toThrow(`no figure "${key}". Near it are: ${near}`);
  });
});
