/** What the page hands a lab. */
export interface LabData {
  /** What the reader's text is kept under; labs of one id share it. */
  id: string;
  /** Name of the file that is run. */
  file: string;
  starter: string;
  /** What it imports as "./name.ts", by name; left out where it stands alone. */
  otherFiles?: Record<string, string>;
  starterHash: string;
  /** Of the sources that the site was built from; null where it is not known. */
  commit: string | null;
  /** Names for the reader, by the engine's own. */
  titles: Record<string, string>;
  /** What a page loads for an engine, MiB, by its name: only where a reader is told before. */
  downloads: Record<string, number>;
}

/** What a lab's text promises of its starter. */
export interface LabExpectation {
  /** Whether the engines' events agree; they do unless this says false. */
  identical?: boolean;
  /** Names of two engines, the faster one first. It is looked at only where our published figures lie more than 2× apart. */
  faster?: [string, string];
  /** What the status line says when the starter has run, in part. */
  status?: string;
}
