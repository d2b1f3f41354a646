import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the program to its end, or stops it once its standard error holds `stopAt`. */
function run(args: readonly string[], stopAt?: string, env = process.env): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, "bench", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  let isStopped = false;
  child.stdout.on("data", (piece: Buffer) => {
    stdout += piece;
  });
  child.stderr.on("data", (piece: Buffer) => {
    stderr += piece;
    // Once: a process that is about to end has put its handlers down, and a second signal would kill it.
    if (isStopped || stopAt === undefined || !stderr.includes(stopAt)) return;
    isStopped = child.kill("SIGINT");
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

describe("bench refuses, before it measures anything,", () => {
  test.each([
    ["an engine that there is not", ["--engine", "cobol"], /There is no engine "cobol"\. Choose from: typescript, /],
    ["a profile that there is not", ["--profile", "narrow"], /There is no profile "narrow"\. Choose from: std, /],
    ["a seed that is no integer", ["--seed", "1.5"], /Give an integer from 0 to 4294967295\./],
    ["to publish a part", ["--publish", "--profile", "std"], /--publish measures everything: leave/],
    ["a chart of an unknown kind", ["--chart", "chart.png"], /end the file's name in \.svg or \.html/],
    ["a file in no folder", ["--json", "no-such-folder/bench.json"], /there is no folder .*no-such-folder\. Make it/],
    [
      "a part of the pages that there is not",
      ["--page", "weights,speed"],
      /There is no part "speed"\. Choose from: weights/,
    ],
    ["a word too many", ["std"], /too many arguments/],
  ])(
    "%s",
    async (_, args, message) => {
      const { code, stdout, stderr } = await run(args);
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/^ {4}at /m);
      expect(stdout).toBe("");
    },
    30_000,
  );
});

// Windows has no signals: a console's Ctrl-C can't be sent to one process alone.
test.skipIf(process.platform === "win32")(
  "Ctrl-C stops it, with a word and no table",
  async () => {
    const { code, stdout, stderr } = await run(["--quick", "--profile", "std"], "instance 1 of");
    expect(code).toBe(130);
    expect(stderr).toContain("Stopped. Nothing was written.");
    expect(stdout).toBe("");
  },
  30_000,
);

test.skipIf(process.platform === "win32")(
  "--native without a compiler says so, and goes on",
  async () => {
    const nothing = mkdtempSync(join(tmpdir(), "hotpath-no-compiler-"));
    onTestFinished(() => rmSync(nothing, { recursive: true }));
    const args = ["--quick", "--native", "--profile", "std", "--engine", "typescript"];
    const { code, stderr } = await run(args, "instance 1 of", { ...process.env, PATH: nothing });
    expect(stderr).toMatch(/^rust-native: skipped, no Rust toolchain; https:\/\/rustup\.rs$/m);
    expect(stderr).toMatch(
      /^cpp-native: skipped, no C\+\+ compiler, neither clang\+\+-19 nor clang\+\+ nor g\+\+; apt-get install /m,
    );
    expect(stderr).toMatch(/^ocaml-native: skipped, no ocamlopt; apt-get install ocaml-nox /m);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(code).toBe(130);
  },
  30_000,
);
