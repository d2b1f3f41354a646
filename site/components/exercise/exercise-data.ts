import type { CheckEntry, ExerciseManifest } from "../../../lab/grade/manifest.ts";

/** What the build hands to an exercise's element in the page. */
export interface ExerciseData {
  /** Name of the exercise's folder. */
  slug: string;
  /** The UUID that a reader's progress hangs on. */
  id: string;
  title: string;
  /** `exerciseHash` of its files. */
  hash: string;
  starter: string;
  /** `digest` of the starter: a draft keeps the one that it began from. */
  starterHash: string;
  checks: CheckEntry[];
  limits: ExerciseManifest["limits"];
  /** Files that the learner is shown and can't change, by name, in the manifest's order. */
  given: Record<string, string>;
}
