import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Assignment, LatePolicy } from "../assignment.ts";
import type { ReadAssignment } from "../assignment-file.ts";
import type { ClassGrades, GradedSubmission } from "../graded.ts";
import type { Student } from "../submission.ts";
import { chooseGrades } from "./choose.ts";

const DEADLINE = "2026-12-01T12:00:00.000Z";
const HOUR_MS = 60 * 60 * 1000;

const hoursAfter = (hours: number): string => new Date(Date.parse(DEADLINE) + hours * HOUR_MS).toISOString();

function reading(late: Partial<LatePolicy> = {}, change: Partial<Assignment> = {}): ReadAssignment {
  const exercise = { slug: "a", weight: 1, deadline: DEADLINE, hash: "" };
  const assignment: Assignment = {
    title: "Homework",
    exercises: [exercise, { ...exercise, slug: "b", weight: 3 }],
    seed: 1,
    late: { keep: "best", penaltyPerDay: 0.1, ...late },
    extensions: {},
    hash: "",
    ...change,
  };
  const checks = [{ name: "check", points: 10, credit: "correctness" as const }];
  const manifest = { checks } as unknown as ReadAssignment["exercises"][number]["manifest"];
  return { assignment, exercises: assignment.exercises.map(({ slug }) => ({ slug, manifest, hash: "", given: {} })) };
}

interface Parts {
  student?: string;
  exercise?: string;
  points: number;
  pending?: number;
  hours?: number;
  source?: string;
  attempt?: number;
  markedLate?: boolean;
  refused?: string;
}

function graded({ student = "ada", exercise = "a", points, pending = 0, hours, ...rest }: Parts): GradedSubmission {
  const { source = `${student}/${exercise}/${points}/${hours}`, attempt, markedLate = false, refused } = rest;
  const status = points === 10 ? "passed" : "failed";
  const check = { name: "check", credit: "correctness", points, of: 10, status, reason: "" } as const;
  const waiting = { ...check, name: "speed", points: 0, of: pending, status: "pending" } as const;
  return {
    submission: {
      student: { key: student, name: student },
      exercise,
      code: "",
      codeHash: "",
      source,
      ...(hours === undefined ? {} : { at: hoursAfter(hours) }),
      markedLate,
      ...(attempt === undefined ? {} : { attempt }),
    },
    verdict: {
      version: 1,
      exercise: { id: "", hash: "" },
      codeHash: "",
      seed: 1,
      checks: [check, ...(pending > 0 ? [waiting] : [])],
      points,
      of: 10,
      host: { name: "test", at: DEADLINE, ms: 1 },
    },
    hidden: [],
    stopped: [],
    ...(refused === undefined ? {} : { refused }),
  };
}

const ADA: Student = { key: "ada", name: "Ada" };

function gradeOf(read: ReadAssignment, submissions: readonly GradedSubmission[]) {
  return chooseGrades(read, { students: [ADA], unmatched: [] }, submissions).students[0].exercises[0];
}

describe("the submission that counts", () => {
  const attempts = [
    graded({ points: 8, hours: -30 }),
    graded({ points: 6, hours: -2 }),
    graded({ points: 10, hours: 30 }),
  ];

  test.each<[LatePolicy["keep"], number, number, number]>([
    ["best", 8, 0, 0],
    ["last", 10, 2, 2],
    ["last-before-deadline", 6, 0, 0],
  ])("is by %s", (keep, raw, penalty, daysLate) => {
    const grade = gradeOf(reading({ keep }), attempts);
    expect(grade).toMatchObject({ daysLate, others: [{}, {}] });
    if (keep !== "best") expect(grade).toMatchObject({ raw, penalty });
    // The late one is worth 8 after its penalty, as the first is, which came before it.
    else expect(grade.counted).toBe(attempts[0]);
  });

  test("is the last of all where none is in time, under the penalty", () => {
    const grade = gradeOf(reading({ keep: "last-before-deadline" }), [attempts[2]]);
    expect(grade).toMatchObject({ raw: 10, penalty: 2, points: 8 });
  });

  test("is told for the others why it isn't them", () => {
    expect(gradeOf(reading(), attempts).others.map(({ why }) => why)).toEqual([
      "Another one has more points.",
      "An equal one came first.",
    ]);
    expect(gradeOf(reading({ keep: "last-before-deadline" }), attempts).others.map(({ why }) => why)).toEqual([
      "A later one counts.",
      "It came after the deadline, and one in time counts.",
    ]);
  });

  test("is by the system's number where no time tells, and says where nothing tells", () => {
    const read = reading({ keep: "last" });
    const numbered = [graded({ points: 1, attempt: 9, source: "a" }), graded({ points: 2, attempt: 8, source: "b" })];
    expect(gradeOf(read, numbered)).toMatchObject({ points: 1, others: [{ why: "A later one counts." }] });
    const unknown = [graded({ points: 1, source: "a" }), graded({ points: 2, source: "b" })];
    expect(gradeOf(read, unknown)).toMatchObject({ points: 2, others: [{ why: /nothing else tells/ }] });
  });

  test("loses nothing by a check that is pending", () => {
    const grade = gradeOf(reading(), [graded({ points: 9, hours: -2 }), graded({ points: 10, pending: 5, hours: -1 })]);
    expect(grade).toMatchObject({ points: 10, of: 10, pending: ["speed"] });
  });
});

describe("lateness", () => {
  test.each([
    [0, 0],
    [0.01, 1],
    [24, 1],
    [24.01, 2],
  ])("%d hours after the deadline is %d days", (hours, daysLate) => {
    expect(gradeOf(reading(), [graded({ points: 10, hours })])).toMatchObject({ daysLate, penalty: daysLate });
  });

  test("takes all after the last day that is allowed, and never more than all", () => {
    expect(gradeOf(reading({ maxDays: 1 }), [graded({ points: 7, hours: 25 })])).toMatchObject({
      penalty: 7,
      points: 0,
    });
    expect(gradeOf(reading(), [graded({ points: 7, hours: 24 * 40 })])).toMatchObject({ penalty: 7, points: 0 });
  });

  test("by a system's mark alone is one day, but none for a student with an extension", () => {
    const marked = [graded({ points: 10, markedLate: true })];
    expect(gradeOf(reading(), marked)).toMatchObject({ daysLate: 1 });
    expect(gradeOf(reading({}, { extensions: { ada: hoursAfter(48) } }), marked)).toMatchObject({ daysLate: 0 });
  });

  test("counts from the student's extension, where that is later", () => {
    const late = [graded({ points: 10, hours: 50 })];
    expect(gradeOf(reading({}, { extensions: { ada: hoursAfter(48) } }), late)).toMatchObject({ daysLate: 1 });
    expect(gradeOf(reading({}, { extensions: { ada: hoursAfter(-48) } }), late)).toMatchObject({ daysLate: 3 });
    expect(gradeOf(reading({}, { extensions: { grace: hoursAfter(48) } }), late)).toMatchObject({ daysLate: 3 });
  });

  test("needs a deadline", () => {
    const read = reading({}, { exercises: [{ slug: "a", weight: 1, hash: "" }] });
    expect(gradeOf(read, [graded({ points: 10, hours: 500, markedLate: true })])).toMatchObject({ daysLate: 0 });
  });
});

describe("a student's total", () => {
  test("is weighted, and counts what was not handed in", () => {
    const { students } = chooseGrades(reading(), { students: [ADA], unmatched: [] }, [
      graded({ points: 10, hours: -1 }),
      graded({ exercise: "b", points: 5, hours: -1 }),
    ]);
    expect(students[0].percent).toBe(62.5);
    const one = chooseGrades(reading(), { students: [ADA], unmatched: [] }, [graded({ points: 10, hours: -1 })]);
    expect(one.students[0]).toMatchObject({ percent: 25, exercises: [{ of: 10 }, { of: 10, points: 0 }] });
  });

  test("of nothing is 0 of all points", () => {
    const { students } = chooseGrades(reading(), { students: [ADA], unmatched: [] }, []);
    expect(students[0]).toMatchObject({ percent: 0, exercises: [{ of: 10, others: [] }, {}] });
  });

  test("gives nothing for what could not be graded, out of all points", () => {
    expect(gradeOf(reading(), [graded({ points: 10, refused: "It is no code." })])).toMatchObject({ raw: 0, of: 10 });
  });
});

const parts = fc.record({
  student: fc.constantFrom("ada", "grace"),
  exercise: fc.constantFrom("a", "b"),
  points: fc.integer({ min: 0, max: 10 }),
  pending: fc.constantFrom(0, 5),
  hours: fc.option(fc.integer({ min: -100, max: 100 }), { nil: undefined }),
  attempt: fc.option(fc.nat(9), { nil: undefined }),
  markedLate: fc.boolean(),
});
const classes = fc
  .array(parts, { maxLength: 12 })
  .map((list) => list.map((each, index) => graded({ ...each, source: `file-${index}` })));
const policies = fc.record({
  keep: fc.constantFrom("best" as const, "last" as const, "last-before-deadline" as const),
  penaltyPerDay: fc.constantFrom(0, 0.1, 1 / 3, 1),
  maxDays: fc.option(fc.nat(4), { nil: undefined }),
});
const students: Student[] = [ADA, { key: "grace", name: "Grace" }];
const choose = (late: LatePolicy, list: readonly GradedSubmission[], change: Partial<Assignment> = {}): ClassGrades =>
  chooseGrades(reading(late, change), { students, unmatched: [] }, list);
const allOf = ({ students: all }: ClassGrades) => all.flatMap(({ exercises }) => exercises);

describe("whatever a class hands in", () => {
  test("each submission counts or has a reason why it doesn't", () => {
    fc.assert(
      fc.property(policies, classes, (late, list) => {
        const grades = allOf(choose(late, list));
        const seen = grades.flatMap(({ counted, others }) => [
          ...(counted === undefined ? [] : [counted]),
          ...others.map((other) => other.graded),
        ]);
        expect(new Set(seen)).toEqual(new Set(list));
        expect(seen).toHaveLength(list.length);
        expect(grades.flatMap(({ others }) => others).every(({ why }) => why.length > 0)).toBe(true);
      }),
    );
  });

  test("the order of grading changes nothing", () => {
    const shuffled = classes.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(policies, shuffled, (late, [list, other]) => {
        expect(choose(late, other)).toEqual(choose(late, list));
      }),
    );
  });

  test("points are what was earned less the penalty, within their bounds", () => {
    fc.assert(
      fc.property(policies, classes, (late, list) => {
        const grades = choose(late, list);
        for (const { raw, penalty, points, of } of allOf(grades)) {
          expect(points).toBeCloseTo(raw - penalty, 9);
          expect([points >= 0, penalty >= 0, raw <= of]).toEqual([true, true, true]);
        }
        for (const { percent } of grades.students) expect(percent >= 0 && percent <= 100).toBe(true);
      }),
    );
  });

  test("under the policy best, handing in once more never costs a point, nor does an extension", () => {
    fc.assert(
      fc.property(policies, classes, parts, ({ keep: _, ...late }, list, one) => {
        const best = { ...late, keep: "best" as const };
        const before = allOf(choose(best, list));
        const more = allOf(choose(best, [...list, graded({ ...one, source: "one-more" })]));
        const extended = allOf(choose(best, list, { extensions: { ada: hoursAfter(48), grace: hoursAfter(10) } }));
        for (const [index, { points }] of before.entries()) {
          expect(more[index].points).toBeGreaterThanOrEqual(points);
          expect(extended[index].points).toBeGreaterThanOrEqual(points);
        }
      }),
    );
  });

  test("under the policy last, none that is known to be later stands aside", () => {
    fc.assert(
      fc.property(policies, classes, (late, list) => {
        for (const { counted, others } of allOf(choose({ ...late, keep: "last" }, list))) {
          const at = counted?.submission.at ?? "";
          expect(others.every(({ graded: other }) => (other.submission.at ?? "") <= at)).toBe(true);
        }
      }),
    );
  });
});
