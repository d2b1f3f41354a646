import { appendFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { EngineManifest } from "../../../engines/contract/engine.ts";
import { PROFILES } from "../../../engines/flow/profiles.ts";
import { listEngines } from "../../../engines/registry.ts";
import type { Comparison } from "../../../lab/measure/verdict.ts";
import { describeMachine, type Machine } from "./machine.ts";
import { measureProfile } from "./measure.ts";
import { enginesOf } from "./other-checkout.ts";
import { type BenchPlan, PLANS } from "./plan.ts";
import type { Subject } from "./subject.ts";

/** Half an hour's patience of a shared machine, not the instances of a publication. */
const PLAN: BenchPlan = { ...PLANS.full, instances: 6, checked: 50_000 };
const PROFILE = "std";
const SEED = 1;

/** How an engine of this checkout did against itself in the other. */
export interface EngineChange {
  engine: string;
  /** How many times as fast it is here; a text says why that wasn't found. */
  outcome: Comparison | string;
}

export interface CompareOptions {
  /** Of this checkout; those that the other hasn't are told of as new. */
  manifests: readonly Pick<EngineManifest, "name" | "door">[];
  plan: BenchPlan;
  signal: AbortSignal;
  onProgress(what: string): void;
}

/**
 * Measures each engine against itself as another checkout has it: both at once, each in a worker of its own, round by round
 * in turn, by the door that is natural to it. Flow, clock and the oracle that checks both are this checkout's.
 *
 * @param base the other checkout's root folder, its packages installed
 * @throws Error where that isn't one
 */
export async function compareWithBase(base: string, options: CompareOptions): Promise<EngineChange[]> {
  const { manifests, plan, signal, onProgress } = options;
  const there = await enginesOf(base);
  const changes: EngineChange[] = [];
  for (const { name, door } of manifests) {
    if (!there.includes(name)) {
      changes.push({ engine: name, outcome: "new: the base hasn't it" });
      continue;
    }
    const here: Subject = { engine: name, door: door === "binary" ? "submit" : "objects" };
    const subjects = [{ ...here, checkout: base }, here];
    const request = { name, profile: PROFILES[PROFILE], seed: SEED, plan, subjects, baselines: [0], singles: false };
    changes.push({ engine: name, outcome: await comparisonOf({ ...request, signal, onProgress }) });
  }
  return changes;
}

/** An engine that can't be compared, for a wrong answer or a contract that changed, doesn't end the others' comparison. */
async function comparisonOf(request: Parameters<typeof measureProfile>[0]): Promise<Comparison | string> {
  try {
    const [, here] = (await measureProfile(request)).subjects;
    return here.against[0] ?? "not compared";
  } catch (error) {
    request.signal.throwIfAborted();
    return `not compared: ${(error as Error).message}`;
  }
}

/** The comparison in Markdown, for the summary of a job. */
export function changesText(changes: readonly EngineChange[], plan: BenchPlan, machine: Machine): string {
  const rows = changes.map(({ engine, outcome }) => {
    if (typeof outcome === "string") return `| ${engine} | | | ${cellText(outcome)} |`;
    const { ratio, low, high, verdict } = outcome;
    return `| ${engine} | ${ratio.toFixed(2)} | ${low.toFixed(2)} to ${high.toFixed(2)} | ${verdict} |`;
  });
  return [
    "### This change against its base",
    "",
    "| engine | times as fast | 95% interval | verdict |",
    "| --- | ---: | ---: | --- |",
    ...rows,
    "",
    `Flow ${PROFILE}, ${plan.instances} instances of ${plan.rounds} rounds, base and change in turn. ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}.`,
    "A shared machine is noisy, and a verdict here fails nothing: look closer where one surprises, with `npm run bench`.",
    "",
  ].join("\n");
}

function cellText(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|");
}

/** `node apps/cli/bench/pull-request.ts ../base [--quick]`. Ends with 0 whatever the times are; with 2 where there is no base. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { quick: { type: "boolean" } } });
  const [base] = positionals;
  if (base === undefined) throw new Error("Name the base's checkout: node apps/cli/bench/pull-request.ts ../base");
  const plan = values.quick ? PLANS.quick : PLAN;
  const changes = await compareWithBase(resolve(base), {
    manifests: listEngines().map(({ manifest }) => manifest),
    plan,
    signal: new AbortController().signal,
    onProgress: (what) => process.stderr.write(`${what}\n`),
  });
  const text = changesText(changes, plan, describeMachine());
  process.stdout.write(text);
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary) await appendFile(summary, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}
