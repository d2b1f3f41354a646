import { Failure } from "../failure.ts";
import { type ChildRequest, type Ended, runChild } from "./child.ts";
import type { NativeBench, NativeEngine } from "./native.ts";

/** What a result says of a native engine: what it was built with, or why there is none. */
export type NativeAbout = { engine: NativeEngine; builtWith: string } | { engine: NativeEngine; skipped: string };

/** A native engine where it could be built; else `about` says why not. */
export interface Prepared {
  about: NativeAbout;
  bench?: NativeBench;
}

export interface NativeRequest {
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onProgress(what: string): void;
}

export function skipped(engine: NativeEngine, why: string): Prepared {
  return { about: { engine, skipped: why } };
}

/** Runs a program to its end. @returns undefined where there is no such program */
export async function runIfThere(command: string, args: string[], request: ChildRequest): Promise<Ended | undefined> {
  try {
    return await runChild(command, args, request);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EACCES") return undefined;
    throw error;
  }
}

/** What a native program wrote. @throws Failure with its own words where it failed */
export function wordsOf(engine: NativeEngine, { stdout, stderr, exitCode }: Ended): string {
  if (exitCode !== 0) throw new Failure(`${engine} failed: ${stderr.trim() || `exit code ${exitCode}`}`);
  return stdout;
}
