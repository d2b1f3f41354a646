import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { ended, startGrading } from "../grade/run/grade-process.ts";
import { residentMiB } from "../grade/run/resident-memory.ts";
import { type Expected, writeSampleClass, wrongGrades } from "../grade/run/sample-class.ts";

/** What grading a class costs, and whether it is right. */
export interface GradeBench {
  students: number;
  seconds: number;
  /** Whose points are not as they must be, a line each. */
  wrong: string[];
  /** Of the process that schedules it, MiB; undefined where this system doesn't tell. */
  peakMiB?: number;
  /** What came of each attack. */
  attacks: AttackRow[];
}

export interface AttackRow {
  name: string;
  points: number;
  of: number;
  /** The reason of the first check that it didn't pass, and what was stopped. */
  reason: string;
}

const LOOK_EVERY_MS = 100;

/** Grades a sample class from its submissions to its report, as an instructor does. @throws Failure where the grading fails */
export async function benchGrade(students: number, signal: AbortSignal): Promise<GradeBench> {
  const folder = await mkdtemp(join(tmpdir(), "hotpath-grade-bench-"));
  try {
    const sample = await writeSampleClass(folder, students);
    const out = join(folder, "graded");
    const began = performance.now();
    const child = startGrading(sample, out);
    const stop = () => child.kill("SIGINT");
    signal.addEventListener("abort", stop);
    child.stderr?.on("data", (text) => process.stderr.write(text));
    const peak = peakOf(child.pid);
    const { exitCode, text } = await ended(child);
    const seconds = (performance.now() - began) / 1_000;
    signal.removeEventListener("abort", stop);
    signal.throwIfAborted();
    if (exitCode !== 0) throw new Failure(`Grading the sample class failed: ${text}`);
    return {
      students,
      seconds,
      wrong: await wrongGrades(out, sample.expected),
      peakMiB: peak(),
      attacks: await attacksIn(out, sample.expected),
    };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Watches a process. @returns ends it, with the most that it held, MiB */
function peakOf(pid: number | undefined): () => number | undefined {
  let peak: number | undefined;
  const look = async (): Promise<void> => {
    const held = pid === undefined ? undefined : await residentMiB(pid);
    if (held !== undefined) peak = Math.max(peak ?? 0, held);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

async function attacksIn(out: string, expected: readonly Expected[]): Promise<AttackRow[]> {
  const rows = new Map<string, AttackRow>();
  for (const { student, exercise, what, kind } of expected) {
    if (kind !== "hostile" || rows.has(what)) continue;
    const { verdict, stopped } = JSON.parse(await readFile(join(out, "receipts", student, `${exercise}.json`), "utf8"));
    const failed = verdict.checks.find(({ status }: { status: string }) => status !== "passed");
    const reason = [failed?.failing?.got ?? failed?.reason ?? "", ...stopped].join(" ");
    rows.set(what, { name: what, points: verdict.points, of: verdict.of, reason });
  }
  return [...rows.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** For a terminal. */
export function gradeBenchText({ students, seconds, wrong, peakMiB, attacks }: GradeBench): string {
  const took = `${students} submissions in ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  const peak = peakMiB === undefined ? "not told by this system" : `${Math.ceil(peakMiB)} MiB at most`;
  const lines = [
    took,
    `right: ${students - wrong.length}, wrong: ${wrong.length}`,
    ...wrong.map((line) => `  ${line}`),
    `memory of the process that schedules: ${peak}`,
    "",
    `${attacks.length} attacks:`,
    ...attacks.map(
      ({ name, points, of, reason }) => `  ${name.padEnd(30)} ${points} of ${of}  ${reason.slice(0, 160)}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
