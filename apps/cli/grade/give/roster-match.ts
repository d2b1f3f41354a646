import type { CsvTable } from "./csv.ts";
import { alike, cellsOf, type GradebookForm } from "./gradebook-form.ts";
import type { StudentSummary } from "./summary.ts";

/** Who a file's rows are about. */
export interface RosterMatch {
  /** The row's student, or why there is none. */
  at(row: number): StudentSummary | string;
  /** Names of students with work handed in whom no row names. */
  absent(): string[];
}

/**
 * Finds the students of a gradebook's rows: by an id, a login or an address, and by name only where nothing else tells and the
 * name is one student's alone. What is not certain is no match.
 */
export function rosterOf(table: CsvTable, form: GradebookForm, students: readonly StudentSummary[]): RosterMatch {
  const cell = cellsOf(table);
  const byId = new Index(students, ({ key, id, email }) =>
    [key, id, email].filter((each) => each !== undefined).map(alike),
  );
  const byName = new Index(students, ({ name, key }) => [...nameKeys(name), ...nameKeys(key)]);
  const lookUp = (row: number): StudentSummary | string => {
    const ids = form.ids.map(({ column, pattern }) => taken(cell(row, column), pattern)).filter((id) => id !== "");
    const found = byId.all(ids.map(alike));
    if (found.length > 1) return `its ids are of several students: ${found.map(({ name }) => name).join(", ")}`;
    if (found.length === 1) return found[0];
    const name = form.names.map((column) => cell(row, column)).join(" ");
    const named = byName.all(nameKeys(name));
    if (named.length > 1) return `${named.length} students have this name; a roster with ids tells them apart`;
    return named[0] ?? "no student of these grades has its id or name";
  };
  const matches = new Map(form.rows.map((row) => [row, lookUp(row)]));
  refuseDoubles(matches, (row) => (form.nbgrader === undefined ? "" : cell(row, form.nbgrader.assignment)));
  return {
    at: (row) => matches.get(row) ?? "it is no student's row",
    absent: () => {
      const present = new Set(matches.values());
      return students.filter((student) => student.handedIn && !present.has(student)).map(({ name }) => name);
    },
  };
}

/** Two rows of one student for one assignment: neither is known to be the right one. */
function refuseDoubles(matches: Map<number, StudentSummary | string>, assignmentOf: (row: number) => string): void {
  const rows = new Map<string, number[]>();
  for (const [row, student] of matches) {
    if (typeof student === "string") continue;
    const owner = JSON.stringify([student.key, assignmentOf(row)]);
    rows.set(owner, [...(rows.get(owner) ?? []), row]);
  }
  for (const several of rows.values()) {
    if (several.length === 1) continue;
    const numbers = several.map((row) => row + 1).join(" and ");
    for (const row of several) matches.set(row, `rows ${numbers} seem to be one student's`);
  }
}

class Index {
  readonly #owners = new Map<string, Set<StudentSummary>>();

  constructor(students: readonly StudentSummary[], keysOf: (student: StudentSummary) => string[]) {
    for (const student of students) {
      for (const key of keysOf(student)) {
        if (key === "") continue;
        const owners = this.#owners.get(key) ?? new Set();
        this.#owners.set(key, owners.add(student));
      }
    }
  }

  all(keys: readonly string[]): StudentSummary[] {
    return [...new Set(keys.flatMap((key) => [...(this.#owners.get(key) ?? [])]))];
  }
}

function taken(value: string, pattern: RegExp | undefined): string {
  return pattern === undefined ? value.trim() : (pattern.exec(value.trim())?.[0] ?? "");
}

/** A name's letters alone, in both orders: Canvas writes "Hopper, Grace" in the gradebook and `hoppergrace` in a file's name. */
export function nameKeys(name: string): string[] {
  const letters = (text: string) => alike(text).replaceAll(/[^\p{L}\p{N}]/gu, "");
  const [last, first] = name.split(",");
  if (first !== undefined) return [letters(`${last}${first}`), letters(`${first}${last}`)];
  const words = name.trim().split(/\s+/);
  return [letters(name), letters([...words.slice(-1), ...words.slice(0, -1)].join(""))];
}
