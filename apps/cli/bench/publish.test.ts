import { expect, test } from "vitest";
import { findFigure } from "../../../engines/published/figures.ts";
import { findEngine } from "../../../engines/registry.ts";
import { codeLines, readEngineSources } from "./engine-sources.ts";
import { PLANS } from "./plan.ts";
import { publish } from "./publish.ts";
import type { BenchResult } from "./report.ts";

const comparison = { ratio: 2, low: 1.5, high: 2.5, verdict: "faster" as const, instances: 3 };
const singles = { all: { count: 9, p50: 140, p99: 400, p999: 900 }, clock: { count: 9, p50: 40, p99: 60, p999: 90 } };

function result(): BenchResult {
  const subject = { unsteady: 0, wallNs: 1, cpuNs: 1 };
  return {
    machine: { cpu: "a", cores: 2, memoryGiB: 4, system: "s", node: "v24", v8: "13", commit: null, date: "2026-01-01" },
    seed: 1,
    plan: PLANS.quick,
    control: null,
    natives: null,
    profiles: [
      {
        profile: "std",
        checkedCommands: 1,
        timedCommands: 1,
        eventHash: "",
        fills: 0,
        volume: 0,
        clock: "cpu",
        baselines: [
          { engine: "typescript", door: "submit" },
          { engine: "typescript", door: "objects" },
        ],
        subjects: [
          {
            ...subject,
            engine: "rust-wasm",
            door: "submit",
            instancesNs: [20, 25, 21],
            against: [comparison, { ...comparison, ratio: 3 }],
            singles,
          },
        ],
        natives: [],
      },
    ],
    leftOut: [],
    liveOrders: [],
    itch: null,
  } as unknown as BenchResult;
}

test("what a bench found becomes figures with ranges, one for each door's comparison", async () => {
  const ended = AbortSignal.abort(Object.assign(new Error("no compiler in this test"), { code: "ENOENT" }));
  const published = await publish(result(), ended);
  const figure = (key: string) => findFigure(key, published);
  expect(figure("rust-wasm.std.submit.ns")).toMatchObject({ value: 21, low: 20, high: 25, unit: "ns" });
  expect(figure("rust-wasm.std.submit.mps")).toMatchObject({ low: 40, high: 50, unit: "M/s" });
  expect(figure("rust-wasm.std.submit.ratio")).toMatchObject({ value: 2, verdict: "faster" });
  expect(figure("rust-wasm.std.submit.ratio-to-objects").value).toBe(3);
  expect(figure("rust-wasm.std.submit.p50").value).toBe(100);
  expect(figure("rust-wasm.lines").value).toBeGreaterThan(figure("typescript.lines").value);
  expect(figure("rust-wasm.gzip").value).toBeLessThan(figure("rust-wasm.size").value);
  expect(published.plan).toBe("quick");
}, 60_000);

test("a source that is loaded as it stands counts as one, and a built file doesn't", () => {
  const { manifest } = findEngine("ocaml");
  const asItIs = readEngineSources(manifest);
  const artefacts = [...manifest.artefacts, "engines/ocaml/core/book.ml"];
  expect(readEngineSources({ ...manifest, artefacts })).toEqual(asItIs);
  expect(readEngineSources({ ...manifest, artefacts: [] }).lines).toBeGreaterThan(asItIs.lines);
});

test.each([
  ["a.ts", "/** doc\n * b\n */\nlet a; // c\n\n  // d\n", ["let a; // c"]],
  ["a.rs", "fn a() {}\r\n// b\r\n#[cfg(test)]\nmod tests {}", ["fn a() {}"]],
  ["a.py", '"""doc"""\nx = 1\n  # b\n', ["x = 1"]],
  ["a.ml", "(* a\n b *)\nlet x = 1\n", ["let x = 1"]],
])("of %s only the lines of code count", (file, text, lines) => {
  expect(codeLines(text, file)).toEqual(lines);
});
