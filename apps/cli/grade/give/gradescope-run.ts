import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ReadAssignment, readAssignment } from "../assignment-file.ts";
import { chooseGrades } from "../collect/choose.ts";
import { collect } from "../collect/collect.ts";
import type { Roster } from "../collect/roster.ts";
import { gradeClass } from "../run/grade-class.ts";
import { Journal } from "../run/journal.ts";
import type { Collected } from "../submission.ts";
import { type GradescopeUpload, readMetadata, withDeadline } from "./gradescope-metadata.ts";
import { type GradescopeResults, gradescopeResults } from "./gradescope-results.ts";

/**
 * What `run_autograder` starts: one upload in Gradescope's folders in, its `results.json` out. Without results Gradescope says that the
 * autograder failed, which is no grade; the words on standard error are for the instructor.
 */

/** A folder below which files are, whatever they are called: solution.ts alone names nobody. */
const OWN = "upload";

const [base, assignmentPath] = process.argv.slice(2);
const place = await mkdtemp(join(tmpdir(), "hotpath-upload-"));
try {
  const results = await resultsOf();
  await mkdir(join(base, "results"), { recursive: true });
  await writeFile(join(base, "results", "results.json"), `${JSON.stringify(results, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  await rm(place, { recursive: true, force: true });
}

async function resultsOf(): Promise<GradescopeResults> {
  const upload = readMetadata(await readFile(join(base, "submission_metadata.json"), "utf8"));
  const { assignment, exercises } = await readAssignment(assignmentPath);
  const read = { assignment: withDeadline(assignment, upload), exercises };
  const collected = await collectedOf(upload, read);
  const journal = new Journal(join(place, "journal.ndjson"));
  try {
    const { submissions } = collected;
    const { signal } = new AbortController();
    const graded = await gradeClass({ ...read, submissions, journal, jobs: 1, signal, onProgress: () => undefined });
    // No point lost for a grader that broke down: nobody is graded then.
    for (const { refused } of graded) if (refused !== undefined) throw new Error(refused);
    const [grade] = chooseGrades(read, collected, graded).students;
    const titleOf = (slug: string) => exercises.find((exercise) => exercise.slug === slug)?.manifest.title ?? slug;
    return gradescopeResults(grade, read.assignment, {
      titleOf,
      totalPoints: upload.totalPoints,
      unmatched: collected.unmatched,
    });
  } finally {
    journal.close();
  }
}

/** All files are this student's, whatever they are called. */
async function collectedOf({ student, at }: GradescopeUpload, read: ReadAssignment): Promise<Collected> {
  const folder = join(place, "collected");
  await cp(join(base, "submission"), join(folder, OWN), { recursive: true, verbatimSymlinks: true });
  const roster: Roster = { students: [student], matches: () => [student], called: () => [student] };
  const { submissions, unmatched, students } = await collect([folder], { ...read, roster });
  return {
    students,
    submissions: submissions.map((submission) => ({ ...submission, source: uploaded(submission.source), at })),
    unmatched: unmatched.map(({ source, reason }) => ({ source: uploaded(source), reason })),
  };
}

function uploaded(source: string): string {
  return source.startsWith(`${OWN}/`) ? source.slice(OWN.length + 1) : source;
}
