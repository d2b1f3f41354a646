import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { chartSvg } from "./chart.ts";
import { runChild } from "./child.ts";
import { readNativeOutput } from "./native-output.ts";
import { type Native, prepareNative } from "./native-toolchain.ts";
import { type BenchPlan, PLANS } from "./plan.ts";
import { reportText } from "./report.ts";
import { runBench } from "./run.ts";
import { Stopped } from "./worker-client.ts";

/** What `wasm-rust/bench --json --profile full --commands 1200 --rounds 2 --batch 64 --seed 3` wrote. */
const RECORDED = `{"engine":"rust-native","seed":3,"commands":1200,"clockMedianNs":20,"profiles":[{"profile":"full","events":8506,"eventsHash":"7bd6dc7b9456b915","batchNsPerOp":[26.932,22.642],"latency":[{"op":"all","count":1080,"p50Ns":20,"p99Ns":110,"p999Ns":150},{"op":"add","count":629,"p50Ns":20,"p99Ns":100,"p999Ns":131},{"op":"market","count":43,"p50Ns":50,"p99Ns":150,"p999Ns":150},{"op":"cancel","count":240,"p50Ns":10,"p99Ns":30,"p999Ns":31},{"op":"replace","count":158,"p50Ns":20,"p99Ns":70,"p999Ns":90},{"op":"book","count":10,"p50Ns":111,"p99Ns":171,"p999Ns":171}]}]}
`;

/** Times the commands that were recorded. */
const PLAN: BenchPlan = {
  ...PLANS.quick,
  instances: 2,
  rounds: 2,
  chunk: 600,
  mostLead: 100,
  batch: 64,
  warmUp: { leastMs: 0, mostMs: 1 },
  checked: 2000,
  singles: 400,
};

function bench(native: Native, seed = 3) {
  const { signal } = new AbortController();
  const engines = ["rust-wasm"];
  return runBench({
    engines,
    against: engines,
    profiles: ["full"],
    seed,
    plan: PLAN,
    native,
    signal,
    onProgress: () => {},
  });
}

function writes(output: string): Native {
  return { about: { cargo: "1.95.0" }, bench: { run: async () => output } };
}

describe("native beside the engines", async () => {
  const asked: string[][] = [];
  const run = async (args: readonly string[]) => {
    asked.push([...args]);
    return RECORDED;
  };
  const result = await bench({ about: { cargo: "1.95.0" }, bench: { run } });
  const [{ native }] = result.profiles;

  test("it is asked for the same commands, before each instance and after the last", () => {
    const args = "--json --profile full --seed 3 --commands 1200 --batch 64 --rounds 2".split(" ");
    expect(asked).toEqual([args, args, args]);
  });

  test("its events are those of the oracle, opening and all", () => {
    expect(native).toMatchObject({ eventHash: "7bd6dc7b9456b915", checkedCommands: 4096 + 1200, timedCommands: 1200 });
    expect(native?.wallNs).toBeCloseTo((26.932 + 22.642) / 2);
    expect(native?.roundsNs).toHaveLength(3);
  });

  test("the report has its speed, its spread and its single commands, and says that it is not paired", () => {
    const report = reportText(result);
    expect(report).toContain("native: built with cargo 1.95.0");
    expect(report).toMatch(/^rust-native +process +40\.3 +– +24\.8 +not paired$/m);
    expect(report).toContain("there is no ratio, but the spread of its rounds, 22.6 to 26.9 ns");
    expect(report).toMatch(/^rust-native +process +all +1,080 +20 +110 +150 +20 – –$/m);
    expect(report).toMatch(/^ +replace +158 +20 +70 +90$/m);
  });

  test("the drawing has a bar for it, and the JSON its rounds", () => {
    expect(chartSvg(result)).toContain("rust-native, wall time");
    expect(JSON.parse(JSON.stringify(result)).profiles[0].native.roundsNs[0]).toEqual([26.932, 22.642]);
  });
}, 60_000);

describe("native is refused", () => {
  test("where its events are others than the oracle's, with both hashes", async () => {
    const wrong = RECORDED.replace("7bd6dc7b9456b915", "0123456789abcdef");
    await expect(bench(writes(wrong))).rejects.toThrow(
      /rust-native gave a wrong answer on full with seed 3: .* 0123456789abcdef and not 7bd6dc7b9456b915\. A wrong/,
    );
  }, 60_000);

  test("where it measured something else", async () => {
    await expect(bench(writes(RECORDED), 4)).rejects.toThrow(/with seed 3, and was asked for 1200 of full with seed 4/);
  }, 60_000);

  test.each([
    ["is no JSON", () => "thread panicked", /its output should be JSON/],
    ["lacks its rounds", (text: string) => text.replace("batchNsPerOp", "rounds"), /batchNsPerOp should be a list/],
    ["has no round", (text: string) => text.replace("[26.932,22.642]", "[]"), /batchNsPerOp should be a time at least/],
    [
      "has a time that is none",
      (text: string) => text.replace("26.932", '"NaN"'),
      /batchNsPerOp\[0\] should be a numb/,
    ],
    ["has a short hash", (text: string) => text.replace("7bd6dc7b", ""), /eventsHash should be 16 hexadecimal digits/],
    [
      "has an unknown kind",
      (text: string) => text.replace('"market"', '"stop"'),
      /latency\[2\]\.op should be all, add/,
    ],
    ["is another program's", (text: string) => text.replace("rust-native", "other"), /engine should be "rust-native"/],
  ])("where what it wrote %s", (_, broken, message) => {
    expect(() => readNativeOutput(broken(RECORDED))).toThrow(message);
  });
});

describe("without a Rust toolchain", () => {
  test("it is skipped, with where to get one", async () => {
    const nothing = mkdtempSync(join(tmpdir(), "hotpath-no-cargo-"));
    onTestFinished(() => rmSync(nothing, { recursive: true }));
    const { signal } = new AbortController();
    const native = await prepareNative({ environment: { PATH: nothing }, signal, onProgress: () => {} });
    expect(native).toEqual({ about: { skipped: "no Rust toolchain; https://rustup.rs" } });
  });

  test("the others are measured, and the report says so", async () => {
    const result = await bench({ about: { skipped: "no Rust toolchain; https://rustup.rs" } });
    expect(result.profiles[0].native).toBeNull();
    const report = reportText(result);
    expect(report).toContain("native: skipped, no Rust toolchain; https://rustup.rs\n");
    expect(report).not.toContain("rust-native");
  }, 60_000);
});

test("a child process stops with the bench", async () => {
  const stopping = new AbortController();
  const forever = "console.log(process.pid); setInterval(() => {}, 1000)";
  const request = { folder: tmpdir(), environment: process.env, signal: stopping.signal };
  const ended = runChild(process.execPath, ["--eval", forever], request);
  setTimeout(() => stopping.abort(new Stopped()), 100);
  // It ends by nothing else: else this would not end.
  await expect(ended).rejects.toThrow(Stopped);
}, 30_000);
