import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { EngineManifest } from "../engines/contract/engine.ts";
import { listEngines } from "../engines/registry.ts";
import { root } from "./tree.ts";

/** Runs git at the root. @returns what it printed; undefined where it failed, as it does outside of a checkout */
type Git = (...args: string[]) => string | undefined;

const git: Git = (...args) => {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8", windowsHide: true });
  return status === 0 ? stdout : undefined;
};

/**
 * The engines that a change touches: a file in an engine's folder, in the folder of its sources or of what is built from
 * them. What all share (contract, conformance) is nobody's, since it changes all.
 *
 * @param files from the project's root, with forward slashes
 */
export function enginesTouched(files: readonly string[], manifests: readonly EngineManifest[]): string[] {
  return manifests
    .filter((manifest) => {
      const folders = foldersOf(manifest);
      return files.some((file) => folders.some((folder) => file.startsWith(folder)));
    })
    .map(({ name }) => name);
}

/** A core outside of `engines/` is a workspace, and its lock and settings count too. */
function foldersOf({ name, sources, artefacts }: EngineManifest): string[] {
  const elsewhere = [...sources, ...artefacts].filter((path) => !path.startsWith("engines/"));
  return [`engines/${name}/`, ...elsewhere.map((path) => `${path.split("/")[0]}/`)];
}

/**
 * The files that differ from what this change is to be merged into, those not committed among them. That is: what
 * `HOTPATH_CHANGED` lists, separated by spaces or line ends; or the files since the last commit in common with the pull request's
 * base (`GITHUB_BASE_REF`) or `origin/main`; or, on that branch itself, since the commit before.
 *
 * @returns undefined where nobody can tell: git or the history isn't there
 */
export function changedFiles(environment: NodeJS.ProcessEnv, run: Git = git): string[] | undefined {
  const { HOTPATH_CHANGED: listed, GITHUB_BASE_REF: target } = environment;
  if (listed) return listed.split(/\s+/).filter((file) => file !== "");
  const head = run("rev-parse", "HEAD")?.trim();
  const inCommon = run("merge-base", "HEAD", `origin/${target || "main"}`)?.trim();
  const from = inCommon !== undefined && inCommon !== head ? inCommon : run("rev-parse", "HEAD~")?.trim();
  if (from === undefined) return undefined;
  const changed = run("diff", "--name-only", "-z", from);
  const added = run("ls-files", "--others", "--exclude-standard", "-z");
  return `${changed ?? ""}${added ?? ""}`.split("\0").filter((file) => file !== "");
}

/** `node checks/changed-engines.ts`: checks the engines that the change touches, before all else, and ends with 1 where one fails. */
function main(): void {
  const manifests = listEngines().map(({ manifest }) => manifest);
  const files = changedFiles(process.env);
  if (files === undefined) {
    console.info("skipped: git doesn't say what changed; all engines are tested with all else");
    return;
  }
  const touched = enginesTouched(files, manifests);
  if (touched.length === 0) console.info("no engine changed");
  for (const engine of touched) {
    console.info(`${engine} changed: npm run conform -- --engine ${engine} --deep`);
    const args = ["apps/cli/main.ts", "conform", "--engine", engine, "--deep"];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
    if (status === 0) continue;
    console.info(`failed: ${engine} doesn't conform`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
