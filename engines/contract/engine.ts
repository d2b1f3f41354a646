import type { NewOrder, OwnerLimits } from "./commands.ts";
import type { BookEvent, EngineEvent, RejectedEvent } from "./events.ts";

export type Level = "core" | "full" | "extended";

const LEVELS: readonly Level[] = ["core", "full", "extended"];

/** Whether an engine of that level does what is asked for: each level does all that those below it do. */
export function meetsLevel(level: Level, asked: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(asked);
}

/** The door for people: one command a call, plain objects in and out. No call throws on a bad value: it is `rejected`. */
export interface ObjectDoor {
  addOrder(order: NewOrder): EngineEvent[];
  cancelOrder(id: number): EngineEvent[];
  /** @param price ticks @param size the new open size, lots */
  replaceOrder(id: number, price: number, size: number): EngineEvent[];
  /** @param depth levels a side at most, 1 … 2^31 − 1, 10 where left out */
  getBook(depth?: number): BookEvent | RejectedEvent;
  /** Holds an owner to these limits from now on; below level `extended`, as the two that follow, `unsupported`. */
  setLimits(limits: OwnerLimits): EngineEvent[];
  /** Cancels all orders of an owner, the one that has rested longest first, and blocks the owner until `liftOwner`. */
  killOwner(owner: number): EngineEvent[];
  liftOwner(owner: number): EngineEvent[];
}

/**
 * The door for the hot path: fixed-width records (`binary.ts`) in, fixed-width records out, in the engine's own memory.
 * The caller writes commands into `commands`, calls `submit`, and reads `events`: nothing is copied or allocated.
 *
 * Both views may be replaced when the engine's memory grows: read the property again after each `reserve` and `submit`.
 */
export interface BinaryDoor {
  /** Where the caller writes command records. */
  readonly commands: Int32Array;
  /** The events of the last `submit`, from index 0; what follows them is not defined. */
  readonly events: Int32Array;
  /** Makes `commands` hold at least that many records. What was written there before is lost. */
  reserve(commandRecords: number): void;
  /**
   * Executes the commands in the first `words` words of `commands`, in order. Words left over at the end, too few for a
   * record, are one command of unknown op.
   *
   * @returns the number of words of `events` that the commands gave
   * @throws RangeError where `words` is not an integer from 0 to `commands.length`; nothing was executed
   */
  submit(words: number): number;
}

/**
 * One instrument's book, behind both doors. Deterministic: the same commands give the same events, in every engine.
 *
 * The doors may share their buffers: after a call through the object door, what `commands` and `events` hold is not
 * defined.
 */
export interface MatchingEngine extends ObjectDoor, BinaryDoor {}

/** What a variant says of itself; `engine.json` in its folder. */
export interface EngineManifest {
  /** Its folder's name, and its name in the registry. */
  name: string;
  title: string;
  language: string;
  level: Level;
  /** The door that is natural to it; the shared adapter gives the other. */
  door: "objects" | "binary";
  /** What it doesn't do though its level asks for it, each with the reason. */
  unsupported: { what: string; why: string }[];
  /** Built files that it loads, as paths from the project's root. */
  artefacts: string[];
  /** What it is made of beside its own folder, as folders from the project's root: a core in another language. */
  sources: string[];
  /** What a page loads to have it, MiB, rounded: only where that is so much, or starts so slowly, that a reader is asked first. */
  downloadMiB?: number;
}

/** Gives the bytes of a built file, named by its path from the project's root. */
export type ReadArtefact = (path: string) => Promise<Uint8Array<ArrayBuffer>>;

/** Makes an engine with an empty book. */
export type CreateEngine = () => MatchingEngine;
