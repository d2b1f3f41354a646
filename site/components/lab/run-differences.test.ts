import { expect, test } from "vitest";
import { type Ran, runDifferences, settingsText } from "./run-differences.ts";

const TITLES = { typescript: "TypeScript", "rust-wasm": "Rust" };
const pin: Ran = {
  request: { engines: ["typescript", "rust-wasm"], seed: 7, profile: "std", orders: 100_000 },
  files: { "a.ts": "one" },
};
const later = (request: Partial<Ran["request"]>, files = pin.files): Ran => ({
  request: { ...pin.request, ...request },
  files,
});

test("a run of the same settings and code differs in nothing, also where a default is written out", () => {
  expect(runDifferences(pin, later({ latencyNs: 0, fees: { makerTicks: 0, takerTicks: 0 } }), TITLES)).toEqual([]);
});

test("each setting that changed is told with both values, and the code without them", () => {
  const now = later(
    {
      engines: ["typescript"],
      seed: 12,
      orders: 1_000_000,
      latencyNs: 5000,
      fees: { makerTicks: -0.2, takerTicks: 1 },
    },
    { "a.ts": "two" },
  );
  expect(runDifferences(pin, now, TITLES)).toEqual([
    "engines: TypeScript and Rust, now TypeScript",
    "orders: 100,000, now 1,000,000",
    "seed: 7, now 12",
    "latency: 0 ns, now 5,000 ns",
    "fees: 0 / 0, now -0.2 / 1",
    "code: changed since",
  ]);
});

test("a file of one's own is another market", () => {
  const now = later({ recording: { format: "itch", tick: 100, symbol: "AAPL" } });
  expect(runDifferences(pin, now, TITLES)).toEqual(["market: std, now own itch file AAPL"]);
  expect(settingsText(now.request)).toBe("own itch file AAPL, 100,000 orders, seed 7");
});
