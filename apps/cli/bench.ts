import { stat, writeFile } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { listEngines } from "../../engines/registry.ts";
import { chartHtml, chartSvg } from "./bench/chart.ts";
import { NATIVE_PROFILES, NATIVES } from "./bench/native.ts";
import { type Natives, prepareNatives } from "./bench/native-toolchain.ts";
import { PAGE_PARTS, PAGE_PLANS, type PagePart } from "./bench/page-plan.ts";
import { pageReportText } from "./bench/page-report.ts";
import { PLANS } from "./bench/plan.ts";
import { PUBLISHED, PUBLISHED_AGAINST, publish, writePublished } from "./bench/publish.ts";
import { nativeText, reportText } from "./bench/report.ts";
import { ITCH, LIVE_ORDERS, runBench } from "./bench/run.ts";
import { PEER, PROFILE_NAMES } from "./bench/subject.ts";
import { Stopped } from "./bench/worker-client.ts";
import { callersFolder } from "./callers-folder.ts";
import { Failure } from "./failure.ts";
import { Output } from "./output.ts";

interface BenchOptions {
  engine: string[];
  against: string[];
  profile: string[];
  seed: number;
  quick: boolean;
  native: boolean;
  publish: boolean;
  /** Parts of the pages' bench; `true` is all of them. */
  page?: PagePart[] | true;
  /** Submissions of a sample class; `true` is as many as `GRADE_STUDENTS`. */
  grade?: number | true;
  json?: string;
  chart?: string;
}

const DEFAULT_AGAINST = [PEER, "typescript"];
/** What an instructor's class hands in on an evening. */
const GRADE_STUDENTS = 300;

/** Adds the command `bench`: every engine on every profile, through both doors, beside npm's best-known order book. */
export function addBench(program: Command): void {
  const engines = [...listEngines().map(({ manifest }) => manifest.name), PEER];
  const profiles = [...PROFILE_NAMES, LIVE_ORDERS, ITCH];
  program
    .command("bench")
    .summary("measure how fast the engines are")
    .description(
      "Measures engines on seeded order flow. Every answer is compared with the oracle's before it is timed.",
    )
    .option("-e, --engine <name>", `only this; may be given again: ${engines.join(", ")}`, oneOf("engine", engines), [])
    .option(
      "-a, --against <name>",
      `what the others are compared with; may be given again (default: ${DEFAULT_AGAINST.join(" and ")})`,
      oneOf("engine", engines),
      [],
    )
    .option(
      "-p, --profile <name>",
      `only this; may be given again: ${profiles.join(", ")}`,
      oneOf("profile", profiles),
      [],
    )
    .option("--seed <number>", "of the order flow, 0 to 4294967295", seedOf, 1)
    .option("--quick", "end within a minute, with wider intervals", false)
    .option(
      "--native",
      "the Rust, C++ and OCaml cores as native programs, too, where their compilers are (not live-orders, not itch)",
      false,
    )
    .option("--publish", `write the numbers that the pages show, to ${PUBLISHED}`, false)
    .option(
      "--page [parts]",
      `the built pages in a headless browser, and nothing else; all, or some with commas: ${PAGE_PARTS.join(",")}`,
      pagePartsOf,
    )
    .option(
      "--grade [submissions]",
      `grade a sample class of so many, and nothing else (default: ${GRADE_STUDENTS})`,
      studentsOf,
    )
    .option("--json <file>", "write all numbers to a file")
    .option("--chart <file>", "draw them, to a file that ends in .svg or .html")
    .addHelpText("after", EXAMPLES)
    .action(bench);
}

const EXAMPLES = `
Examples:
  npm run bench -- --quick
  npm run bench -- --engine typescript-ladder --against typescript --profile std
  npm run bench -- --native --engine rust-wasm
  npm run bench -- --profile itch --engine typescript-ladder
  npm run bench -- --json bench.json --chart bench.html
  npm run bench -- --publish
  npm run bench -- --page weights,first-point --quick
  npm run bench -- --grade 30

How it measures, and what it can't say, is in METHOD.md.`;

async function bench(options: BenchOptions): Promise<void> {
  const { json, chart } = options;
  if (options.publish) checkPublishable(options);
  await checkWritable(json, "--json");
  await checkWritable(chart, "--chart");
  if (chart !== undefined && drawingOf(chart) === undefined) {
    throw new Failure(`--chart ${chart}: end the file's name in .svg or .html.`, 2);
  }
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Stopped());
  // Not once, and to the end: npm sends its child the signal that the terminal has sent it already.
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  let natives: Natives | undefined;
  try {
    if (options.page !== undefined) return await benchPages(options, stopping.signal);
    if (options.grade !== undefined) return await benchClass(options, stopping.signal);
    natives = options.native || options.publish ? await nativesOf(options, stopping.signal) : undefined;
    const result = await runBench({
      natives,
      engines: options.engine,
      against: againstOf(options),
      everyDoor: options.publish,
      profiles: options.profile,
      seed: options.seed,
      plan: options.quick ? PLANS.quick : PLANS.full,
      signal: stopping.signal,
      onProgress: showProgress,
    });
    const published = options.publish ? await publish(result, stopping.signal) : undefined;
    showProgress("");
    await new Output(process.stdout).write(reportText(result));
    if (published !== undefined) process.stderr.write(`Published: ${await writePublished(published)}\n`);
    if (json !== undefined) await writeFile(fileOf(json), `${JSON.stringify(result, null, 2)}\n`);
    if (chart !== undefined) await writeFile(fileOf(chart), drawingOf(chart)?.(result) ?? "");
  } catch (error) {
    showProgress("");
    if (!(error instanceof Stopped)) throw error;
    process.stderr.write("Stopped. Nothing was written.\n");
    process.exitCode = 130;
  } finally {
    natives?.end();
  }
}

async function benchPages({ page, quick, json }: BenchOptions, signal: AbortSignal): Promise<void> {
  // The browser's driver is large, and only this needs it.
  const { runPageBench } = await import("./bench/page.ts");
  const result = await runPageBench({
    parts: page === true || page === undefined ? PAGE_PARTS : page,
    plan: quick ? PAGE_PLANS.quick : PAGE_PLANS.full,
    signal,
    onProgress: showProgress,
  });
  showProgress("");
  await new Output(process.stdout).write(pageReportText(result));
  if (json !== undefined) await writeFile(fileOf(json), `${JSON.stringify(result, null, 2)}\n`);
}

async function benchClass({ grade, json }: BenchOptions, signal: AbortSignal): Promise<void> {
  const { benchGrade, gradeBenchText } = await import("./bench/grade.ts");
  const result = await benchGrade(typeof grade === "number" ? grade : GRADE_STUDENTS, signal);
  await new Output(process.stdout).write(gradeBenchText(result));
  if (json !== undefined) await writeFile(fileOf(json), `${JSON.stringify(result, null, 2)}\n`);
  if (result.wrong.length > 0) process.exitCode = 1;
}

function studentsOf(value: string): number {
  const students = Number(value);
  if (/^\d+$/.test(value) && students >= 1 && students <= 10_000) return students;
  throw new InvalidArgumentError("Give a whole number from 1 to 10000.");
}

function pagePartsOf(value: string): PagePart[] {
  const names = value.split(",").map((name) => name.trim());
  for (const name of names) {
    if (!PAGE_PARTS.includes(name as PagePart)) {
      throw new InvalidArgumentError(`There is no part "${name}". Choose from: ${PAGE_PARTS.join(", ")}.`);
    }
  }
  return names as PagePart[];
}

function againstOf({ against, publish }: BenchOptions): string[] {
  if (publish) return [PUBLISHED_AGAINST];
  return against.length > 0 ? against : DEFAULT_AGAINST;
}

/** Pages show one whole measurement: a part of another would stand beside it as if it were the same. */
function checkPublishable({ engine, against, profile }: BenchOptions): void {
  if (engine.length + against.length + profile.length === 0) return;
  throw new Failure("--publish measures everything: leave --engine, --against and --profile out.", 2);
}

/** Built, or told at once why not: nobody should wait minutes for a row that can't come. */
async function nativesOf({ profile }: BenchOptions, signal: AbortSignal): Promise<Natives | undefined> {
  const known = [...new Set(NATIVES.flatMap((engine) => NATIVE_PROFILES[engine]))];
  if (profile.length > 0 && !known.some((name) => profile.includes(name))) {
    process.stderr.write(`native: skipped, they run ${known.join(", ")} alone\n`);
    return undefined;
  }
  const natives = await prepareNatives({ environment: process.env, signal, onProgress: showProgress });
  showProgress("");
  for (const about of natives.about) if ("skipped" in about) process.stderr.write(`${nativeText(about)}\n`);
  return natives;
}

function drawingOf(file: string): typeof chartSvg | undefined {
  return { ".svg": chartSvg, ".html": chartHtml }[extname(file).toLowerCase()];
}

/** Said before minutes of measuring, not after. */
async function checkWritable(file: string | undefined, option: string): Promise<void> {
  if (file === undefined) return;
  const folder = dirname(fileOf(file));
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new Failure(`${option} ${file}: there is no folder ${folder}. Make it first.`, 2);
  const itself = await stat(fileOf(file)).catch(() => undefined);
  if (itself?.isDirectory()) throw new Failure(`${option} ${file}: it is a folder; give a file's name.`, 2);
}

function fileOf(file: string): string {
  return resolve(callersFolder("bench"), file);
}

/** One line that changes on a terminal; elsewhere a line each. */
function showProgress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${what}`);
  else if (what !== "") process.stderr.write(`${what}\n`);
}

function oneOf(kind: string, names: readonly string[]) {
  return (value: string, previous: string[]): string[] => {
    if (!names.includes(value)) {
      throw new InvalidArgumentError(`There is no ${kind} "${value}". Choose from: ${names.join(", ")}.`);
    }
    return previous.includes(value) ? previous : [...previous, value];
  };
}

function seedOf(value: string): number {
  const seed = Number(value);
  if (!/^\d+$/.test(value) || seed > 0xffffffff) {
    throw new InvalidArgumentError("Give an integer from 0 to 4294967295.");
  }
  return seed;
}
