import { z } from "zod";
import type { ClassGrades, ExerciseGrade, StudentGrade } from "../graded.ts";

const exerciseSummary = z.strictObject({
  exercise: z.string(),
  handedIn: z.boolean(),
  raw: z.number(),
  penalty: z.number(),
  points: z.number(),
  of: z.number(),
  daysLate: z.number(),
  /** Checks that wait for the instructor. */
  pending: z.number(),
});

const studentSummary = z.strictObject({
  key: z.string(),
  name: z.string(),
  email: z.string().optional(),
  id: z.string().optional(),
  /** 0 … 100, to hundredths. */
  percent: z.number(),
  /** Of any exercise. */
  handedIn: z.boolean(),
  exercises: z.array(exerciseSummary),
});

const classSummary = z.strictObject({
  version: z.literal(1),
  assignment: z.strictObject({
    title: z.string(),
    hash: z.string(),
    exercises: z.array(z.strictObject({ slug: z.string(), title: z.string(), weight: z.number() })),
  }),
  students: z.array(studentSummary),
  statistics: z.strictObject({
    students: z.number(),
    handedIn: z.number(),
    /** Of those who handed in, percent; null where nobody did. */
    mean: z.number().nullable(),
    median: z.number().nullable(),
    lowest: z.number().nullable(),
    highest: z.number().nullable(),
  }),
  /** Of those who handed in: from the one percentage up to, and without, the other; the last with 100. */
  distribution: z.array(z.strictObject({ from: z.number(), to: z.number(), students: z.number() })),
  unmatched: z.array(z.strictObject({ source: z.string(), reason: z.string() })),
});

/** The class in numbers: what `summary.json` holds, and all that a gradebook is filled from. No clock is in it. */
export type ClassSummary = z.infer<typeof classSummary>;
export type StudentSummary = ClassSummary["students"][number];
export type ExerciseSummary = StudentSummary["exercises"][number];
export type Distribution = ClassSummary["distribution"];

/** The name of the file in the folder of grades. */
export const SUMMARY_FILE = "summary.json";

const BINS = 10;

/** @param titleOf an exercise's title by its slug */
export function summaryOf(
  { assignment, students, unmatched }: ClassGrades,
  titleOf: (slug: string) => string,
): ClassSummary {
  const summaries = students.map(studentSummaryOf);
  const percents = summaries.filter(({ handedIn }) => handedIn).map(({ percent }) => percent);
  return {
    version: 1,
    assignment: {
      title: assignment.title,
      hash: assignment.hash,
      exercises: assignment.exercises.map(({ slug, weight }) => ({ slug, title: titleOf(slug), weight })),
    },
    students: summaries,
    statistics: { students: students.length, handedIn: percents.length, ...statisticsOf(percents) },
    distribution: distributionOf(percents),
    unmatched: unmatched.map(({ source, reason }) => ({ source, reason })),
  };
}

/** @throws Error saying what is wrong with the text of a `summary.json` */
export function readSummary(text: string): ClassSummary {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON: ${(error as Error).message}`);
  }
  const read = classSummary.safeParse(data);
  if (read.success) return read.data;
  const [{ path, message }] = read.error.issues;
  throw new Error(`it is no summary of grades: ${path.join(".") || "the whole"}: ${message}. Grade again.`);
}

function studentSummaryOf({ student, exercises, percent }: StudentGrade): StudentSummary {
  return {
    key: student.key,
    name: student.name,
    ...(student.email === undefined ? {} : { email: student.email }),
    ...(student.id === undefined ? {} : { id: student.id }),
    percent,
    handedIn: exercises.some(({ counted, others }) => counted !== undefined || others.length > 0),
    exercises: exercises.map(exerciseSummaryOf),
  };
}

function exerciseSummaryOf(grade: ExerciseGrade): ExerciseSummary {
  const { exercise, counted, others, raw, penalty, points, of, daysLate, pending } = grade;
  const handedIn = counted !== undefined || others.length > 0;
  return { exercise, handedIn, raw, penalty, points, of, daysLate, pending: pending.length };
}

function statisticsOf(
  values: readonly number[],
): Pick<ClassSummary["statistics"], "mean" | "median" | "lowest" | "highest"> {
  if (values.length === 0) return { mean: null, median: null, lowest: null, highest: null };
  return {
    mean: hundredths(values.reduce((sum, value) => sum + value, 0) / values.length),
    median: hundredths(median(values)),
    lowest: Math.min(...values),
    highest: Math.max(...values),
  };
}

/** The middle value, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function distributionOf(percents: readonly number[]): Distribution {
  const width = 100 / BINS;
  const bins = Array.from({ length: BINS }, (_, bin) => ({ from: bin * width, to: (bin + 1) * width, students: 0 }));
  for (const percent of percents) bins[Math.min(BINS - 1, Math.max(0, Math.floor(percent / width)))].students++;
  return bins;
}

export function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
