import { closeSync, fdatasyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { digest } from "../../../../lab/grade/digest.ts";
import type { GradedSubmission } from "../graded.ts";
import type { Submission } from "../submission.ts";
import type { Stage } from "./grade-submission.ts";

/** Of the journal's form and of the grader's rules: another one begins anew. */
const VERSION = 1;

interface Entry {
  version: typeof VERSION;
  key: string;
  stage: Stage;
  graded: Omit<GradedSubmission, "submission">;
}

/**
 * What has been graded already, a line each in a file that only grows: whoever is stopped at any moment goes on from there. A line
 * that was cut off is none.
 */
export class Journal {
  readonly #entries = new Map<string, Omit<GradedSubmission, "submission">>();
  readonly #file: number;

  /** @param path its folder is made where it isn't there */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    for (const { key, stage, graded } of entriesIn(path)) this.#entries.set(`${stage} ${key}`, graded);
    this.#file = openSync(path, "a");
    // What was cut off ends here.
    writeSync(this.#file, "\n");
  }

  /** @param hash of the assigned exercise */
  find(submission: Submission, hash: string, stage: Stage): GradedSubmission | undefined {
    const graded = this.#entries.get(`${stage} ${keyOf(submission, hash)}`);
    return graded && { submission, ...graded };
  }

  add({ submission, ...graded }: GradedSubmission, hash: string, stage: Stage): void {
    const key = keyOf(submission, hash);
    writeSync(this.#file, `${JSON.stringify({ version: VERSION, key, stage, graded } satisfies Entry)}\n`);
    fdatasyncSync(this.#file);
    this.#entries.set(`${stage} ${key}`, graded);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Where a submission came from is not among it: the same code gets the same points for the same exercise. */
function keyOf({ exercise, codeHash }: Submission, hash: string): string {
  return digest([exercise, codeHash, hash].join("\n"));
}

function entriesIn(path: string): Entry[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return text.split("\n").flatMap((line) => {
    try {
      const entry = JSON.parse(line) as Partial<Entry> | null;
      return entry?.version === VERSION && entry.graded !== undefined ? [entry as Entry] : [];
    } catch {
      return [];
    }
  });
}
