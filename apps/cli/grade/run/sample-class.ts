import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ExerciseFiles, readExerciseFiles } from "../exercise-files.ts";
import { ATTACKED, hostileSet } from "./hostile-set.ts";

/** A class of which is known what each submission must get. */
export interface SampleClass {
  /** The paths that `hotpath grade` is given. */
  inputs: string;
  assignment: string;
  roster: string;
  expected: readonly Expected[];
}

export interface Expected {
  /** The student's key. */
  student: string;
  exercise: string;
  /** What it is, for people: a solution, a mutant's or an attack's name. */
  what: string;
  kind: "solution" | "mutant" | "hostile";
  /** Checks that it must not pass; all others it must. An attack passes none, or at least not all. */
  fails: readonly string[] | "all" | "some";
}

interface Handed extends Omit<Expected, "student"> {
  code: string;
}

const exercisesFolder = fileURLToPath(new URL("../../../../exercises/", import.meta.url));
/** Exercises without speed checks: their points are the same in every grading. */
const ASKED = [ATTACKED, "prices-as-ticks", "replace-priority", "encode-commands", "constant-time-cancel"];
const SEED = 20_261_123;
const CAUGHT_BY = /^\/\/ Caught by: (.+)$/m;

/**
 * Writes a class's submissions, its roster and its assignment into a folder: of five students two hand in a solution, two a mutant
 * of an exercise, and one an attack. The same number gives the same class.
 *
 * @param folder absolute, empty @param students 1 or more
 */
export async function writeSampleClass(folder: string, students: number): Promise<SampleClass> {
  const exercises = await Promise.all(ASKED.map((slug) => readExerciseFiles(slug)));
  const [solutions, mutants] = [await solutionsOf(exercises), await mutantsOf(exercises)];
  const attacks = await attacksOf();
  const inputs = join(folder, "submissions");
  const expected: Expected[] = [];
  const turns = { solution: 0, mutant: 0, hostile: 0 };
  const next = (kind: keyof typeof turns, from: readonly Handed[]) => from[turns[kind]++ % from.length];
  for (let index = 0; index < students; index++) {
    const turn = index % 5;
    const handed =
      turn === 4 ? next("hostile", attacks) : turn % 2 === 0 ? next("solution", solutions) : next("mutant", mutants);
    const student = `student-${String(index + 1).padStart(4, "0")}`;
    await mkdir(join(inputs, student), { recursive: true });
    await writeFile(join(inputs, student, `${handed.exercise}.ts`), handed.code);
    const { code: _, ...rest } = handed;
    expected.push({ student, ...rest });
  }
  const rows = expected.map(({ student }, index) => `${student},Student ${index + 1}`);
  const roster = join(folder, "roster.csv");
  await writeFile(roster, ["key,name", ...rows, ""].join("\n"));
  const assignment = join(folder, "class.json");
  const asked = { title: "A sample class", seed: SEED, exercises: ASKED.map((slug) => ({ slug })) };
  await writeFile(assignment, `${JSON.stringify(asked, null, 2)}\n`);
  return { inputs, assignment, roster, expected };
}

async function solutionsOf(exercises: readonly ExerciseFiles[]): Promise<Handed[]> {
  return Promise.all(
    exercises.map(async ({ slug }) => {
      const code = await readFile(join(exercisesFolder, slug, "solution.ts"), "utf8");
      return { exercise: slug, what: "the solution", kind: "solution", fails: [], code } as const;
    }),
  );
}

/** In turn, so that a small class has some of each exercise. */
async function mutantsOf(exercises: readonly ExerciseFiles[]): Promise<Handed[]> {
  const all: (Handed & { turn: number })[] = [];
  for (const { slug } of exercises) {
    const folder = join(exercisesFolder, slug, "mutants");
    for (const [turn, file] of (await readdir(folder)).sort().entries()) {
      const code = await readFile(join(folder, file), "utf8");
      const fails = CAUGHT_BY.exec(code.replaceAll("\r\n", "\n"))?.[1].split(", ") ?? [];
      all.push({ exercise: slug, what: file, kind: "mutant", fails, code, turn });
    }
  }
  return all.sort((one, other) => one.turn - other.turn);
}

/** Those that are ended by the clock come last: a small class is graded soon. */
async function attacksOf(): Promise<Handed[]> {
  const attacks = await hostileSet();
  const handed = attacks.map(({ name, code, ends, isBeforeSolution }) => ({
    exercise: ATTACKED,
    what: name,
    kind: "hostile" as const,
    fails: isBeforeSolution ? ("some" as const) : ("all" as const),
    code,
    isSlow: ends !== undefined,
  }));
  return handed.sort((one, other) => Number(one.isSlow) - Number(other.isSlow));
}

/** What of a class's grades is not as it must be, a line each. @param out the folder of `hotpath grade` */
export async function wrongGrades(out: string, expected: readonly Expected[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const each of expected) {
    const path = join(out, "receipts", each.student, `${each.exercise}.json`);
    const text = await readFile(path, "utf8").catch(() => undefined);
    const fault = text === undefined ? "it has no receipt" : faultOf(each, JSON.parse(text).verdict.checks);
    if (fault !== undefined) wrong.push(`${each.student}, ${each.what} of ${each.exercise}: ${fault}`);
  }
  return wrong;
}

interface Judged {
  name: string;
  status: string;
  points: number;
  reason: string;
}

function faultOf({ fails }: Expected, checks: readonly Judged[]): string | undefined {
  if (fails === "some") return checks.every(({ status }) => status === "passed") ? "it passes all" : undefined;
  const must = (name: string): boolean => fails === "all" || fails.includes(name);
  const other = checks.find(({ name, status, points }) =>
    fails === "all" ? points > 0 : must(name) === (status === "passed"),
  );
  return other && `"${other.name}" is ${other.status} (${other.reason})`;
}
