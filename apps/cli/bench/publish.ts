import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Figure, Published } from "../../../engines/published/figures.ts";
import { listEngines } from "../../../engines/registry.ts";
import { median } from "../../../lab/measure/statistics.ts";
import type { Comparison } from "../../../lab/measure/verdict.ts";
import { measureBuildTime } from "./build-time.ts";
import { measureEngineSize } from "./engine-size.ts";
import { readEngineSources } from "./engine-sources.ts";
import type { ProfileResult, SubjectResult } from "./measure.ts";
import { PLANS } from "./plan.ts";
import type { BenchResult } from "./report.ts";
import type { Door } from "./subject.ts";

/** Where the numbers are kept, from the project's root. */
export const PUBLISHED = "engines/published/published.json";

/** What all ratios are to. */
export const PUBLISHED_AGAINST = "typescript";

type Figures = Published["figures"];

/** Puts what a bench found into the form that pages show, with sizes, lines and build times. */
export async function publish(result: BenchResult, signal: AbortSignal): Promise<Published> {
  const { cpu, cores, memoryGiB, system, node, v8, commit, date } = result.machine;
  const versions: Record<string, string> = { node, v8 };
  const engines: Published["engines"] = {};
  const figures: Figures = {};
  for (const profile of result.profiles) Object.assign(figures, profileFigures(profile));
  Object.assign(figures, liveOrdersFigures(result), itchFigures(result), controlFigures(result));
  for (const { manifest } of listEngines()) {
    const { name, title, language } = manifest;
    const { hash, lines } = readEngineSources(manifest);
    engines[name] = { title, language, sources: hash };
    figures[`${name}.lines`] = { value: lines, unit: "lines", about: "code without comments, blank lines and tests" };
    const { bytes, gzipBytes } = await measureEngineSize(manifest);
    figures[`${name}.size`] = { value: bytes, unit: "bytes", about: "what a page loads to have it, minified" };
    figures[`${name}.gzip`] = { value: gzipBytes, unit: "bytes", about: "what a page loads to have it, gzipped" };
    const built = await measureBuildTime(name, signal);
    if (built === undefined) continue;
    versions[`${name} compiler`] = built.compiler;
    figures[`${name}.build`] = {
      value: rounded(built.seconds),
      unit: "seconds",
      about: "a build from nothing, with its dependencies",
    };
  }
  const plan = result.plan.instances >= PLANS.full.instances ? "full" : "quick";
  const machine = { cpu, cores, memoryGiB, system, commit, date };
  return { machine, versions, seed: result.seed, plan, instances: result.plan.instances, engines, figures };
}

/** Writes them to their place. @returns its path from the root */
export async function writePublished(published: Published): Promise<string> {
  const file = fileURLToPath(new URL(`../../../${PUBLISHED}`, import.meta.url));
  await writeFile(file, `${JSON.stringify(published, null, 2)}\n`);
  return PUBLISHED;
}

function profileFigures(result: ProfileResult): Figures {
  const figures: Figures = {};
  for (const subject of result.subjects) {
    const key = `${subject.engine}.${result.profile}.${subject.door}`;
    const what = `${result.profile}, ${doorText(subject.door)}`;
    const { instancesNs } = subject;
    Object.assign(figures, costFigures(key, what, median(instancesNs), instancesNs));
    Object.assign(figures, ratioFigures(key, what, subject, result), singlesFigures(key, what, subject));
  }
  for (const { engine, roundsNs, wallNs } of result.natives) {
    const key = `${engine}.${result.profile}.process`;
    Object.assign(figures, costFigures(key, `${result.profile}, a process of its own`, wallNs, roundsNs.map(median)));
  }
  return figures;
}

function doorText(door: Door): string {
  return door === "submit" ? "records in batches of 256" : "one call with an object for each";
}

function costFigures(key: string, what: string, ns: number, instancesNs: readonly number[]): Figures {
  const [low, high] = [Math.min(...instancesNs), Math.max(...instancesNs)].map(rounded);
  const perSecond = (cost: number) => rounded(1000 / cost);
  return {
    [`${key}.ns`]: { value: rounded(ns), unit: "ns", low, high, about: `a command; ${what}` },
    [`${key}.mps`]: {
      value: perSecond(ns),
      unit: "M/s",
      low: perSecond(high),
      high: perSecond(low),
      about: `million commands a second; ${what}`,
    },
  };
}

/** `ratio` is to the plain engine by the same door, `ratio-to-objects` to it by its own. */
function ratioFigures(key: string, what: string, subject: SubjectResult, { baselines }: ProfileResult): Figures {
  const figures: Figures = {};
  baselines.forEach(({ engine, door }, place) => {
    const comparison = subject.against[place];
    if (comparison === null) return;
    const figure = ratioFigure(comparison, `as fast as ${engine} by ${door}; ${what}`);
    if (door === subject.door) figures[`${key}.ratio`] = figure;
    if (door === "objects") figures[`${key}.ratio-to-objects`] = figure;
  });
  return figures;
}

function ratioFigure({ ratio, low, high, verdict }: Comparison, about: string): Figure {
  return { value: rounded(ratio), unit: "times", low: rounded(low), high: rounded(high), verdict, about };
}

function singlesFigures(key: string, what: string, { singles }: SubjectResult): Figures {
  const { all, clock } = singles;
  if (all === undefined) return {};
  const less = (ns: number): number => Math.max(0, Math.round(ns - (clock?.p50 ?? 0)));
  const figure = (ns: number, name: string): Figure => ({
    value: less(ns),
    unit: "ns",
    about: `a single command, ${name}, less the clock's own median; ${what}`,
  });
  return {
    [`${key}.p50`]: figure(all.p50, "p50"),
    [`${key}.p99`]: figure(all.p99, "p99"),
    [`${key}.p999`]: figure(all.p999, "p99.9"),
  };
}

function liveOrdersFigures({ liveOrders }: BenchResult): Figures {
  const figures: Figures = {};
  for (const { engine, points } of liveOrders) {
    for (const point of points) {
      const about = `a command with ${point.liveOrders} live orders, records in batches of 256`;
      figures[`${engine}.live-orders.${point.liveOrders}.ns`] = { value: rounded(point.costNs), unit: "ns", about };
    }
  }
  return figures;
}

function itchFigures({ itch }: BenchResult): Figures {
  const figures: Figures = {};
  for (const { engine, cpuNs } of itch?.speeds ?? []) {
    const what = engine === null ? "a message of ITCH 5.0, read alone" : "a message of ITCH 5.0, read and booked";
    Object.assign(figures, { [`${engine ?? "reading"}.itch.ns`]: { value: rounded(cpuNs), unit: "ns", about: what } });
  }
  return figures;
}

function controlFigures({ control }: BenchResult): Figures {
  if (control === null) return {};
  return {
    "control.ratio": ratioFigure(control, `as fast as itself: ${control.engine}, twice; what differs here is noise`),
  };
}

/** Four significant digits: more would claim what no run repeats. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
