import type { Unmatched } from "../submission.ts";

/** A file in a folder or zip of submissions, not read yet. */
export interface FoundFile {
  /** Names of the folders and zips that it is in, then its own; without characters that nobody sees. */
  path: readonly string[];
  /** The path as it is shown to people. */
  source: string;
  sizeBytes: number;
  /** As its folder or zip has it: a zip's own time may be of another zone. */
  modifiedAt: Date;
  /** All of it. @throws TooMuch where the zip that it is in has had its share */
  read(): Promise<Buffer>;
}

/** Something that no submission is in, by its look: listed once for all of its name. */
export interface LeftOut {
  /** Its own name, such as `.DS_Store`. */
  leftOut: string;
  source: string;
}

export type Found = FoundFile | Unmatched | LeftOut;

/** A zip took more than its share. Its message goes behind "it". */
export class TooMuch extends Error {
  override name = "TooMuch";
}

/** What is read of strangers' files at most. */
export const BOUNDS = {
  /** A learner's file. */
  codeBytes: 256 * 1024,
  /** A workbook's export: code, receipts and attempts. */
  exportBytes: 4 * 1024 * 1024,
  /** A zip that is in a zip, inflated. */
  innerZipBytes: 32 * 1024 * 1024,
  /** Inflated to packed size, of an inner zip. No packed code comes near. */
  ratio: 100,
  /** Zips in zips in zips. */
  zipDepth: 3,
  /** Folders in folders. */
  folderDepth: 32,
  /** Characters of a path in a zip. */
  pathLength: 1_000,
  /** Of one zip in the collected folder, with all zips in it. */
  zip: { entries: 10_000, bytes: 128 * 1024 * 1024 },
  /** Of the whole. */
  all: { entries: 200_000, bytes: 1024 * 1024 * 1024 },
} as const;

/** How much more may be looked at and read. */
export class Budget {
  #entries: number;
  #bytes: number;
  readonly #spent: (what: string) => Error;
  readonly #whole: Budget | undefined;

  /** @param spent the error where there is no more, told of what @param whole another budget that all is taken from too */
  constructor(limits: { entries: number; bytes: number }, spent: (what: string) => Error, whole?: Budget) {
    this.#entries = limits.entries;
    this.#bytes = limits.bytes;
    this.#spent = spent;
    this.#whole = whole;
  }

  takeEntry(): void {
    if (this.#entries < 1) throw this.#spent("more files than any class hands in");
    this.#whole?.takeEntry();
    this.#entries--;
  }

  /** Where there aren't so many, none are taken: one zip's greed is not the others' loss. */
  takeBytes(count: number): void {
    if (this.#bytes < count) throw this.#spent("more bytes than any class hands in");
    this.#whole?.takeBytes(count);
    this.#bytes -= count;
  }
}

/** One zip's share of the whole. */
export function zipBudget(whole: Budget): Budget {
  return new Budget(BOUNDS.zip, (what) => new TooMuch(`holds ${what}, as a zip bomb does`), whole);
}

/** Folders that tools make beside people's files. */
const TOOLS_FOLDERS = new Set([".git", ".github", ".vscode", ".idea", "node_modules", "__MACOSX"]);
const TOOLS_FILES = /^(\.DS_Store|Thumbs\.db|desktop\.ini|\._.*|\.gitignore|\.gitattributes|\.gitkeep)$/i;

/** The name in a path that a tool made, if any. */
export function toolsName(path: readonly string[]): string | undefined {
  const folder = path.find((name) => TOOLS_FOLDERS.has(name));
  const file = path[path.length - 1];
  return folder ?? (TOOLS_FILES.test(file) ? (file.startsWith("._") ? "._ files" : file) : undefined);
}
