import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "./csv.ts";
import { type GradebookOptions, planGradebook } from "./gradebook.ts";
import type { ClassSummary, StudentSummary } from "./summary.ts";

const student = (key: string, name: string, percent: number, more: Partial<StudentSummary> = {}): StudentSummary => ({
  key,
  name,
  percent,
  handedIn: true,
  exercises: [
    {
      exercise: "pass-core",
      handedIn: true,
      raw: 10,
      penalty: 10 - percent / 10,
      points: percent / 10,
      of: 10,
      daysLate: 0,
      pending: 0,
    },
  ],
  ...more,
});

const missing = { handedIn: false, percent: 0, exercises: [] };

const summary = (students: StudentSummary[]): ClassSummary => ({
  version: 1,
  assignment: {
    title: "Homework 1",
    hash: "00",
    exercises: [{ slug: "pass-core", title: "Pass the core", weight: 1 }],
  },
  students,
  statistics: { students: students.length, handedIn: 1, mean: null, median: null, lowest: null, highest: null },
  distribution: [],
  unmatched: [],
});

const ada = student("ada", "Ada Lovelace", 92.5, { id: "101" });
const grace = student("grace@navy.example", "Grace Hopper", 50, { email: "grace@navy.example" });
const linus = student("linus", "Linus Thorvald", 0, missing);

function plan(source: string, options: GradebookOptions = {}, students = [ada, grace, linus]) {
  const made = planGradebook(readCsv(Buffer.from(source)), summary(students), options);
  return { ...made, text: Buffer.from(made.bytes).toString("utf8") };
}

const CANVAS = `\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Notes,Homework 1 (4711),Homework 10 (4712),Assignments Final Score\r
,,,,,,Manual Posting,,\r
    Points Possible,,,,,,20,10,(read only)\r
"Lovelace, Ada",101,s1,ada.l,Lecture,"says ""hi"", ok",,3.50,17.5\r
"Hopper, Grace",102,s2,grace@navy.example,Lecture,,"12.00",,60\r
"Thorvald, Linus",103,s3,linus,Lecture,,5,,25\r
"Student, Test",104,,abc,Lecture,,,,\r
`;

describe("Canvas", () => {
  test("one column changes, and what it doesn't know stays", () => {
    const made = plan(CANVAS);
    expect(made.text).toBe(CANVAS.replace('ok",,3.50', 'ok",18.5,3.50').replace('"12.00"', '"10"'));
    expect(made.column).toBe("Homework 1 (4711)");
    expect(made.changes).toEqual([
      { row: 4, who: "Lovelace, Ada", column: "Homework 1 (4711)", before: "", after: "18.5" },
      { row: 5, who: "Hopper, Grace", column: "Homework 1 (4711)", before: "12.00", after: "10" },
    ]);
    expect(made.leftOut).toEqual([
      { row: 6, who: "Thorvald, Linus", why: "nothing was handed in; its 5 stays" },
      { row: 7, who: "Student, Test", why: "no student of these grades has its id or name" },
    ]);
  });

  test("the column is found by its title with and without its number, and a wrong one lists all", () => {
    expect(plan(CANVAS, { column: "Homework 10" }).column).toBe("Homework 10 (4712)");
    expect(plan(CANVAS, { column: "Homework 10 (4712)" }).column).toBe("Homework 10 (4712)");
    expect(() => plan(CANVAS, { column: "Quiz" })).toThrow('--column: "Homework 1 (4711)", "Homework 10 (4712)"');
    expect(() => plan(CANVAS, { column: "Assignments Final Score" })).toThrow("Canvas computes the column");
  });

  test("excused students, and those whose assignment it isn't, keep their cell", () => {
    const source = CANVAS.replace('"12.00"', "EX").replace('ok",,3.50', 'ok",N/A,3.50');
    const made = plan(source);
    expect(made.text).toBe(source);
    expect(made.leftOut.map(({ why }) => why)).toContain("excused (EX)");
  });

  test("a cell that says the same number in other digits keeps its bytes", () => {
    const source = CANVAS.replace('"12.00"', '"10.00"');
    const made = plan(source);
    expect(made.text).toContain('"10.00"');
    expect(made.unchanged).toBe(1);
  });

  test("nothing handed in becomes 0 where that is asked for", () => {
    expect(plan(CANVAS, { missingAsZero: true }).text).toContain('"Thorvald, Linus",103,s3,linus,Lecture,,0,,25');
  });

  test("semicolons and decimal commas are kept", () => {
    const source =
      "Student;ID;SIS Login ID;Section;Homework 1 (4711)\n    Points Possible;;;;20,00\nLovelace, Ada;101;ada;A;1,5\n";
    expect(plan(source).text).toBe(source.replace("1,5", "18,5"));
  });

  test("two rows of one student are both left", () => {
    const double = `${CANVAS}"Lovelace, Ada",101,s1,ada.l,Lab,,,,\r\n`;
    expect(plan(double).changes.map(({ who }) => who)).toEqual(["Hopper, Grace"]);
    expect(plan(double).leftOut[0].why).toBe("rows 4 and 8 seem to be one student's");
  });

  test("a file without points possible asks for them", () => {
    const source = CANVAS.replace(/ {4}Points Possible.*\r\n/, "");
    expect(() => plan(source)).toThrow("Give it with --out-of");
    expect(plan(source, { outOf: 100 }).text).toContain('ok",92.5,3.50');
  });

  test("another class's file is refused", () => {
    expect(() => plan(CANVAS, {}, [student("zoe", "Zoe Z", 10)])).toThrow("no row of it names a student");
  });
});

const MOODLE = `\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 101","Ada Lovelace",ada@x.example,"Submitted for grading",,100.00,Yes,"Friday, 20 November 2026, 9:15 PM",-,"<p>Fine, ""so far""</p>"
"Participant 102","Grace Hopper",grace@navy.example,"Submitted for grading",70.00,100.00,Yes,"Friday, 20 November 2026, 9:20 PM",-,
"Participant 103","Linus Thorvald",linus@x.example,"No submission",,100.00,Yes,-,-,
`;

describe("Moodle", () => {
  test("one column changes", () => {
    const made = plan(MOODLE);
    expect(made.text).toBe(
      MOODLE.replace('grading",,100.00', 'grading",92.5,100.00').replace('grading",70.00,', 'grading",50,'),
    );
  });

  test("a grade that can't be changed stays", () => {
    const made = plan(MOODLE.replace("70.00,100.00,Yes", "70.00,100.00,No"));
    expect(made.text).toContain("70.00,100.00,No");
    expect(made.leftOut[0].why).toBe('its "Grade can be changed" says No');
  });

  const GERMAN = MOODLE.replace(
    /.*/,
    '\ufeffID,"Vollständiger Name",E-Mail,Status,Bewertung,Bestwertung,"Bewertung kann geändert werden","Zuletzt geändert (Abgabe)","Zuletzt geändert (Bewertung)","Feedback als Kommentar"',
  )
    .replaceAll("Participant", "Teilnehmer/in")
    .replaceAll("100.00,Yes", '"100,00",Ja')
    .replace("70.00,", '"70,00",');

  test("headers in another language come back byte for byte, with the language's comma", () => {
    expect(() => plan(GERMAN)).toThrow("Give the grade's with --column");
    const made = plan(GERMAN, { column: "Bewertung" });
    expect(made.text).toBe(GERMAN.replace('grading",,', 'grading","92,5",').replace('"70,00"', '"50"'));
    const locked = GERMAN.replace('"70,00","100,00",Ja', '"70,00","100,00",Nein');
    expect(plan(locked, { column: "Bewertung" }).leftOut[0].why).toContain("says Nein");
  });

  test("where nobody can tell which grades are locked, it asks", () => {
    const odd = GERMAN.replaceAll(",Ja,", ",Jo,");
    expect(() => plan(odd, { column: "Bewertung" })).toThrow("Give it with --locked-column");
    const told = plan(odd, { column: "Bewertung", lockedColumn: "Bewertung kann geändert werden" });
    expect(told.text).toBe(odd);
    expect(told.leftOut[0].why).toContain("neither yes nor no");
  });
});

const NBGRADER = `assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score
pass-core,2026-11-20 22:00:00,2026-11-20 21:00:00.123456,ada,Lovelace,Ada,,0.0,0.0,0.0,4.0
pass-core,2026-11-20 22:00:00,,linus,Thorvald,Linus,,0.0,0.0,0.0,4.0
other,2026-11-20 22:00:00,2026-11-20 21:00:00.123456,ada,Lovelace,Ada,,3.0,0.0,3.0,4.0
`;

describe("nbgrader", () => {
  test("the score changes with what it is the sum of, in this assignment's rows alone", () => {
    expect(plan(NBGRADER).text).toBe(NBGRADER.replace("Ada,,0.0,0.0,0.0,4.0", "Ada,,4,0.3,3.7,4.0"));
  });
});

const HEAD = "Student,ID,SIS Login ID,Section,Homework 1 (1)\n    Points Possible,,,,10\n";

test.each([
  [
    "a name that two students have",
    `"Doe, Jo",9,x,A,\n"Lovelace, Ada",101,ada,A,\n`,
    ["jo1", "jo2"],
    "2 students have this name",
  ],
  [
    "an id of one and a login of another",
    `"Doe, Jo",101,jo1,A,\n"Hopper, Grace",5,grace@navy.example,A,\n`,
    ["jo1"],
    "its ids are of several students",
  ],
])("%s is no match", (_, rows, keys, why) => {
  const roster = [ada, grace, ...keys.map((key) => student(key, "Jo Doe", 5))];
  const made = plan(HEAD + rows, {}, roster);
  expect(made.leftOut.map((left) => left.who)).toEqual(["Doe, Jo"]);
  expect(made.leftOut[0].why).toContain(why);
});

test("a gradebook that nobody's grade is in comes back as it was, whatever its cells", () => {
  const word = fc
    .stringMatching(/^[a-z "',;=+-]{0,8}$/)
    .map((value) => (/[",;]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value));
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word, word), { maxLength: 5 }), fc.constantFrom("\n", "\r\n"), (rows, end) => {
      const lines = rows.map(
        ([name, notes, score], index) => `${name || "x"},${900 + index},l${index},A,${notes},${score}`,
      );
      const source = `${["Student,ID,SIS Login ID,Section,Notes,Homework 1 (1)", "    Points Possible,,,,,10", "A B,101,ada,A,,9.250", ...lines].join(end)}${end}`;
      expect(plan(source).text).toBe(source);
    }),
  );
});

test("a second filling changes nothing", () => {
  for (const source of [CANVAS, MOODLE, NBGRADER]) {
    const again = plan(plan(source).text);
    expect(again.changes).toEqual([]);
  }
});
