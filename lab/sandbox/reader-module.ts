import { StrategyError } from "../market/strategy-error.ts";
import { placeOf, thrownText } from "./error-place.ts";
import { LoopTooLong } from "./loop-guard.ts";
import { type PreparedCode, prepareCode } from "./prepare.ts";
import type { Failure } from "./protocol.ts";
import { filesOf, type Source, type SourceFiles } from "./source-files.ts";

/** Gives JavaScript an address from which it can be imported; each call another, so that each import is a new instance. */
export type AddressOf = (code: string) => string;

export type ModuleExports = Readonly<Record<string, unknown>>;

/** A line of the reader's code, and its file where that is not the one that is run. */
export interface RunningPlace {
  line: number;
  file?: string;
}

/** A reader's files as they run: their instances, and their errors told as places in the files. */
export class ReaderModule {
  /** Those that are run, each after the ones that it imports; the last is the first of the reader's. */
  readonly #files: ReadonlyMap<string, PreparedCode>;
  readonly #first: string;
  readonly #addressOf: AddressOf;
  readonly #addresses = new Map<string, string>();

  private constructor(files: ReadonlyMap<string, PreparedCode>, first: string, addressOf: AddressOf) {
    this.#files = files;
    this.#first = first;
    this.#addressOf = addressOf;
  }

  /** Reads the file, or the first of the files and those that it imports; runs nothing of them. */
  static read(source: Source, addressOf: AddressOf): ReaderModule | Failure {
    let sources: SourceFiles;
    try {
      sources = filesOf(source);
    } catch (error) {
      return { kind: "failed", phase: "syntax", message: (error as Error).message };
    }
    const [first] = Object.keys(sources);
    const files = new Map<string, PreparedCode>();
    const failure = readWithImports(sources, first, [], files);
    return failure ?? new ReaderModule(files, first, addressOf);
  }

  /** Runs the files' top level in new instances, which share nothing with the others. @throws what it throws */
  async instance(): Promise<ModuleExports> {
    const addresses = new Map<string, string>();
    for (const [file, prepared] of this.#files) {
      const address = this.#addressOf(prepared.linked(addresses));
      addresses.set(file, address);
      this.#addresses.set(address, file);
    }
    return await import(/* @vite-ignore */ addresses.get(this.#first) as string);
  }

  /** The place in the reader's code that is running now. */
  runningPlace(): RunningPlace | undefined {
    const place = this.#placeOf(new Error());
    return place && { line: place.line, ...this.#named(place.file) };
  }

  /** What was thrown, as the reader is told of it. */
  failureOf(phase: "load" | "run", error: unknown): Failure {
    const thrown = error instanceof StrategyError ? error.cause : error;
    if (thrown instanceof LoopTooLong) {
      const { message, line, file } = thrown;
      return { kind: "failed", phase: "loop", message, line, ...(file !== undefined && { file }) };
    }
    const place = this.#placeOf(thrown);
    // What the parser lets through and the engine does not: it has no place in a stack.
    const notRun = phase === "load" && thrown instanceof SyntaxError && place === undefined;
    const message = this.#withNames(thrownText(thrown));
    const failure: Failure = { kind: "failed", phase: notRun ? "syntax" : phase, message, ...this.#named(place?.file) };
    if (place === undefined) return failure;
    failure.line = place.line;
    const column = this.#files.get(place.file)?.columnOf(place.line, place.column);
    if (column !== undefined) failure.column = column;
    return failure;
  }

  #placeOf(error: unknown): { file: string; line: number; column: number } | undefined {
    const place = placeOf(error, [...this.#addresses.keys()]);
    return place && { ...place, file: this.#addresses.get(place.address) as string };
  }

  #named(file: string | undefined): { file?: string } {
    return file === undefined || file === this.#first ? {} : { file };
  }

  /** A browser names a file by its address, which says nothing to a reader. */
  #withNames(message: string): string {
    let named = message;
    for (const [address, file] of this.#addresses) named = named.replaceAll(address, `./${file}`);
    return named;
  }
}

/**
 * Prepares a file and what it imports, each once.
 *
 * @param importing the files that led here, the first one first @param files gets them, each after its imports
 */
function readWithImports(
  sources: SourceFiles,
  file: string,
  importing: readonly string[],
  files: Map<string, PreparedCode>,
): Failure | undefined {
  const others = Object.keys(sources).filter((name) => name !== file);
  const named = importing.length === 0 ? {} : { file };
  const prepared = prepareCode(sources[file], { others, ...named });
  if (prepared.kind === "failed") return { ...prepared, ...named };
  const way = [...importing, file];
  for (const [imported, line] of prepared.imports) {
    if (files.has(imported)) continue;
    if (way.includes(imported)) {
      const circle = [...way.slice(way.indexOf(imported)), imported].join(" → ");
      const message = `These files import each other in a circle: ${circle}. Move what both need to a file of its own.`;
      return { kind: "failed", phase: "syntax", message, line, ...named };
    }
    const failure = readWithImports(sources, imported, way, files);
    if (failure !== undefined) return failure;
  }
  files.set(file, prepared);
  return undefined;
}
