import { StrategyError } from "../market/strategy-error.ts";
import { placeOf, thrownText } from "./error-place.ts";
import { LoopTooLong } from "./loop-guard.ts";
import { type PreparedCode, prepareCode } from "./prepare.ts";
import type { Failure } from "./protocol.ts";

/** Gives JavaScript an address from which it can be imported; each call another, so that each import is a new instance. */
export type AddressOf = (code: string) => string;

export type ModuleExports = Readonly<Record<string, unknown>>;

/** A reader's file as it runs: its instances, and its errors told as places in the file. */
export class ReaderModule {
  readonly #prepared: PreparedCode;
  readonly #addressOf: AddressOf;
  readonly #addresses: string[] = [];

  private constructor(prepared: PreparedCode, addressOf: AddressOf) {
    this.#prepared = prepared;
    this.#addressOf = addressOf;
  }

  /** Reads the file; runs nothing of it. */
  static read(source: string, addressOf: AddressOf): ReaderModule | Failure {
    const prepared = prepareCode(source);
    return prepared.kind === "failed" ? prepared : new ReaderModule(prepared, addressOf);
  }

  /** Runs the file's top level in a new instance, which shares nothing with the others. @throws what it throws */
  async instance(): Promise<ModuleExports> {
    const address = this.#addressOf(this.#prepared.code);
    this.#addresses.push(address);
    return await import(/* @vite-ignore */ address);
  }

  /** The line of the file that is running now. */
  runningLine(): number | undefined {
    return placeOf(new Error(), this.#addresses)?.line;
  }

  /** What was thrown, as the reader is told of it. */
  failureOf(phase: "load" | "run", error: unknown): Failure {
    const thrown = error instanceof StrategyError ? error.cause : error;
    if (thrown instanceof LoopTooLong) {
      return { kind: "failed", phase: "loop", message: thrown.message, line: thrown.line };
    }
    const place = placeOf(thrown, this.#addresses);
    // What the parser lets through and the engine does not: it has no place in a stack.
    const notRun = phase === "load" && thrown instanceof SyntaxError && place === undefined;
    const failure: Failure = { kind: "failed", phase: notRun ? "syntax" : phase, message: thrownText(thrown) };
    if (place === undefined) return failure;
    failure.line = place.line;
    const column = this.#prepared.columnOf(place.line, place.column);
    if (column !== undefined) failure.column = column;
    return failure;
  }
}
