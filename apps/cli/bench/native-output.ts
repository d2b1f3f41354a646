import { Failure } from "../failure.ts";
import type { NativeEngine } from "./native.ts";
import type { CommandKind } from "./worker.ts";

/** Quantiles of the time of single commands, wall ns, with the clock's own median taken off. */
export interface NativeSingles {
  kind: CommandKind;
  count: number;
  p50: number;
  p99: number;
  p999: number;
}

/** What one process of a native engine says of the one flow that it was given. */
export interface NativeOutput {
  /** Timed in a round, after the opening. */
  commands: number;
  /** What a reading of its clock costs, ns, the median. */
  clockNs: number;
  eventHash: string;
  /** Wall ns a command, of each round. */
  roundsNs: number[];
  singles: NativeSingles[];
}

/** `wasm-rust/bench` makes its flow itself, and says which. */
export interface RustOutput extends NativeOutput {
  profileName: string;
  seed: number;
}

const KINDS: readonly string[] = ["all", "add", "market", "cancel", "replace", "book"] satisfies CommandKind[];

/** Reads what `wasm-rust/bench --json` wrote. @throws Failure that names the field which is not as it should be */
export function readRustOutput(text: string): RustOutput {
  const read = new Reader("rust-native");
  const whole = read.whole(text);
  const profiles = read.list(whole.profiles, "profiles");
  if (profiles.length !== 1) read.refuse("profiles", "one profile");
  const profile = read.record(profiles[0], "profiles[0]");
  if (typeof profile.profile !== "string") read.refuse("profile", "a name");
  const profileName = profile.profile as string;
  return { ...read.measured(whole, profile), profileName, seed: read.number(whole.seed, "seed") };
}

/** Reads what the native program of a core wrote. @throws Failure that names the field which is not as it should be */
export function readCoreOutput(text: string, engine: NativeEngine): NativeOutput {
  const read = new Reader(engine);
  const whole = read.whole(text);
  return read.measured(whole, whole);
}

type Fields = Record<string, unknown>;

class Reader {
  readonly #engine: NativeEngine;

  constructor(engine: NativeEngine) {
    this.#engine = engine;
  }

  whole(text: string): Fields {
    const whole = this.record(this.#parsed(text), "its output");
    if (whole.engine !== this.#engine) this.refuse("engine", `"${this.#engine}"`);
    return whole;
  }

  measured(whole: Fields, flow: Fields): NativeOutput {
    const { eventsHash } = flow;
    if (typeof eventsHash !== "string" || !/^[0-9a-f]{16}$/.test(eventsHash)) {
      return this.refuse("eventsHash", "16 hexadecimal digits");
    }
    const rounds = this.list(flow.batchNsPerOp, "batchNsPerOp");
    if (rounds.length === 0) this.refuse("batchNsPerOp", "a time at least");
    return {
      commands: this.number(whole.commands, "commands"),
      clockNs: this.number(whole.clockMedianNs, "clockMedianNs"),
      eventHash: eventsHash,
      roundsNs: rounds.map((ns, round) => this.number(ns, `batchNsPerOp[${round}]`)),
      singles: this.list(flow.latency, "latency").map((value, place) => this.#singles(value, `latency[${place}]`)),
    };
  }

  #singles(value: unknown, where: string): NativeSingles {
    const { op, count, p50Ns, p99Ns, p999Ns } = this.record(value, where);
    if (typeof op !== "string" || !KINDS.includes(op)) this.refuse(`${where}.op`, KINDS.join(", "));
    return {
      kind: op as CommandKind,
      count: this.number(count, `${where}.count`),
      p50: this.number(p50Ns, `${where}.p50Ns`),
      p99: this.number(p99Ns, `${where}.p99Ns`),
      p999: this.number(p999Ns, `${where}.p999Ns`),
    };
  }

  #parsed(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      return this.refuse("its output", "JSON");
    }
  }

  record(value: unknown, where: string): Fields {
    if (typeof value !== "object" || value === null || Array.isArray(value)) this.refuse(where, "an object");
    return value as Fields;
  }

  list(value: unknown, where: string): unknown[] {
    return Array.isArray(value) ? value : this.refuse(where, "a list");
  }

  number(value: unknown, where: string): number {
    return typeof value === "number" && value >= 0 ? value : this.refuse(where, "a number from 0 up");
  }

  refuse(where: string, wanted: string): never {
    throw new Failure(`${this.#engine}: ${where} should be ${wanted}. Is the build of this checkout?`);
  }
}
