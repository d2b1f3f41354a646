import type { Verdict } from "../../../lab/grade/verdict.ts";
import type { Attempt } from "../../store/index.ts";
import type { ExerciseData } from "./exercise-data.ts";

/** What a reader hands in: the code, and what this browser made of it. The receipts are the reader's own check, never a grade of record. */
export interface Submission {
  kind: "hotpath-submission";
  version: 1;
  /** ISO 8601 */
  exportedAt: string;
  exercise: { id: string; slug: string; title: string; hash: string };
  code: string;
  /** Gradings of this very code, the newest first. */
  receipts: Verdict[];
  /** Gradings of everything before it: when, and with how many points. */
  attempts: { at: string; points: number; of: number; codeHash: string }[];
}

/** @param codeHash `digest` of the code @param at when it is written, ISO 8601 */
export function submissionOf(
  { id, slug, title, hash }: ExerciseData,
  code: string,
  codeHash: string,
  attempts: readonly Attempt[],
  at: string,
): Submission {
  return {
    kind: "hotpath-submission",
    version: 1,
    exportedAt: at,
    exercise: { id, slug, title, hash },
    code,
    receipts: attempts.map(({ verdict }) => verdict).filter((verdict) => verdict.codeHash === codeHash),
    attempts: attempts.map(({ at: graded, verdict }) => ({
      at: new Date(graded).toISOString(),
      points: verdict.points,
      of: verdict.of,
      codeHash: verdict.codeHash,
    })),
  };
}

/** Offers a text as a file to be kept. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
