import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Assignment } from "../assignment.ts";
import { type ExerciseFiles, readExerciseFiles } from "../exercise-files.ts";
import { type CollectOptions, collect } from "./collect.ts";
import { readRoster } from "./roster.ts";
import { readTimes } from "./times.ts";
import { zipOf } from "./zip.fixture.ts";

const PRICES = "prices-as-ticks";
const HISTOGRAM = "honest-histogram";

let folder: string;
let exercises: ExerciseFiles[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotpath-collect-"));
  exercises = await Promise.all([PRICES, HISTOGRAM].map((slug) => readExerciseFiles(slug)));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const CLASS =
  "key,name,email,id\ngrace,Grace Hopper,grace@navy.example,101\nada,Ada Lovelace,,102\nada-2,Ada Byron,,103\n";

/** Writes files into a fresh folder. */
async function written(files: Record<string, string | Buffer>): Promise<string> {
  const own = await mkdtemp(join(folder, "each-"));
  for (const [path, data] of Object.entries(files)) {
    await mkdir(dirname(join(own, path)), { recursive: true });
    await writeFile(join(own, path), data);
  }
  return own;
}

function options(slugs: readonly string[] = [PRICES], change: Partial<CollectOptions> = {}): CollectOptions {
  const assignment: Assignment = {
    title: "Homework",
    exercises: slugs.map((slug) => ({ slug, weight: 1, hash: "" })),
    seed: 1,
    late: { keep: "best", penaltyPerDay: 0 },
    extensions: {},
    hash: "",
  };
  return { assignment, exercises: exercises.filter(({ slug }) => slugs.includes(slug)), ...change };
}

const withRoster = (roster = CLASS, slugs = [PRICES]) => options(slugs, { roster: readRoster(Buffer.from(roster)) });

/** Whose and what for, by source. */
async function collected(files: Record<string, string | Buffer>, given: CollectOptions = options()) {
  const { submissions, unmatched, students } = await collect([await written(files)], given);
  return {
    owners: Object.fromEntries(
      submissions.map(({ source, student, exercise }) => [source, `${student.key}: ${exercise}`]),
    ),
    reasons: Object.fromEntries(unmatched.map(({ source, reason }) => [source, reason])),
    submissions,
    students: students.map(({ key }) => key),
  };
}

function exported(code: string, id = exercises[0].manifest.id, change: object = {}): string {
  const exercise = { id, slug: "any", title: "An exercise", hash: "0" };
  const form = { kind: "hotpath-submission", version: 1, exportedAt: "2026-11-20T10:00:00.000Z" };
  return JSON.stringify({ ...form, exercise, code, receipts: [{ points: 1_000 }], attempts: [], ...change });
}

describe("each form that submissions come in", () => {
  test("one file each", async () => {
    const { owners, students } = await collected({ "student-01.ts": "1", "student-02.js": "2" });
    expect(owners).toEqual({ "student-01.ts": `student-01: ${PRICES}`, "student-02.js": `student-02: ${PRICES}` });
    expect(students).toEqual(["student-01", "student-02"]);
  });

  test("one file each that names the exercise", async () => {
    const files = {
      [`student-01-${PRICES}.ts`]: "1",
      [`${HISTOGRAM}_student-01.ts`]: "2",
      "ada prices_as_ticks.ts": "3",
    };
    expect((await collected(files, options([PRICES, HISTOGRAM]))).owners).toEqual({
      [`student-01-${PRICES}.ts`]: `student-01: ${PRICES}`,
      [`${HISTOGRAM}_student-01.ts`]: `student-01: ${HISTOGRAM}`,
      "ada prices_as_ticks.ts": `ada: ${PRICES}`,
    });
  });

  test("a folder each, and in it a file or a folder for each exercise", async () => {
    const files = { [`ada/${PRICES}.ts`]: "1", [`ada/${HISTOGRAM}/solution.ts`]: "2", [`grace/src/${PRICES}.ts`]: "3" };
    expect((await collected(files, options([PRICES, HISTOGRAM]))).owners).toEqual({
      [`ada/${PRICES}.ts`]: `ada: ${PRICES}`,
      [`ada/${HISTOGRAM}/solution.ts`]: `ada: ${HISTOGRAM}`,
      [`grace/src/${PRICES}.ts`]: `grace: ${PRICES}`,
    });
  });

  test("a folder for each exercise, and in it a file each", async () => {
    const files = { [`${PRICES}/ada.ts`]: "1", [`${HISTOGRAM}/ada.ts`]: "2" };
    expect((await collected(files, options([PRICES, HISTOGRAM]))).owners).toEqual({
      [`${PRICES}/ada.ts`]: `ada: ${PRICES}`,
      [`${HISTOGRAM}/ada.ts`]: `ada: ${HISTOGRAM}`,
    });
  });

  test("Canvas's download, with its mark for late ones and its numbers", async () => {
    const { submissions } = await collected({
      "hoppergrace_12345_67890_prices-as-ticks.ts": "1",
      "lovelaceada_LATE_12346_67891_solution-1.ts": "2",
    });
    expect(submissions).toMatchObject([
      { student: { key: "hoppergrace", id: "12345" }, markedLate: false, attempt: 67_890 },
      { student: { key: "lovelaceada", id: "12346" }, markedLate: true, attempt: 67_891 },
    ]);
  });

  test("Moodle's download, in folders and flat", async () => {
    const { owners, submissions } = await collected({
      "Grace Hopper_101_assignsubmission_file/my.ts": "1",
      "Ada Lovelace_102_assignsubmission_file_my.ts": "2",
    });
    expect(owners).toEqual({
      "Ada Lovelace_102_assignsubmission_file_my.ts": `ada lovelace: ${PRICES}`,
      "Grace Hopper_101_assignsubmission_file/my.ts": `grace hopper: ${PRICES}`,
    });
    expect(submissions[0].student).toEqual({ key: "ada lovelace", name: "Ada Lovelace", id: "102" });
  });

  test("GitHub Classroom's folders, without what else is in a repository", async () => {
    const { owners, reasons } = await collected({
      [`${PRICES}-ghopper/starter.ts`]: "1",
      [`${PRICES}-ghopper/.git/HEAD`]: "ref",
      [`${PRICES}-ghopper/README.md`]: "read me",
      [`${PRICES}-ada-lovelace/src/index.ts`]: "2",
      [`${PRICES}-ada-lovelace/README.md`]: "read me",
      [`${PRICES}-ada-lovelace/package.json`]: "{}",
      [`${PRICES}-ada-lovelace/src/index.test.ts`]: "no",
    });
    expect(owners).toEqual({
      [`${PRICES}-ada-lovelace/src/index.ts`]: `ada-lovelace: ${PRICES}`,
      [`${PRICES}-ghopper/starter.ts`]: `ghopper: ${PRICES}`,
    });
    expect(Object.keys(reasons)).toEqual([
      "README.md (2 times)",
      `${PRICES}-ada-lovelace/package.json`,
      `${PRICES}-ada-lovelace/src/index.test.ts`,
      `${PRICES}-ghopper/.git`,
    ]);
  });

  test("GitHub Classroom's folders of any name, where a roster has the user", async () => {
    const roster = "identifier,github_username,name\ngrace@navy.example,ghopper,Grace Hopper\n";
    const { owners } = await collected({ "homework-1-ghopper/starter.ts": "1" }, withRoster(roster));
    expect(owners).toEqual({ "homework-1-ghopper/starter.ts": `grace@navy.example: ${PRICES}` });
  });

  test("the workbook's own export, for the exercise of its id, whatever its name says", async () => {
    const id = exercises[1].manifest.id;
    const { owners, submissions } = await collected(
      { "ada/any.submission (1).json": exported("export {};", id), [`grace/${PRICES}.submission.json`]: exported("1") },
      options([PRICES, HISTOGRAM]),
    );
    expect(owners).toEqual({
      "ada/any.submission (1).json": `ada: ${HISTOGRAM}`,
      [`grace/${PRICES}.submission.json`]: `grace: ${PRICES}`,
    });
    expect(submissions[0]).toMatchObject({ code: "export {};", claimed: '[{"points":1000}]' });
  });

  test("a zip of any of these, a zip for each student, and zips in zips", async () => {
    const inner = zipOf([{ name: "work/solution.ts", data: "1" }]);
    const zip = zipOf([
      { name: "student-01.zip", data: inner },
      { name: "hoppergrace_LATE_5_6_work.zip", data: inner },
      { name: "student-02/a.ts", data: "2" },
    ]);
    const own = await written({ "class.zip": zip });
    const { submissions } = await collect([join(own, "class.zip")], options());
    expect(submissions.map(({ source, student }) => [student.key, source])).toEqual([
      ["hoppergrace", "hoppergrace_LATE_5_6_work.zip/work/solution.ts"],
      ["student-01", "student-01.zip/work/solution.ts"],
      ["student-02", "student-02/a.ts"],
    ]);
    expect(submissions[0].markedLate).toBe(true);
  });

  test("a folder around them all, which is nobody's name", async () => {
    const { owners } = await collected({ "autumn/ada.ts": "1", "autumn/grace.ts": "2" });
    expect(owners).toEqual({ "autumn/ada.ts": `ada: ${PRICES}`, "autumn/grace.ts": `grace: ${PRICES}` });
  });

  test("several downloads, told apart in what is shown", async () => {
    const [one, other] = [await written({ "ada.ts": "1" }), await written({ "ada.ts": "2" })];
    const { submissions } = await collect([one, other], options());
    expect(submissions.map(({ source }) => source.split("/").at(-1))).toEqual(["ada.ts", "ada.ts"]);
    expect(new Set(submissions.map(({ source }) => source)).size).toBe(2);
  });
});

describe("a roster", () => {
  test("matches by key, id, address and name in both orders, and lists who handed in nothing", async () => {
    const { owners, students } = await collected(
      {
        "GRACE.ts": "1",
        "lovelaceada_9_1_a.ts": "2",
        "Ada Byron_103_assignsubmission_file/a.ts": "3",
        "x_101_7_b.ts": "4",
      },
      withRoster(`${CLASS}kay,Kay McNulty,,104\n`),
    );
    expect(owners).toEqual({
      "Ada Byron_103_assignsubmission_file/a.ts": `ada-2: ${PRICES}`,
      "GRACE.ts": `grace: ${PRICES}`,
      "lovelaceada_9_1_a.ts": `ada: ${PRICES}`,
      "x_101_7_b.ts": `grace: ${PRICES}`,
    });
    expect(students).toEqual(["ada", "ada-2", "grace", "kay"]);
  });

  test("tells of a name that several have, of one that nobody has, and of none", async () => {
    const roster = "key,name\nada-1,Ada Byron\nada-2,Ada Byron\n";
    const { owners, reasons } = await collected(
      { "Ada Byron.ts": "1", "Charles.ts": "2", [`${PRICES}.ts`]: "3" },
      withRoster(roster),
    );
    expect(owners).toEqual({});
    expect(reasons).toMatchObject({
      "Ada Byron.ts": expect.stringContaining('could be of "Ada Byron" (ada-1) or "Ada Byron" (ada-2)'),
      "Charles.ts": expect.stringContaining('is of nobody in the roster: "Charles"'),
      [`${PRICES}.ts`]: expect.stringContaining("doesn't tell whose it is"),
    });
  });

  test("takes no homework's number for a student's", async () => {
    const { owners } = await collected({ "homework-101/a.ts": "1" }, withRoster());
    expect(owners).toEqual({});
  });

  test("is read from Canvas's gradebook, without its own rows", () => {
    const csv =
      'Student,ID,SIS Login ID,Section\n"    Points Possible",,,\n"Hopper, Grace",101,ghopper,A\n"Student, Test",9,x,A\n';
    expect(readRoster(Buffer.from(csv)).students).toEqual([{ key: "ghopper", name: "Hopper, Grace", id: "101" }]);
  });

  test.each([
    ["colour,size\nred,1\n", "its header has no column for a student's key or name"],
    ["key,name\n", "it has no student"],
    ["key,name\nada,A\nADA,B\n", 'it has "ADA" twice'],
  ])("%j is refused", (csv, message) => {
    expect(() => readRoster(Buffer.from(csv))).toThrow(message);
  });
});

describe("what is not graded", () => {
  test("is listed with its reason", async () => {
    const { owners, reasons } = await collected({
      "ada/notes.pdf": "%PDF",
      "ada/large.ts": "x".repeat(256 * 1024 + 1),
      "ada/binary.ts": Buffer.from([0x66, 0, 0x67]),
      "ada/latin.ts": Buffer.from([0x2f, 0x2f, 0xe9]),
      "ada/hot-path.ts": "1",
      "ada/hot-path prices-as-ticks.ts": "1",
      "ada/half.json": '{"kind":"hotpath-submission",',
      "ada/changed.json": exported("1", undefined, { code: 1 }),
      "ada/other.json": exported("1", "b0a7d2a3-0f4e-4d5c-9d0e-6a4d3a6f0a11"),
    });
    expect(owners).toEqual({});
    expect(reasons).toEqual({
      "ada/notes.pdf": expect.stringContaining("It is no code for an exercise."),
      "ada/large.ts": expect.stringContaining("It is larger than 256 KiB"),
      "ada/binary.ts": expect.stringContaining("It is no text."),
      "ada/latin.ts": expect.stringContaining("It is not UTF-8."),
      "ada/hot-path.ts": expect.stringContaining('It is for "hot-path", which the assignment doesn\'t ask for.'),
      "ada/hot-path prices-as-ticks.ts": expect.stringContaining("It names 2 exercises"),
      "ada/half.json": expect.stringContaining("It is a workbook's export, but not whole."),
      "ada/changed.json": expect.stringContaining("It is a workbook's export that was changed by hand (code)."),
      "ada/other.json": expect.stringContaining('It was exported from "An exercise"'),
    });
  });

  test("a file for any of several exercises", async () => {
    const { reasons } = await collected({ "ada/work.ts": "1" }, options([PRICES, HISTOGRAM]));
    expect(reasons["ada/work.ts"]).toContain("It doesn't tell which exercise it is for.");
  });

  test.runIf(process.platform !== "win32")("a link, to a file or a folder", async () => {
    const own = await written({ "ada.ts": "1" });
    await symlink(join(own, "ada.ts"), join(own, "grace.ts"));
    await symlink(own, join(own, "round"));
    const { submissions, unmatched } = await collect([own], options());
    expect(submissions.map(({ source }) => source)).toEqual(["ada.ts"]);
    expect(unmatched.map(({ source, reason }) => `${source}: ${reason.slice(0, 12)}`)).toEqual([
      "grace.ts: It is a link",
      "round: It is a link",
    ]);
  });

  test("the same file twice is graded once, and a changed one too", async () => {
    const { owners, reasons } = await collected({
      "ada/a.ts": "1",
      "ada/b.ts": "1",
      "ada/c.ts": "2",
      "grace.ts": "1",
    });
    expect(Object.keys(owners)).toEqual(["ada/a.ts", "ada/c.ts", "grace.ts"]);
    expect(reasons["ada/b.ts"]).toBe("It is the same as ada/a.ts, which is graded.");
  });

  test("more files of one student than anyone hands in", async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`ada/${index}.ts`, `${index}`]));
    const { submissions, reasons } = await collected({ ...files, "grace.ts": "1" });
    expect(submissions).toHaveLength(51);
    expect(Object.values(reasons)).toHaveLength(10);
  });

  test("an export whose receipts are too deep to be written again counts without them", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const { submissions } = await collected({ "ada.json": exported("1").replace('[{"points":1000}]', deep) });
    expect(submissions).toMatchObject([{ code: "1" }]);
    expect(submissions[0].claimed).toBeUndefined();
  });

  test("a slip in the assignment's extensions or in the times", async () => {
    const given = options([PRICES], { times: readTimes(Buffer.from("source,at\ngone.ts,2026-11-20T10:00:00Z\n")) });
    const assignment = { ...given.assignment, extensions: { adda: "2026-11-20T10:00:00Z" } };
    const { reasons } = await collected({ "ada.ts": "1" }, { ...given, assignment });
    expect(Object.keys(reasons)).toEqual(["extensions: adda", "times: gone.ts"]);
  });

  test("an input that isn't there ends it with a remedy", async () => {
    await expect(collect([join(folder, "gone")], options())).rejects.toThrow("there is no such file or folder");
    const own = await written({ "class.zip": "no zip" });
    await expect(collect([join(own, "class.zip")], options())).rejects.toThrow("is no zip that can be read");
  });
});

describe("when a file was handed in", () => {
  test("is what the list of times says, in UTC", async () => {
    const times = readTimes(Buffer.from("source,at\nada.ts,2026-11-20T10:00:00+01:00\n"));
    const { submissions } = await collected({ "ada.ts": "1", "grace.ts": "2" }, options([PRICES], { times }));
    expect(submissions.map(({ at }) => at)).toEqual(["2026-11-20T09:00:00.000Z", undefined]);
  });

  test("is the file's own time only where that is asked for", async () => {
    const zip = zipOf([{ name: "ada.ts", data: "1" }]);
    const [without] = (await collected({ "class.zip": zip })).submissions;
    expect(without.at).toBeUndefined();
    const [own] = (await collected({ "class.zip": zip }, options([PRICES], { fileTimes: true }))).submissions;
    expect(own.at).toContain("2026-11-20T");
  });

  test.each([
    ["file,at\n", 'its header has no "source" and "at"'],
    ["source,at\na.ts,yesterday\n", 'row 2: "yesterday" is no time with its offset'],
    ["source,at\na.ts,2026-11-20T10:00:00\n", "is no time with its offset"],
    ["source,at\na.ts,2026-11-20T10:00Z\na.ts,2026-11-21T10:00Z\n", 'row 3: "a.ts" stands there twice'],
  ])("%j is refused", (csv, message) => {
    expect(() => readTimes(Buffer.from(csv))).toThrow(message);
  });
});
