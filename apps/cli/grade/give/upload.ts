import { deadlineOf } from "../deadline.ts";
import type { ClassGrades, ExerciseGrade, StudentGrade } from "../graded.ts";
import type { Student } from "../submission.ts";
import { writeCsv } from "./csv.ts";
import { html } from "./readable.ts";
import { hundredths } from "./summary.ts";

/** New files for a system to take in, where the class's own export isn't at hand. Who handed in nothing is in none. */

const FULL_MARKS = 100;

/** Canvas: makes a new assignment of this title. */
export function canvasCsv({ assignment, students }: ClassGrades): string {
  const head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment.title];
  const points = ["    Points Possible", "", "", "", "", FULL_MARKS];
  const rows = graded(students).map(({ student, percent }) => {
    const { last, first } = nameOf(student);
    return [first === "" ? last : `${last}, ${first}`, student.id ?? "", "", student.key, "", percent];
  });
  return writeCsv([head, points, ...rows]);
}

/** Moodle's offline grading worksheet, for the students whose number is known. */
export function moodleCsv({ students }: ClassGrades, titleOf: (slug: string) => string): string {
  const head = [
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
  ];
  const rows = graded(students)
    .filter(({ student }) => /^\d+$/.test(student.id ?? ""))
    .map(({ student, percent, exercises }) => [
      `Participant ${student.id}`,
      student.name,
      student.email ?? "",
      "Submitted for grading",
      percent.toFixed(2),
      FULL_MARKS.toFixed(2),
      "Yes",
      "-",
      "-",
      // Moodle shows it as HTML.
      html(exercises.map(({ exercise, points, of }) => `${titleOf(exercise)}: ${points} of ${of}.`).join(" ")),
    ]);
  return writeCsv([head, ...rows]);
}

/** nbgrader's `grades.csv`: a row for each student and exercise, those without a submission too, as nbgrader has them. */
export function nbgraderCsv(grades: ClassGrades): string {
  const head =
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score";
  const rows = grades.assignment.exercises.flatMap(({ slug }) =>
    grades.students.flatMap(({ student, exercises }) =>
      exercises.filter(({ exercise }) => exercise === slug).map((grade) => nbgraderRow(grades, student, grade)),
    ),
  );
  return writeCsv([head.split(","), ...rows]);
}

function nbgraderRow({ assignment }: ClassGrades, student: Student, grade: ExerciseGrade): (string | number)[] {
  const { last, first } = nameOf(student);
  const { exercise, counted, raw, penalty, points, of } = grade;
  const due = deadlineOf(assignment, student.key, exercise);
  const full = hundredths(of);
  const times = [timestamp(due), timestamp(counted?.submission.at)];
  return [exercise, ...times, student.key, last, first, student.email ?? "", raw, penalty, points, full];
}

/** As nbgrader writes it: UTC, without a zone. */
function timestamp(iso: string | undefined): string {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time)
    ? ""
    : new Date(time)
        .toISOString()
        .replace("T", " ")
        .replace(/\.000Z$|Z$/, "");
}

/** "Hopper, Grace" and "Grace Hopper" alike; one word is a last name. */
function nameOf({ name }: Student): { last: string; first: string } {
  const [before, after] = name.split(",", 2).map((part) => part.trim());
  if (after !== undefined) return { last: before, first: after };
  const words = name.trim().split(/\s+/);
  return { last: words[words.length - 1], first: words.slice(0, -1).join(" ") };
}

function graded(students: readonly StudentGrade[]): StudentGrade[] {
  return students.filter(({ exercises }) =>
    exercises.some(({ counted, others }) => counted !== undefined || others.length > 0),
  );
}
