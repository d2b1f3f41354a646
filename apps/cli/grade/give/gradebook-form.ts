import type { CsvTable } from "./csv.ts";

/** Where a class's own file keeps what a grade needs. Columns are counted from 0. */
export interface GradebookForm {
  system: "Canvas" | "Moodle" | "nbgrader";
  header: readonly string[];
  /** The grade's column. */
  column: number;
  /** Rows of students, as in the table. */
  rows: readonly number[];
  /** Columns whose cells are one student's alone; the pattern takes the id out of the cell. */
  ids: readonly { column: number; pattern?: RegExp }[];
  /** Columns that give the name together, in reading order. */
  names: readonly number[];
  /** What full marks are in a row; undefined where the file doesn't say. */
  outOf(row: number): number | undefined;
  /** Why a row's grade must stay as it is; undefined where it may change. */
  locked(row: number): string | undefined;
  /** nbgrader's row tells its assignment, and keeps the raw score and the penalty beside the score. */
  nbgrader?: { assignment: number; raw: number; penalty: number };
}

export interface FormOptions {
  /** Header of the grade's column, whole or, in Canvas, without its number in parentheses. */
  column?: string;
  /** Title that the column may have where none is named. */
  title: string;
  /** Moodle in another language: the header of "Grade can be changed". */
  lockedColumn?: string;
}

/** @throws Error saying what the file lacks and what to give */
export function formOf(table: CsvTable, options: FormOptions): GradebookForm {
  const header = (table.rows[0] ?? []).map(({ value }) => value);
  if (["student_id", "assignment", "score", "max_score"].every((name) => header.includes(name))) {
    return nbgraderForm(table, header, options);
  }
  if (/^(Student|LastName)$/.test(header[0] ?? "") && header.includes("ID") && header.includes("Section")) {
    return canvasForm(table, header, options);
  }
  if (header.includes("Identifier") || participants(table) !== undefined) return moodleForm(table, header, options);
  throw new Error(
    "it is no gradebook of Canvas (Student, ID, …, Section), no worksheet of Moodle (Identifier, …, Grade) and no grades.csv of nbgrader. Export it again, and give it as it came.",
  );
}

const POINTS_POSSIBLE = /^\s*Points Possible$/;
const READ_ONLY = "(read only)";

function canvasForm(table: CsvTable, header: readonly string[], options: FormOptions): GradebookForm {
  const cell = cellsOf(table);
  const points = table.rows.findIndex((row) => POINTS_POSSIBLE.test(row[0].value));
  const column = canvasColumn(header, options);
  if (points >= 0 && cell(points, column) === READ_ONLY) {
    throw new Error(
      `Canvas computes the column "${header[column]}" itself. Give an assignment's column with --column.`,
    );
  }
  return {
    system: "Canvas",
    header,
    column,
    // The rows "Manual Posting" and "Points Possible" name no student.
    rows: rowsOf(table).filter((row) => cell(row, 0).trim() !== "" && row !== points),
    ids: columnsOf(header, ["ID", "SIS User ID", "SIS Login ID", "Integration ID"]),
    names: header[0] === "LastName" ? [1, 0] : [0],
    outOf: () => (points < 0 ? undefined : numberOf(cell(points, column))),
    locked: (row) => {
      const score = cell(row, column).trim().toUpperCase();
      if (score === "EX") return "excused (EX)";
      return score === "N/A" ? "the assignment isn't this student's (N/A)" : undefined;
    },
  };
}

function canvasColumn(header: readonly string[], { column, title }: FormOptions): number {
  const titled = header.flatMap((name, index) => {
    const [, bare] = /^(.*\S)\s*\(\d+\)$/.exec(name) ?? [];
    return bare === undefined ? [] : [{ bare, index }];
  });
  const own = (name: string) => titled.filter(({ bare }) => alike(bare) === alike(name)).map(({ index }) => index);
  const exact = column === undefined ? [] : header.flatMap((name, index) => (name === column ? [index] : []));
  const found = exact.length > 0 ? exact : own(column ?? title);
  if (found.length === 1) return found[0];
  const names = titled.map(({ index }) => `"${header[index]}"`).join(", ") || "none";
  if (found.length > 1)
    throw new Error(`it has ${found.length} columns "${column ?? title}". Give one with its number: ${names}.`);
  throw new Error(`it has no assignment "${column ?? title}". Give one with --column: ${names}.`);
}

function moodleForm(table: CsvTable, header: readonly string[], options: FormOptions): GradebookForm {
  const cell = cellsOf(table);
  const rows = rowsOf(table);
  const identifier = header.includes("Identifier") ? header.indexOf("Identifier") : (participants(table) ?? 0);
  const column = header.indexOf(options.column ?? "Grade");
  if (column < 0) {
    const names = header.map((name) => `"${name}"`).join(", ");
    throw new Error(
      options.column === undefined
        ? `Moodle names its columns in the course's language. Give the grade's with --column: ${names}.`
        : `it has no column "${options.column}". Give one of: ${names}.`,
    );
  }
  const maximum = header.includes("Maximum Grade") ? header.indexOf("Maximum Grade") : column + 1;
  const lock = lockColumn(table, header, column, options.lockedColumn);
  return {
    system: "Moodle",
    header,
    column,
    rows,
    ids: [
      { column: identifier, pattern: /\d+$/ },
      ...columnsOf(header, ["ID number", "Username", "Email address"]),
      ...mailColumns(table),
    ],
    names: [header.includes("Full name") ? header.indexOf("Full name") : identifier + 1],
    outOf: (row) => numberOf(cell(row, maximum)),
    locked: (row) => {
      const answer = alike(cell(row, lock));
      if (NO.has(answer)) return `its "${header[lock]}" says ${cell(row, lock)}`;
      if (YES.has(answer)) return undefined;
      return `its "${header[lock]}" says "${cell(row, lock)}", which is neither yes nor no`;
    },
  };
}

/** Moodle's own words for yes and no in its most used languages. */
const YES = new Set(
  "yes ja oui sí si sim tak ano áno igen da да так evet kyllä jah jā taip ναι نعم כן हाँ はい 是 예 有 có ya bai".split(
    " ",
  ),
);
const NO = new Set(
  "no nein non não nee nej nei nie ne nem nu нет ні не hayır ei nē οχι όχι لا לא नहीं いいえ 否 不 아니오 아니요 không tidak ez".split(
    " ",
  ),
);

/** Moodle puts it behind the grade and its maximum. A worksheet where it can't be told is refused: a locked grade must stay. */
function lockColumn(table: CsvTable, header: readonly string[], grade: number, given: string | undefined): number {
  const named = header.indexOf(given ?? "Grade can be changed");
  if (named >= 0) return named;
  const cell = cellsOf(table);
  const saysYesOrNo = (column: number) =>
    rowsOf(table).every((row) => YES.has(alike(cell(row, column))) || NO.has(alike(cell(row, column))));
  const found = given === undefined ? [grade + 1, grade + 2].find(saysYesOrNo) : undefined;
  if (found !== undefined && rowsOf(table).length > 0) return found;
  const names = header.map((name) => `"${name}"`).join(", ");
  throw new Error(`which of its columns tells that a grade can be changed? Give it with --locked-column: ${names}.`);
}

/** The first column where all cells are one word and a number, as in `Participant 17`; undefined where none is. */
function participants(table: CsvTable): number | undefined {
  const cell = cellsOf(table);
  const rows = rowsOf(table);
  const words = new Set(rows.map((row) => cell(row, 0).replace(/\d+$/, "")));
  const isNumbered = rows.every((row) => /\D\d+$/.test(cell(row, 0)));
  return rows.length > 0 && isNumbered && words.size === 1 ? 0 : undefined;
}

function mailColumns(table: CsvTable): GradebookForm["ids"] {
  const cell = cellsOf(table);
  const rows = rowsOf(table);
  const columns = table.rows[0].map((_, column) => column);
  return columns
    .filter((column) => rows.length > 0 && rows.every((row) => /^[^\s@]+@[^\s@]+$/.test(cell(row, column))))
    .map((column) => ({ column }));
}

function nbgraderForm(table: CsvTable, header: readonly string[], { column = "score" }: FormOptions): GradebookForm {
  const cell = cellsOf(table);
  if (column !== "score") throw new Error(`nbgrader keeps a grade in "score", not in "${column}". Leave --column out.`);
  const at = (name: string) => header.indexOf(name);
  return {
    system: "nbgrader",
    header,
    column: at("score"),
    rows: rowsOf(table),
    ids: columnsOf(header, ["student_id", "email"]),
    names: [at("first_name"), at("last_name")].filter((index) => index >= 0),
    outOf: (row) => numberOf(cell(row, at("max_score"))),
    locked: () => undefined,
    nbgrader: { assignment: at("assignment"), raw: at("raw_score"), penalty: at("late_submission_penalty") },
  };
}

/** The value of a cell; "" where the row is too short. */
export function cellsOf({ rows }: CsvTable): (row: number, column: number) => string {
  return (row, column) => rows[row]?.[column]?.value ?? "";
}

function rowsOf({ rows }: CsvTable): number[] {
  return rows.flatMap((row, index) => (index === 0 || row.every(({ value }) => value.trim() === "") ? [] : [index]));
}

function columnsOf(header: readonly string[], names: readonly string[]): { column: number }[] {
  return names.map((name) => ({ column: header.indexOf(name) })).filter(({ column }) => column >= 0);
}

/** A number with a point or a comma; undefined where it is none. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  return /^-?\d+(?:[.,]\d+)?$/.test(trimmed) ? Number(trimmed.replace(",", ".")) : undefined;
}

/** The same for texts that people take for the same. */
export function alike(text: string): string {
  return text.normalize("NFKC").trim().replaceAll(/\s+/g, " ").toLowerCase();
}
