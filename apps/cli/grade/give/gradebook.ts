import { type CsvChange, type CsvTable, withCells } from "./csv.ts";
import { alike, cellsOf, type FormOptions, formOf, type GradebookForm, numberOf } from "./gradebook-form.ts";
import { rosterOf } from "./roster-match.ts";
import { type ClassSummary, type ExerciseSummary, hundredths, type StudentSummary } from "./summary.ts";

export interface GradebookOptions extends Omit<FormOptions, "title"> {
  /** Fill in this exercise's grade instead of the whole assignment's. */
  exercise?: string;
  /** What full marks are, where the file doesn't say or says otherwise. */
  outOf?: number;
  /** Write 0 for who handed in nothing, instead of leaving the cell. */
  missingAsZero?: boolean;
}

/** What filling in grades would do to a class's file. */
export interface GradebookPlan {
  system: GradebookForm["system"];
  /** The column's header, as it stands in the file. */
  column: string;
  changes: readonly GradebookChange[];
  /** Cells that say the right thing already. */
  unchanged: number;
  /** Rows that stay as they are though a grade might have been expected, each with why. */
  leftOut: readonly { row: number; who: string; why: string }[];
  /** Students with a grade whom no row names. */
  absent: readonly string[];
  /** The file with the changes, every other byte as it was. */
  bytes: Uint8Array;
}

export interface GradebookChange {
  /** Of the file, from 1 with the header. */
  row: number;
  who: string;
  column: string;
  before: string;
  after: string;
}

/**
 * Plans to fill a class's grades into its own gradebook: Canvas's CSV, Moodle's grading worksheet or nbgrader's `grades.csv`.
 *
 * @throws Error saying what the file or the options lack, and what to give
 */
export function planGradebook(table: CsvTable, grades: ClassSummary, options: GradebookOptions): GradebookPlan {
  const form = formOf(table, { ...options, title: titleOf(grades, options.exercise) });
  const filling = new Filling(table, form, grades, options);
  for (const row of form.rows) filling.fill(row);
  return filling.plan();
}

class Filling {
  readonly #table: CsvTable;
  readonly #form: GradebookForm;
  readonly #grades: ClassSummary;
  readonly #options: GradebookOptions;
  readonly #cell: ReturnType<typeof cellsOf>;
  readonly #students: ReturnType<typeof rosterOf>;
  readonly #comma: boolean;
  readonly #edits: CsvChange[] = [];
  readonly #changes: GradebookChange[] = [];
  readonly #leftOut: { row: number; who: string; why: string }[] = [];
  #unchanged = 0;

  constructor(table: CsvTable, form: GradebookForm, grades: ClassSummary, options: GradebookOptions) {
    this.#table = table;
    this.#form = form;
    this.#grades = grades;
    this.#options = options;
    this.#cell = cellsOf(table);
    this.#students = rosterOf(table, form, grades.students);
    this.#comma = usesComma(table, form);
  }

  fill(row: number): void {
    const exercise = this.#exerciseOf(row);
    // Another assignment's row of nbgrader is nobody's business here.
    if (exercise === null) return;
    const student = this.#students.at(row);
    const why = typeof student === "string" ? student : this.#fillFor(row, student, exercise);
    if (why !== undefined) this.#leftOut.push({ row: row + 1, who: this.#who(row), why });
  }

  /** @returns why the row stays as it is */
  #fillFor(row: number, student: StudentSummary, exercise: string | undefined): string | undefined {
    const share = shareOf(student, exercise, this.#grades);
    if (!share.handedIn && !this.#options.missingAsZero) {
      const score = this.#cell(row, this.#form.column).trim();
      return score === "" ? "nothing was handed in" : `nothing was handed in; its ${score} stays`;
    }
    const outOf = this.#options.outOf ?? this.#form.outOf(row);
    if (outOf === undefined) throw new Error(`row ${row + 1} doesn't say what full marks are. Give it with --out-of.`);
    const why = this.#form.locked(row) ?? this.#tooShort(row);
    if (why !== undefined) return why;
    const { nbgrader } = this.#form;
    const score = hundredths(share.points * outOf);
    const raw = hundredths(share.raw * outOf);
    if (nbgrader !== undefined && nbgrader.raw >= 0) this.#set(row, nbgrader.raw, raw);
    if (nbgrader !== undefined && nbgrader.penalty >= 0) this.#set(row, nbgrader.penalty, hundredths(raw - score));
    this.#set(row, this.#form.column, score);
    return undefined;
  }

  plan(): GradebookPlan {
    const { system, header, column } = this.#form;
    const rows = this.#form.rows;
    if (rows.length > 0 && !rows.some((row) => typeof this.#students.at(row) !== "string")) {
      throw new Error(
        "no row of it names a student of these grades. Is it this class's file? A roster with the ids or logins of the file helps when grading.",
      );
    }
    return {
      system,
      column: header[column],
      changes: this.#changes,
      unchanged: this.#unchanged,
      leftOut: this.#leftOut,
      absent: this.#students.absent(),
      bytes: withCells(this.#table, this.#edits),
    };
  }

  #set(row: number, column: number, value: number): void {
    const before = this.#cell(row, column);
    // 18.50 is 18.5: a cell that says the same keeps its bytes.
    if (numberOf(before) === value) {
      this.#unchanged++;
      return;
    }
    const after = this.#comma ? String(value).replace(".", ",") : String(value);
    this.#edits.push({ row, column, value: after });
    this.#changes.push({ row: row + 1, who: this.#who(row), column: this.#form.header[column], before, after });
  }

  #tooShort(row: number): string | undefined {
    const { length } = this.#table.rows[row];
    return length > this.#form.column
      ? undefined
      : `it has ${length} cells, and the header ${this.#form.header.length}`;
  }

  #who(row: number): string {
    const name = this.#form.names
      .map((column) => this.#cell(row, column))
      .join(" ")
      .trim();
    return name === "" ? this.#cell(row, this.#form.ids[0]?.column ?? 0) : name;
  }

  /** The exercise that a row is about; undefined for the whole assignment, null where the row is about something else. */
  #exerciseOf(row: number): string | undefined | null {
    const { nbgrader } = this.#form;
    if (nbgrader === undefined) return this.#options.exercise;
    const name = alike(this.#cell(row, nbgrader.assignment));
    const { title, exercises } = this.#grades.assignment;
    const named = exercises.find(({ slug, title: own }) => name === alike(slug) || name === alike(own))?.slug;
    if (this.#options.exercise !== undefined) return named === this.#options.exercise ? named : null;
    if (named !== undefined) return named;
    return name === alike(title) ? undefined : null;
  }
}

/** @returns shares of full marks, 0 … 1 */
function shareOf(student: StudentSummary, exercise: string | undefined, { assignment }: ClassSummary) {
  const share = (value: number, { of }: ExerciseSummary) => (of === 0 ? 0 : value / of);
  if (exercise !== undefined) {
    const own = student.exercises.find((grade) => grade.exercise === exercise);
    if (own === undefined) return { handedIn: false, raw: 0, points: 0 };
    return { handedIn: own.handedIn, raw: share(own.raw, own), points: share(own.points, own) };
  }
  const weightOf = ({ exercise, of }: ExerciseSummary) =>
    of === 0 ? 0 : (assignment.exercises.find(({ slug }) => slug === exercise)?.weight ?? 0);
  // An exercise of which all is pending is outside the total.
  const weights = student.exercises.reduce((sum, own) => sum + weightOf(own), 0);
  const lost = student.exercises.reduce(
    (sum, own) => sum + (weightOf(own) / (weights || 1)) * share(own.penalty, own),
    0,
  );
  const points = student.percent / 100;
  return { handedIn: student.handedIn, raw: Math.min(1, points + lost), points };
}

function titleOf({ assignment }: ClassSummary, exercise: string | undefined): string {
  if (exercise === undefined) return assignment.title;
  const found = assignment.exercises.find(({ slug }) => slug === exercise);
  if (found !== undefined) return found.title;
  const slugs = assignment.exercises.map(({ slug }) => slug).join(", ");
  throw new Error(`These grades have no exercise "${exercise}". Choose from: ${slugs}.`);
}

/** Whether the file writes 1,5 where others write 1.5. */
function usesComma(table: CsvTable, { rows, column }: GradebookForm): boolean {
  const cells = table.rows.flatMap((row, index) => (index === 0 ? [] : row.slice(Math.max(0, column - 1), column + 2)));
  const numbers = cells.filter(({ value }) => /^\s*-?\d+[.,]\d+\s*$/.test(value));
  if (numbers.length > 0) return numbers.every(({ value }) => value.includes(","));
  return table.delimiter === ";" && rows.length > 0;
}
