import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPromise } from "yauzl";
import { readAssignment } from "../assignment-file.ts";
import { writeAutograder } from "./gradescope.ts";
import type { GradescopeResults } from "./gradescope-results.ts";

const project = fileURLToPath(new URL("../../../../", import.meta.url));
const exercise = (path: string) => readFileSync(join(project, "exercises", path), "utf8");

/** What makes a real image: `.ci/run` sets it where there is a network. */
const INSTALLS = process.env.HOTPATH_TEST_INSTALL === "1";
/** The autograder is for Gradescope's Linux. */
const isLinux = process.platform === "linux";

const SECRET = "the hidden name";
const HIDDEN = `export const checks = {
  ${JSON.stringify(SECRET)}: {
    run: async (learner) => {
      const share = learner.exports.length > 0 ? 1 : 0;
      return { share, reason: "It looks for exports." };
    },
  },
};
`;

let place: string;
let base: string;
let home: string;

/** As Gradescope builds an image: the zip goes to `source`, `run_autograder` beside it, `setup.sh` runs once. */
beforeAll(async () => {
  if (!isLinux) return;
  place = mkdtempSync(join(tmpdir(), "hotpath-gradescope-"));
  base = join(place, "autograder");
  const assignment = join(place, "it's a class", "class.json");
  mkdirSync(join(dirname(assignment), "hidden"), { recursive: true });
  writeFileSync(join(dirname(assignment), "hidden", "checks.ts"), HIDDEN);
  writeFileSync(
    assignment,
    JSON.stringify({
      title: "Homework 1",
      seed: 7,
      exercises: [
        {
          slug: "hot-path",
          deadline: "2020-01-01T00:00:00Z",
          hidden: { file: "hidden/checks.ts", checks: [{ name: SECRET, category: "edge cases", points: 2 }] },
        },
      ],
      late: { penaltyPerDay: 0.25 },
    }),
  );
  const zip = join(place, "autograder.zip");
  await writeAutograder(zip, assignment, await readAssignment(assignment));
  await unzipped(zip, join(base, "source"));
  // The project's files lie as deep in the tree as where they and the assignment come together on this machine.
  const tree = join(base, "source", "tree");
  const [description] = globSync("**/package.json", { cwd: tree });
  home = join(tree, dirname(description));
  copyFileSync(join(base, "source", "run_autograder"), join(base, "run_autograder"));
  // What npm would install is here already.
  if (!INSTALLS) symlinkSync(join(project, "node_modules"), join(home, "node_modules"));
  const built = spawnSync("bash", [join(base, "source", "setup.sh")], { env: environment(), encoding: "utf8" });
  if (built.status !== 0) throw new Error(built.stderr);
}, 600_000);

afterAll(() => {
  if (place !== undefined) rmSync(place, { recursive: true, force: true });
});

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, HOTPATH_AUTOGRADER: base };
}

async function unzipped(zip: string, folder: string): Promise<void> {
  const file = await openPromise(zip);
  for await (const entry of file.eachEntry()) {
    const path = join(folder, entry.fileName);
    mkdirSync(dirname(path), { recursive: true });
    const chunks: Buffer[] = [];
    for await (const chunk of await file.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    writeFileSync(path, Buffer.concat(chunks));
    chmodSync(path, (entry.externalFileAttributes >>> 16) & 0o777);
  }
}

/** As Gradescope grades an upload: its files, its metadata, and the program run in the base folder. */
function graded(files: Record<string, string>, metadata: object = {}) {
  for (const folder of ["submission", "results"]) {
    rmSync(join(base, folder), { recursive: true, force: true });
    mkdirSync(join(base, folder));
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(base, "submission", name), text);
  writeFileSync(
    join(base, "submission_metadata.json"),
    JSON.stringify({
      id: 123456,
      created_at: "2026-11-20T14:22:32.365935-07:00",
      assignment: {
        due_date: "2026-11-21T23:00:00.000000-07:00",
        total_points: "20.0",
        title: "Homework 1",
        id: 25828,
      },
      submission_method: "upload",
      users: [{ email: "ada@x.example", id: 1234, name: "Ada Lovelace" }],
      previous_submissions: [],
      ...metadata,
    }),
  );
  const { status, stdout, stderr } = spawnSync(join(base, "run_autograder"), {
    cwd: base,
    env: environment(),
    encoding: "utf8",
  });
  const path = join(base, "results", "results.json");
  const results = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as GradescopeResults) : undefined;
  return { status, stdout, stderr, results };
}

describe.skipIf(!isLinux)("the autograder, run as Gradescope runs it", () => {
  test("a solution gets full marks of the assignment's total, hidden checks by category alone", () => {
    const { status, stderr, results } = graded({ "solution.ts": exercise("hot-path/solution.ts") });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(results).toMatchObject({ score: 20, stdout_visibility: "hidden" });
    expect(results?.tests.map(({ status: each }) => each)).toEqual(Array(5).fill("passed"));
    expect(results?.tests[4]).toMatchObject({
      name: "Find the hot path in a profile: edge cases (hidden)",
      score: 2,
      max_score: 2,
    });
    expect(JSON.stringify(results)).not.toContain(SECRET);
  }, 60_000);

  test("a starter loses points with reasons, lateness by Gradescope's own dates takes its share", () => {
    const late = { created_at: "2026-11-23T06:00:00-07:00" };
    const { results } = graded({ "hot-path.ts": exercise("hot-path/starter.ts"), "notes.txt": "?" }, late);
    expect(results?.score).toBeLessThan(20);
    expect(results?.tests.some(({ status }) => status === "failed")).toBe(true);
    expect(results?.output).toContain("on day 2 after your deadline");
    expect(results?.output).toContain("Not graded: notes.txt");
  }, 60_000);

  test("nothing to grade is no points, with the reason", () => {
    const { results } = graded({ "essay.docx": "?" });
    expect(results).toMatchObject({ score: 0, tests: [] });
    expect(results?.output).toContain("Nothing that counts was handed in.");
  }, 60_000);

  test("code that reaches for Gradescope's files gains nothing", () => {
    const code = `${exercise("hot-path/starter.ts")}\nimport("node:fs").then((fs) => fs.writeFileSync(${JSON.stringify(join(base, "results", "results.json"))}, '{"score":20}'));\n`;
    const { results } = graded({ "hot-path.ts": code });
    expect(results?.tests.length).toBe(5);
    expect(results?.score).toBeLessThan(20);
  }, 60_000);

  test("metadata that is none ends without a grade, and says why", () => {
    const { status, stderr, results } = graded({}, { created_at: "yesterday" });
    expect(status).toBe(1);
    expect(stderr).toContain("submission_metadata.json: created_at");
    expect(results).toBeUndefined();
  }, 60_000);

  test("the zip names no registry, and holds neither the solutions nor what grades nothing", () => {
    const setup = readFileSync(join(base, "source", "setup.sh"), "utf8");
    expect(setup).not.toMatch(/https?:/);
    expect(existsSync(join(home, "exercises", "hot-path", "checks.ts"))).toBe(true);
    expect(existsSync(join(home, "exercises", "hot-path", "solution.ts"))).toBe(false);
    expect(existsSync(join(home, "site"))).toBe(false);
  });
});
