import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA-256 of a text with LF line ends, hexadecimal: the same where git gave it CRLF. Works on pages without `crypto.subtle` too. */
export function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text.replaceAll("\r\n", "\n"))));
}

/** The files of an exercise that decide what a grading of it means. */
export interface GradedFiles {
  /** `exercise.json` */
  manifest: string;
  /** `checks.ts` */
  checks: string;
  /** `starter.ts` */
  starter: string;
  /** Those in `given/` and `checks/`, by path from the exercise's folder. */
  others?: Readonly<Record<string, string>>;
}

/** The hash of an exercise: another one tells that its checks, points, limits, starter or given files changed. */
export function exerciseHash({ manifest, checks, starter, others = {} }: GradedFiles): string {
  const named = Object.keys(others)
    .sort()
    .map((path) => `${path} ${digest(others[path])}`);
  return digest([...[manifest, checks, starter].map(digest), ...named].join("\n"));
}
