import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What a program that has ended wrote, and how it ended. */
export interface Outcome {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const [, ...script] = scripts.replay.split(" ");

/** Starts what `npm run replay` starts, without npm: for tests. */
export function startReplay(
  args: readonly string[],
  nodeArgs: readonly string[] = [],
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [...nodeArgs, ...script, ...args], { cwd: root, env: { ...process.env, ...env } });
}

export async function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk) => stdout.push(chunk));
  child.stderr.on("data", (chunk) => stderr.push(chunk));
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString(), exitCode };
}

/** Runs replay to its end, `input` being its standard input. */
export function replay(
  args: readonly string[],
  input: string | Uint8Array = "",
  env: Record<string, string> = {},
): Promise<Outcome> {
  const child = startReplay(args, [], env);
  // The program may end before it has read everything.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return outcomeOf(child);
}
