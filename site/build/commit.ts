import { execFileSync } from "node:child_process";

/** The checkout's commit, with "+" where files differ from it; null outside of one. */
export function commitOfSources(): string | null {
  const git = (...args: string[]) =>
    execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    const commit = git("rev-parse", "--short=12", "HEAD");
    return git("status", "--porcelain", "--untracked-files=no") === "" ? commit : `${commit}+`;
  } catch {
    // No git here, or no checkout: what is measured stands without it.
    return null;
  }
}
