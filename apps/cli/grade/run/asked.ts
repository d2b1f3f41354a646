import type { FailureKind } from "../../../../lab/grade/check.ts";

/**
 * The channel between the grader and a submission's process. First come the token's bytes; then each question is its length
 * and its number, four bytes each, and its value. An answer is its length, the token, the question's number, and its value.
 * Numbers are little-endian; a length counts what comes after itself, the number of a question not.
 */
export const TOKEN_BYTES = 16;
/** Where an answer's number begins. */
export const NUMBER_AT = 4 + TOKEN_BYTES;
/** Bytes of an answer before its value. */
export const HEAD_BYTES = NUMBER_AT + 4;

/** What the grader asks a submission's process for: first to load the code, then for outputs. */
export type Asked =
  | {
      kind: "load";
      /** A `data:` URL of JavaScript with guarded loops. */
      address: string;
      /** By which global the code calls the guard. */
      guardName: string;
      /** What the file's top level may take in loops, ms. */
      limitMs: number;
    }
  | { kind: "call"; name: string; args: unknown[]; timeoutMs: number };

export interface ChildFailure {
  kind: FailureKind;
  message: string;
  /** Of the learner's file, from 1. */
  line?: number;
}

/** What comes back: outputs, and how the code failed to give one. The grader believes none of it. */
export type Answer = { exports: string[] } | { value: unknown } | { failure: ChildFailure };
