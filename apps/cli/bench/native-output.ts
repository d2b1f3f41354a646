import { Failure } from "../failure.ts";
import type { CommandKind } from "./worker.ts";

/** Quantiles of the time of single commands, wall ns, with the clock's own median taken off. */
export interface NativeSingles {
  kind: CommandKind;
  count: number;
  p50: number;
  p99: number;
  p999: number;
}

/** What one process of `wasm-rust/bench --json` says of the one profile that it was asked for. */
export interface NativeOutput {
  seed: number;
  /** Timed in a round, after the opening. */
  commands: number;
  /** What a reading of its clock costs, ns, the median. */
  clockNs: number;
  profile: string;
  eventHash: string;
  /** Wall ns a command, of each round. */
  roundsNs: number[];
  singles: NativeSingles[];
}

const KINDS: readonly string[] = ["all", "add", "market", "cancel", "replace", "book"] satisfies CommandKind[];

/** Reads what `wasm-rust/bench --json` wrote. @throws Failure that names the field which is not as it should be */
export function readNativeOutput(text: string): NativeOutput {
  const whole = recordOf(parsed(text), "its output");
  if (whole.engine !== "rust-native") refuse("engine", `"rust-native"`);
  const profiles = listOf(whole.profiles, "profiles");
  if (profiles.length !== 1) refuse("profiles", "one profile");
  const profile = recordOf(profiles[0], "profiles[0]");
  if (typeof profile.profile !== "string") refuse("profile", "a name");
  if (typeof profile.eventsHash !== "string" || !/^[0-9a-f]{16}$/.test(profile.eventsHash)) {
    refuse("eventsHash", "16 hexadecimal digits");
  }
  const rounds = listOf(profile.batchNsPerOp, "batchNsPerOp");
  if (rounds.length === 0) refuse("batchNsPerOp", "a time at least");
  return {
    seed: numberOf(whole.seed, "seed"),
    commands: numberOf(whole.commands, "commands"),
    clockNs: numberOf(whole.clockMedianNs, "clockMedianNs"),
    profile: profile.profile,
    eventHash: profile.eventsHash,
    roundsNs: rounds.map((ns, round) => numberOf(ns, `batchNsPerOp[${round}]`)),
    singles: listOf(profile.latency, "latency").map(singlesOf),
  };
}

function singlesOf(value: unknown, place: number): NativeSingles {
  const where = `latency[${place}]`;
  const { op, count, p50Ns, p99Ns, p999Ns } = recordOf(value, where);
  if (typeof op !== "string" || !KINDS.includes(op)) refuse(`${where}.op`, KINDS.join(", "));
  return {
    kind: op as CommandKind,
    count: numberOf(count, `${where}.count`),
    p50: numberOf(p50Ns, `${where}.p50Ns`),
    p99: numberOf(p99Ns, `${where}.p99Ns`),
    p999: numberOf(p999Ns, `${where}.p999Ns`),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse("its output", "JSON");
  }
}

function recordOf(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(where, "an object");
  return value as Record<string, unknown>;
}

function listOf(value: unknown, where: string): unknown[] {
  return Array.isArray(value) ? value : refuse(where, "a list");
}

function numberOf(value: unknown, where: string): number {
  return typeof value === "number" && value >= 0 ? value : refuse(where, "a number from 0 up");
}

function refuse(where: string, wanted: string): never {
  throw new Failure(`native: wasm-rust/bench --json: ${where} should be ${wanted}. Is the build of this checkout?`);
}
