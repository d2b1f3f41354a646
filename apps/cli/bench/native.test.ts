import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { chartSvg } from "./chart.ts";
import { runChild } from "./child.ts";
import type { NativeBench, NativeQuestion } from "./native.ts";
import { prepareCores } from "./native-cores.ts";
import { readCoreOutput, readRustOutput } from "./native-output.ts";
import { type Natives, prepareNatives } from "./native-toolchain.ts";
import { type BenchPlan, PLANS } from "./plan.ts";
import { reportText } from "./report.ts";
import { runBench } from "./run.ts";
import { Stopped } from "./worker-client.ts";

/** What `wasm-rust/bench --json --profile full --commands 1200 --rounds 2 --batch 64 --seed 3` wrote. */
const RECORDED = `{"engine":"rust-native","seed":3,"commands":1200,"clockMedianNs":20,"profiles":[{"profile":"full","events":8506,"eventsHash":"7bd6dc7b9456b915","batchNsPerOp":[26.932,22.642],"latency":[{"op":"all","count":1080,"p50Ns":20,"p99Ns":110,"p999Ns":150},{"op":"add","count":629,"p50Ns":20,"p99Ns":100,"p999Ns":131},{"op":"market","count":43,"p50Ns":50,"p99Ns":150,"p999Ns":150},{"op":"cancel","count":240,"p50Ns":10,"p99Ns":30,"p999Ns":31},{"op":"replace","count":158,"p50Ns":20,"p99Ns":70,"p999Ns":90},{"op":"book","count":10,"p50Ns":111,"p99Ns":171,"p999Ns":171}]}]}
`;

/** What `native 4096 64 2` of engines/cpp-wasm/bench wrote of the same commands. */
const CPP_RECORDED = `{"engine":"cpp-native","commands":1200,"clockMedianNs":20,"eventsHash":"7bd6dc7b9456b915","batchNsPerOp":[29.769,26.063],"latency":[{"op":"all","count":1080,"p50Ns":20,"p99Ns":110,"p999Ns":150},{"op":"replace","count":158,"p50Ns":11,"p99Ns":90,"p999Ns":121}]}
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

function bench(natives: Natives) {
  const { signal } = new AbortController();
  const engines = ["rust-wasm"];
  return runBench({
    engines,
    against: engines,
    profiles: ["full"],
    seed: 3,
    plan: PLAN,
    natives,
    signal,
    onProgress: () => {},
  });
}

function rust(output = RECORDED): NativeBench {
  return { engine: "rust-native", run: async () => readRustOutput(output) };
}

function nativesOf(...benches: NativeBench[]): Natives {
  return {
    about: benches.map(({ engine }) => ({ engine, builtWith: "a compiler 1.0.0" })),
    benches,
    end: () => {},
  };
}

describe("natives beside the engines", async () => {
  const asked: NativeQuestion[] = [];
  const cpp: NativeBench = {
    engine: "cpp-native",
    run: async (question) => {
      asked.push(question);
      return readCoreOutput(CPP_RECORDED, "cpp-native");
    },
  };
  const result = await bench(nativesOf(rust(), cpp));
  const [{ natives }] = result.profiles;

  test("each is asked for the same commands, before each instance and after the last", () => {
    const { profile, ...numbers } = asked[0];
    expect(numbers).toEqual({ profileName: "full", seed: 3, opening: 4096, commands: 1200, batch: 64, rounds: 2 });
    expect(profile.kind).toBe("full");
    expect(asked).toEqual([asked[0], asked[0], asked[0]]);
  });

  test("their events are those of the oracle, opening and all", () => {
    const checked = { eventHash: "7bd6dc7b9456b915", checkedCommands: 4096 + 1200, timedCommands: 1200 };
    expect(natives).toMatchObject([
      { engine: "rust-native", ...checked },
      { engine: "cpp-native", ...checked },
    ]);
    expect(natives[0].wallNs).toBeCloseTo((26.932 + 22.642) / 2);
    expect(natives[0].roundsNs).toHaveLength(3);
  });

  test("the report has their speed, their spread and their single commands, and says that they are not paired", () => {
    const report = reportText(result);
    expect(report).toContain("rust-native: built with a compiler 1.0.0\ncpp-native: built with");
    expect(report).toMatch(/^rust-native +process +40\.3 +– +24\.8 +not paired$/m);
    expect(report).toMatch(/^cpp-native +process +35\.8 +– +27\.9 +not paired$/m);
    expect(report).toContain("there is no ratio, but the spread of its rounds, 22.6 to 26.9 ns");
    expect(report).toMatch(/^rust-native +process +all +1,080 +20 +110 +150 +20 – –$/m);
    expect(report).toMatch(/^ +replace +158 +20 +70 +90$/m);
  });

  test("the drawing has a bar for each, and the JSON their rounds", () => {
    expect(chartSvg(result)).toContain("rust-native, wall time");
    expect(chartSvg(result)).toContain("cpp-native, wall time");
    expect(JSON.parse(JSON.stringify(result)).profiles[0].natives[0].roundsNs[0]).toEqual([26.932, 22.642]);
  });
}, 60_000);

describe("native is refused", () => {
  test("where its events are others than the oracle's, with both hashes", async () => {
    const wrong = RECORDED.replace("7bd6dc7b9456b915", "0123456789abcdef");
    await expect(bench(nativesOf(rust(wrong)))).rejects.toThrow(
      /rust-native gave a wrong answer on full with seed 3: .* 0123456789abcdef and not 7bd6dc7b9456b915\. A wrong/,
    );
  }, 60_000);

  test("where it measured something else", async () => {
    const fewer = RECORDED.replace('"commands":1200', '"commands":1100');
    await expect(bench(nativesOf(rust(fewer)))).rejects.toThrow(/measured 1100 commands, and was asked for 1200/);
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
    expect(() => readRustOutput(broken(RECORDED))).toThrow(message);
  });

  test("where a core's output is another engine's", () => {
    expect(() => readCoreOutput(CPP_RECORDED, "ocaml-native")).toThrow(/engine should be "ocaml-native"/);
  });
});

describe("without a compiler", () => {
  test("each is skipped, with where to get one", async () => {
    const nothing = mkdtempSync(join(tmpdir(), "hotpath-no-compiler-"));
    onTestFinished(() => rmSync(nothing, { recursive: true }));
    const { signal } = new AbortController();
    const natives = await prepareNatives({ environment: { PATH: nothing }, signal, onProgress: () => {} });
    natives.end();
    expect(natives.benches).toEqual([]);
    expect(natives.about).toEqual([
      { engine: "rust-native", skipped: "no Rust toolchain; https://rustup.rs" },
      {
        engine: "cpp-native",
        skipped: expect.stringMatching(/^no C\+\+ compiler, .*; apt-get install g\+\+ \(Debian\), /),
      },
      {
        engine: "ocaml-native",
        skipped: expect.stringMatching(/^no ocamlopt; apt-get install ocaml-nox \(Debian\), /),
      },
    ]);
  });

  test("the others are measured, and the report says so", async () => {
    const about = [{ engine: "rust-native", skipped: "no Rust toolchain; https://rustup.rs" }] as const;
    const result = await bench({ about, benches: [], end: () => {} });
    expect(result.profiles[0].natives).toEqual([]);
    const report = reportText(result);
    expect(report).toContain("rust-native: skipped, no Rust toolchain; https://rustup.rs\n");
    expect(report).not.toMatch(/^rust-native +process/m);
  }, 60_000);
});

/** Compilers take seconds: CI alone waits for them. */
test.runIf(process.env.HOTPATH_HEAVY)(
  "what is built of the C++ and the OCaml core here gives the oracle's events",
  async () => {
    const { signal } = new AbortController();
    const { prepared, end } = await prepareCores({ environment: process.env, signal, onProgress: () => {} });
    onTestFinished(end);
    const benches = prepared.flatMap((each) => each.bench ?? []);
    const result = await bench(nativesOf(...benches));
    const [{ natives }] = result.profiles;
    expect(natives.map(({ engine }) => engine)).toEqual(benches.map(({ engine }) => engine));
    for (const { eventHash, singles } of natives) {
      expect(eventHash).toBe("7bd6dc7b9456b915");
      expect(singles.map(({ kind, count }) => [kind, count])).toEqual([
        ["all", 1080],
        ["add", 629],
        ["market", 43],
        ["cancel", 240],
        ["replace", 158],
        ["book", 10],
      ]);
    }
  },
  120_000,
);

test("a child process stops with the bench", async () => {
  const stopping = new AbortController();
  const forever = "console.log(process.pid); setInterval(() => {}, 1000)";
  const request = { folder: tmpdir(), environment: process.env, signal: stopping.signal };
  const ended = runChild(process.execPath, ["--eval", forever], request);
  setTimeout(() => stopping.abort(new Stopped()), 100);
  // It ends by nothing else: else this would not end.
  await expect(ended).rejects.toThrow(Stopped);
}, 30_000);
