import { type CsvTable, readCsv } from "../give/csv.ts";
import { alike } from "../give/gradebook-form.ts";
import { readable } from "../give/readable.ts";
import { nameKeys } from "../give/roster-match.ts";
import type { Student } from "../submission.ts";
import type { Owner } from "./origin.ts";

/** Who is in the class, and by which names files may call them. */
export interface Roster {
  students: readonly Student[];
  /** Whom an owner can be: by an id, login or address, and only where none fits, by the letters of the name. */
  matches(owner: Owner): readonly Student[];
  /** Whom an id, a login or an address alone calls. */
  called(alias: string): readonly Student[];
}

/** Headers, as they are called in rosters of our own, of Canvas, Moodle and GitHub Classroom, the one to prefer first. */
const KEYS = [
  "key",
  "student_id",
  "sis login id",
  "login",
  "username",
  "user name",
  "email",
  "email address",
  "id number",
  "id",
  "identifier",
];
const NAMES = ["name", "full name", "student", "student name", "roster_name"];
const FIRST_NAMES = ["first name", "first_name", "firstname", "given name"];
const LAST_NAMES = ["last name", "last_name", "lastname", "surname", "family name"];
const EMAILS = ["email", "email address", "e-mail"];
const IDS = ["id", "canvas id", "identifier", "student_id", "id number"];
/** Other columns that call a student by something unique. */
const ALIAS = /\b(id|login|user(name)?|e-?mail|identifier|github|key|number)\b|_id$|_username$/i;

/** One student's row. */
interface Row {
  student: Student;
  aliases: readonly string[];
}

/**
 * Reads a class's list: a CSV with a header row, of one's own (`key,name,email,id`), or as Canvas, Moodle or GitHub Classroom
 * export it.
 *
 * @throws Error saying what is wrong with it and what to do
 */
export function readRoster(bytes: Uint8Array): Roster {
  const table = readCsv(bytes);
  const columns = columnsOf(table);
  const rows: Row[] = [];
  for (const cells of table.rows.slice(1)) {
    const row = rowOf(
      cells.map(({ value }) => value.trim()),
      columns,
    );
    if (row === undefined) continue;
    if (rows.some(({ student }) => alike(student.key) === alike(row.student.key))) {
      throw new Error(
        `it has "${readable(row.student.key, 80)}" twice. Give each student one row, with a key of their own.`,
      );
    }
    rows.push(row);
  }
  if (rows.length === 0) throw new Error("it has no student. Give each a row below the header.");
  return rosterOf(rows);
}

interface Columns {
  key: number;
  names: readonly number[];
  email: number;
  id: number;
  aliases: readonly number[];
}

function columnsOf(table: CsvTable): Columns {
  const headers = (table.rows[0] ?? []).map(({ value }) => alike(value));
  const column = (names: readonly string[]) => {
    const name = names.find((each) => headers.includes(each));
    return name === undefined ? -1 : headers.indexOf(name);
  };
  const whole = column(NAMES);
  const parts = [column(FIRST_NAMES), column(LAST_NAMES)].filter((each) => each >= 0);
  const names = whole >= 0 ? [whole] : parts;
  const key = column(KEYS) >= 0 ? column(KEYS) : (names[0] ?? -1);
  if (key < 0) {
    throw new Error(
      `its header has no column for a student's key or name. Head the columns "key,name,email,id"; it has: ${readable(headers.join(", "), 200)}.`,
    );
  }
  const aliases = headers.flatMap((header, index) => (ALIAS.test(header) ? [index] : []));
  return { key, names, email: column(EMAILS), id: column(IDS), aliases };
}

function rowOf(cells: readonly string[], { key, names, email, id, aliases }: Columns): Row | undefined {
  const cell = (column: number) => readable(cells[column] ?? "", 200).trim();
  const name = names
    .map(cell)
    .filter((part) => part !== "")
    .join(" ");
  // Canvas's own rows: what a column is worth, and a student that is none.
  if (/^\s*(points possible|manual posting)/i.test(name) || /^student, test$/i.test(name)) return undefined;
  const own = cell(key) || name;
  if (own === "") return undefined;
  return {
    student: {
      key: own,
      name: name || own,
      ...(cell(email) === "" ? {} : { email: cell(email) }),
      ...(cell(id) === "" ? {} : { id: cell(id) }),
    },
    aliases: [own, ...aliases.map(cell)].filter((alias) => alias !== ""),
  };
}

function rosterOf(rows: readonly Row[]): Roster {
  const byAlias = new Map<string, Set<Student>>();
  const byName = new Map<string, Set<Student>>();
  const add = (map: Map<string, Set<Student>>, key: string, student: Student) => {
    if (key !== "") map.set(key, (map.get(key) ?? new Set()).add(student));
  };
  for (const { student, aliases } of rows) {
    for (const alias of aliases) {
      add(byAlias, alike(alias), student);
      if (alias.includes("@")) add(byAlias, alike(alias.split("@")[0]), student);
      // Moodle's "Participant 123" is 123 in the names of its files.
      add(byAlias, alike(alias).replace(/^\D+ (?=\d+$)/, ""), student);
    }
    for (const key of nameKeys(student.name)) add(byName, key, student);
  }
  const called = (alias: string) => [...(byAlias.get(alike(alias)) ?? [])];
  return {
    students: rows.map(({ student }) => student),
    called,
    matches: ({ name, id }) => {
      const sure = [id ?? "", name].flatMap(called);
      if (sure.length > 0) return [...new Set(sure)];
      return [...new Set(nameKeys(name).flatMap((key) => [...(byName.get(key) ?? [])]))];
    },
  };
}
