import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ClassGrades } from "../graded.ts";
import { writeCsv } from "./csv.ts";
import { feedbackText } from "./feedback.ts";
import { fileNames } from "./file-names.ts";
import { gradescopeResults } from "./gradescope-results.ts";
import { receiptsOf } from "./receipt.ts";
import { reportHtml } from "./report.ts";
import { similarSubmissions } from "./similar.ts";
import { type ClassSummary, SUMMARY_FILE, summaryOf } from "./summary.ts";
import { canvasCsv, moodleCsv, nbgraderCsv } from "./upload.ts";

export interface GiveOptions {
  /** Of every exercise of the assignment, by slug. */
  exercises: ReadonlyMap<string, GivenExercise>;
}

export interface GivenExercise {
  title: string;
  /** The starter, the solution, given files: what many submissions hold without having it from each other. */
  common: readonly string[];
}

/** Folders that hold this program's files alone, so that a student who is gone leaves no file behind. */
const OWN_FOLDERS = ["feedback", "receipts", "upload"];

/**
 * Writes everything that a grading gives into a folder: `summary.json`, `summary.csv`, `distribution.csv`, `report.html`;
 * `feedback/` with a page for each student; `receipts/` for the instructor; `upload/` with a new file for Canvas, Moodle and nbgrader,
 * and `upload/gradescope/` with a `results.json` for each student. The same grades give the same bytes, how long they took aside.
 *
 * @param outDir absolute; made where it isn't there
 */
export async function writeGrades(outDir: string, grades: ClassGrades, { exercises }: GiveOptions): Promise<void> {
  const titleOf = (slug: string) => exercises.get(slug)?.title ?? slug;
  const summary = summaryOf(grades, titleOf);
  const names = fileNames(grades.students.map(({ student }) => student.key));
  const nameOf = (key: string) => names.get(key) ?? key;
  await clear(outDir);
  const folder = new Folder(outDir);
  for (const grade of grades.students) {
    const name = nameOf(grade.student.key);
    await folder.write(["feedback", `${name}.md`], feedbackText(grade, grades.assignment, titleOf));
    const results = gradescopeResults(grade, grades.assignment, { titleOf });
    await folder.write(["upload", "gradescope", `${name}.json`], json(results));
    for (const exercise of grade.exercises) {
      for (const [index, receipt] of receiptsOf(exercise, grades.assignment).entries()) {
        const file =
          typeof receipt.counted === "string" ? `${exercise.exercise}-other-${index + 1}` : exercise.exercise;
        await folder.write(["receipts", name, `${file}.json`], json(receipt));
      }
    }
  }
  await folder.write(["upload", "canvas.csv"], canvasCsv(grades));
  await folder.write(["upload", "moodle.csv"], moodleCsv(grades, titleOf));
  await folder.write(["upload", "nbgrader.csv"], nbgraderCsv(grades));
  await folder.write(["summary.csv"], summaryCsv(summary));
  await folder.write(["distribution.csv"], distributionCsv(summary));
  const similar = similarSubmissions(grades, (slug) => exercises.get(slug)?.common ?? []);
  await folder.write(["report.html"], reportHtml({ grades, summary, similar, titleOf }));
  // The last one: a folder that has it is whole.
  await folder.write([SUMMARY_FILE], json(summary));
}

class Folder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async write(parts: readonly string[], text: string): Promise<void> {
    await mkdir(join(this.#path, ...parts.slice(0, -1)), { recursive: true });
    await writeFile(join(this.#path, ...parts), text);
  }
}

/** Takes away what an earlier grading gave; a folder that none wrote to is left as it is. */
async function clear(outDir: string): Promise<void> {
  const summary = join(outDir, SUMMARY_FILE);
  const found = await stat(summary).catch(() => undefined);
  if (found === undefined) return;
  await rm(summary);
  for (const own of OWN_FOLDERS) await rm(join(outDir, own), { recursive: true, force: true });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function summaryCsv({ assignment, students }: ClassSummary): string {
  const columns = assignment.exercises.flatMap(({ slug }) => [
    slug,
    `${slug} of`,
    `${slug} late penalty`,
    `${slug} days late`,
    `${slug} pending`,
  ]);
  const rows = students.map(({ key, name, id, email, handedIn, percent, exercises }) => [
    key,
    name,
    id ?? "",
    email ?? "",
    handedIn ? "yes" : "no",
    percent,
    ...exercises.flatMap(({ points, of, penalty, daysLate, pending }) => [points, of, penalty, daysLate, pending]),
  ]);
  return writeCsv([["student", "name", "id", "email", "handed in", "percent", ...columns], ...rows]);
}

function distributionCsv({ distribution }: ClassSummary): string {
  return writeCsv([
    ["from percent", "to percent", "students"],
    ...distribution.map(({ from, to, students }) => [from, to, students]),
  ]);
}
