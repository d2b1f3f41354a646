import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { callersFolder } from "./callers-folder.ts";
import { Failure } from "./failure.ts";
import { type CsvTable, readCsv } from "./grade/give/csv.ts";
import { type GradebookOptions, type GradebookPlan, planGradebook } from "./grade/give/gradebook.ts";
import { readable } from "./grade/give/readable.ts";
import { type ClassSummary, readSummary, SUMMARY_FILE } from "./grade/give/summary.ts";
import { Output } from "./output.ts";

interface GradebookFlags extends GradebookOptions {
  grades: string;
  write: boolean;
}

/** A gradebook of a class of thousands stays far below. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Adds the command `gradebook`: grades into the file that Canvas, Moodle or nbgrader exported. */
export function addGradebook(program: Command): void {
  program
    .command("gradebook")
    .summary("fill grades into a class's own Canvas, Moodle or nbgrader file")
    .description(
      "Shows what the grades change in a gradebook that Canvas, Moodle or nbgrader exported, and writes it with --write. Every byte but the changed cells stays.",
    )
    .argument("<class.csv>", "the file as it was exported")
    .requiredOption("-g, --grades <folder>", "what hotpath grade wrote")
    .option("-c, --column <header>", "the grade's column; in Canvas the assignment's title is enough")
    .option("--exercise <slug>", "fill in this exercise's grade instead of the whole assignment's")
    .option("--out-of <points>", "what full marks are (default: what the file says)", pointsOf)
    .option("--missing-as-zero", "write 0 for who handed in nothing; else their cell stays")
    .option("--locked-column <header>", 'Moodle in another language: the header of "Grade can be changed"')
    .option("--write", "write the file; else nothing is written", false)
    .addHelpText("after", EXAMPLES)
    .action(gradebook);
}

const EXAMPLES = `
Examples:
  npm run gradebook -- canvas.csv --grades graded
  npm run gradebook -- canvas.csv --grades graded --column "Homework 1" --write
  npm run gradebook -- moodle.csv --grades graded --column Bewertung --write

A grade is the share of full marks that the file gives (Canvas: Points Possible; Moodle: Maximum Grade; nbgrader: max_score).
Left as they are: excused students (EX), grades that can't be changed, rows that match no student or several, and a score of who handed in nothing.
Exit codes: 0 shown or written; 1 a file that can't be read, used or written; 2 a wrong command line.`;

async function gradebook(file: string, { grades, write, ...options }: GradebookFlags): Promise<void> {
  const path = resolve(callersFolder("gradebook"), file);
  const table = await readTable(path, file);
  const summary = await readGrades(resolve(callersFolder("gradebook"), grades), grades);
  const plan = planned(file, table, summary, options);
  await new Output(process.stdout).write(planText(file, plan));
  if (plan.changes.length === 0) return;
  if (write) await writeInPlace(path, plan.bytes, table.bytes);
  process.stderr.write(write ? `Written: ${file}\n` : "Nothing was written. Give --write to write it.\n");
}

function planned(file: string, table: CsvTable, summary: ClassSummary, options: GradebookOptions): GradebookPlan {
  try {
    return planGradebook(table, summary, options);
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}`);
  }
}

async function readTable(path: string, file: string): Promise<CsvTable> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new Failure(`${file}: there is no such file. Export the gradebook, and give its path.`);
  if (!found.isFile()) throw new Failure(`${file}: it is no file. Give the exported CSV.`);
  if (found.size > MAX_BYTES) throw new Failure(`${file}: it is larger than 32 MiB, which no gradebook is.`);
  try {
    return readCsv(await readFile(path));
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}`);
  }
}

async function readGrades(folder: string, named: string): Promise<ClassSummary> {
  const text = await readFile(join(folder, SUMMARY_FILE), "utf8").catch(() => undefined);
  if (text === undefined)
    throw new Failure(`--grades ${named}: it has no ${SUMMARY_FILE}. Give a folder that hotpath grade wrote.`);
  try {
    return readSummary(text);
  } catch (error) {
    throw new Failure(`--grades ${named}: ${SUMMARY_FILE}: ${(error as Error).message}`);
  }
}

/** The whole file or none: another program never sees half of it. What changed meanwhile isn't overwritten. */
async function writeInPlace(path: string, after: Uint8Array, before: Uint8Array): Promise<void> {
  const part = `${path}.${randomUUID()}.part`;
  try {
    const { mode } = await stat(path);
    if (!(await readFile(path)).equals(before)) throw new Failure(`${path}: it was changed meanwhile. Run it again.`);
    await writeFile(part, after, { mode, flag: "wx" });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof Failure) throw error;
    throw new Failure(
      `${path} can't be written: ${(error as Error).message}. Close it elsewhere, or check its permissions.`,
    );
  }
}

/** What a plan would do, a line for each cell and each row that is left out. */
function planText(file: string, { system, column, changes, unchanged, leftOut, absent }: GradebookPlan): string {
  const shown = changes.map(({ who, before, after, ...change }) => ({
    who: readable(who, 40),
    what: `${before.trim() === "" ? "(empty)" : readable(before, 20)} → ${after}`,
    where: change.column === column ? "" : `  ${readable(change.column, 40)}`,
  }));
  const width = Math.max(0, ...shown.map(({ who }) => who.length));
  const lines = [
    `${file}: ${system}, column "${readable(column, 80)}"`,
    ...shown.map(({ who, what, where }) => `  ${who.padEnd(width)}  ${what}${where}`),
    `${counted(changes.length, "cell changes", "cells change")}, ${unchanged} already as graded.`,
  ];
  if (leftOut.length > 0) lines.push(`${counted(leftOut.length, "row is", "rows are")} left as they are:`);
  for (const { row, who, why } of leftOut) lines.push(`  row ${row}, ${readable(who, 40)}: ${readable(why, 200)}`);
  if (absent.length > 0) lines.push(`Graded, but in no row: ${absent.map((name) => readable(name, 40)).join("; ")}.`);
  return `${lines.join("\n")}\n`;
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

function pointsOf(value: string): number {
  const points = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || points <= 0) throw new InvalidArgumentError("Give a number above 0, such as 20.");
  return points;
}
