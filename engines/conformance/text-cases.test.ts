import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { listEngines } from "../registry.ts";
import { hostileCommands } from "./differential.ts";
import { flowText } from "./flow-text.ts";
import { Oracle } from "./oracle.ts";
import { inputBytes, outputText, textCases } from "./text-cases.ts";

const program = fileURLToPath(new URL("../../apps/cli/main.ts", import.meta.url));
const TIMEOUT_MS = 120_000;

interface Replayed {
  exitCode: number | null;
  output: string;
  complaint: string;
}

/** Runs `replay` as its own process, as a user does. */
function replay(engine: string, input: Uint8Array | string): Promise<Replayed> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, "replay", "--engine", engine], { stdio: "pipe" });
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
    child.on("error", reject);
    child.on("close", (exitCode) =>
      resolve({ exitCode, output: Buffer.concat(output).toString(), complaint: Buffer.concat(complaint).toString() }),
    );
    // A replay that stops early closes its input; its exit code tells.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

describe.concurrent("replay reads the text as the contract says", () => {
  test.each(textCases)("$name", { timeout: TIMEOUT_MS }, async (each) => {
    const { exitCode, output, complaint } = await replay("typescript", inputBytes(each));
    expect(output).toBe(outputText(each));
    if (each.stops === undefined) {
      expect({ exitCode, complaint }).toEqual({ exitCode: 0, complaint: "" });
    } else {
      expect(exitCode).not.toBe(0);
      expect(complaint).toMatch(new RegExp(`\\bline ${each.stops}\\b`));
      expect(complaint).not.toMatch(/^\s+at /m);
    }
  });
});

describe("replay writes what the oracle says", () => {
  const text = [1, 2, 3, 4].map((flowSeed) => flowText(hostileCommands(flowSeed, 1_500))).join("");

  test.each(listEngines().map(({ manifest }) => manifest))(
    "$name",
    { timeout: TIMEOUT_MS },
    async ({ name, level }) => {
      const oracle = new Oracle(level);
      const lines = text.trimEnd().split("\n");
      const due = lines
        .flatMap((line) => oracle.execute(JSON.parse(line)))
        .map((event) => `${JSON.stringify(event)}\n`);
      const { exitCode, output, complaint } = await replay(name, text);
      expect({ exitCode, complaint }).toEqual({ exitCode: 0, complaint: "" });
      expect(output === due.join("")).toBe(true);
    },
  );
});
