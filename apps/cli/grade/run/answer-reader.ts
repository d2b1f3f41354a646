import type { FailureKind } from "../../../../lab/grade/check.ts";
import { type Answer, type ChildFailure, HEAD_BYTES, NUMBER_AT, TOKEN_BYTES } from "./asked.ts";
import { TOLD } from "./child-globals.ts";
import { MAX_BYTES, readPlainBytes } from "./plain-bytes.ts";

/** What came is no answer: nobody but the code itself can have written it. */
export class UnusableAnswer extends Error {
  override name = "UnusableAnswer";
}

export interface NumberedAnswer {
  number: number;
  answer: Answer;
  tried: string[];
}

const KINDS: readonly FailureKind[] = ["syntax", "load", "missing", "thrown", "timeout"];
const MOST_MESSAGE = 600;
const MOST_EXPORTS = 100;
const EXPORT = /^[\p{ID_Start}$_][\p{ID_Continue}$]{0,99}$/u;
const EMPTY = new Uint8Array();

/** Cuts what a submission's process wrote into answers, and reads them as what a stranger says. */
export class AnswerReader {
  readonly #token: Uint8Array;
  #unfinished: Uint8Array[] = [];
  #unfinishedBytes = 0;
  /** Bytes of the answer that is coming, with its length; undefined until that is there. */
  #awaited: number | undefined;

  constructor(token: Uint8Array) {
    this.#token = token;
  }

  /** @returns the answers that these bytes complete @throws UnusableAnswer */
  *read(bytes: Uint8Array): Generator<NumberedAnswer> {
    this.#unfinished.push(bytes);
    this.#unfinishedBytes += bytes.length;
    for (;;) {
      this.#awaited ??= this.#lengthAhead();
      if (this.#awaited === undefined || this.#unfinishedBytes < this.#awaited) return;
      const all = this.#joined();
      const frame = all.subarray(0, this.#awaited);
      this.#keep(all.subarray(this.#awaited));
      this.#awaited = undefined;
      yield this.#answerOf(frame);
    }
  }

  #lengthAhead(): number | undefined {
    if (this.#unfinishedBytes < HEAD_BYTES) return undefined;
    const all = this.#joined();
    this.#keep(all);
    for (let index = 0; index < TOKEN_BYTES; index++) {
      if (all[4 + index] !== this.#token[index]) throw new UnusableAnswer("Without the token.");
    }
    const length = viewOf(all).getUint32(0, true) + 4;
    if (length < HEAD_BYTES || length > MAX_BYTES + HEAD_BYTES) throw new UnusableAnswer(`Of ${length} bytes.`);
    return length;
  }

  #answerOf(frame: Uint8Array): NumberedAnswer {
    let value: unknown;
    try {
      value = readPlainBytes(frame.subarray(HEAD_BYTES));
    } catch (error) {
      if (error instanceof TypeError) throw new UnusableAnswer(error.message);
      throw error;
    }
    const { tried, ...answer } = fieldsOf(value);
    return { number: viewOf(frame).getUint32(NUMBER_AT, true), answer: checked(answer), tried: triedOf(tried) };
  }

  #joined(): Uint8Array {
    return this.#unfinished.length === 1 ? this.#unfinished[0] : Buffer.concat(this.#unfinished);
  }

  #keep(rest: Uint8Array): void {
    this.#unfinished = [rest.length === 0 ? EMPTY : rest];
    this.#unfinishedBytes = rest.length;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new UnusableAnswer("No answer.");
}

function checked(answer: Record<string, unknown>): Answer {
  if (Object.hasOwn(answer, "failure")) return { failure: failureOf(fieldsOf(answer.failure)) };
  if (!Array.isArray(answer.exports)) return { value: answer.value };
  const exports = answer.exports.filter((name): name is string => typeof name === "string" && EXPORT.test(name));
  return { exports: exports.slice(0, MOST_EXPORTS) };
}

function failureOf({ kind, message, line }: Record<string, unknown>): ChildFailure {
  const known = KINDS.find((each) => each === kind);
  if (known === undefined || typeof message !== "string") throw new UnusableAnswer("No failure.");
  const failure: ChildFailure = { kind: known, message: message.slice(0, MOST_MESSAGE) };
  if (Number.isInteger(line) && (line as number) > 0 && (line as number) < 1e6) failure.line = line as number;
  return failure;
}

function triedOf(tried: unknown): string[] {
  return Array.isArray(tried) ? tried.filter((name) => typeof name === "string" && Object.hasOwn(TOLD, name)) : [];
}
