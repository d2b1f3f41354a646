import { execFileSync } from "node:child_process";
import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

/** Where a measurement was made. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
  node: string;
  v8: string;
  /** Of the checkout, with "+" where files differ from it; null outside of one. */
  commit: string | null;
  date: string;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() || "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    v8: process.versions.v8,
    commit: commitOfCheckout(),
    date: new Date().toISOString().slice(0, 10),
  };
}

function commitOfCheckout(): string | null {
  const cwd = fileURLToPath(new URL("../../..", import.meta.url));
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    const commit = git("rev-parse", "--short=12", "HEAD");
    return git("status", "--porcelain", "--untracked-files=no") === "" ? commit : `${commit}+`;
  } catch {
    // No git here, or no checkout: the numbers stand without it.
    return null;
  }
}
