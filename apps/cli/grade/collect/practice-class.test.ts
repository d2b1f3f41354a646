import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readAssignment } from "../assignment-file.ts";
import { collect } from "./collect.ts";
import { readRoster } from "./roster.ts";
import { readTimes } from "./times.ts";

const folder = fileURLToPath(new URL("../../../../chapters/for-instructors/practice/", import.meta.url));

test("the class to practise on comes in every form, and each file is matched or has its reason", async () => {
  const read = await readAssignment(join(folder, "class.json"));
  const { submissions, unmatched, students } = await collect([join(folder, "submissions")], {
    ...read,
    roster: readRoster(readFileSync(join(folder, "roster.csv"))),
    times: readTimes(readFileSync(join(folder, "times.csv"))),
  });
  const counts = Object.fromEntries(students.map(({ key }) => [key, 0]));
  for (const { student } of submissions) counts[student.key]++;
  expect(counts).toEqual({
    "student-01": 2,
    "student-02": 2,
    "student-03": 2,
    "student-04": 2,
    "student-05": 2,
    "student-06": 3,
    "student-07": 2,
    "student-08": 1,
    "student-09": 1,
    "student-10": 2,
    "student-11": 2,
    "student-12": 0,
  });
  expect(submissions.filter(({ markedLate }) => markedLate).map(({ student }) => student.key)).toEqual(["student-06"]);
  expect(unmatched.map(({ source }) => source)).toEqual([
    "notes.txt",
    "prices-as-ticks-student-08/README.txt",
    "student-05.zip/__MACOSX/homework/._prices-as-ticks.ts",
    "student-10/prices-as-ticks.ts",
    "zoe-quill/honest-histogram.ts",
  ]);
});
