import type { Profile } from "../../../engines/flow/profiles.ts";
import { median } from "../../../lab/measure/statistics.ts";
import { Failure } from "../failure.ts";
import type { MeasureRequest } from "./measure.ts";
import type { NativeOutput, NativeSingles } from "./native-output.ts";
import { openingOf } from "./plan.ts";
import { askOracleForHash } from "./team.ts";

/** Cores in a process of their own, without Wasm and without JavaScript. */
export const NATIVES = ["rust-native", "cpp-native", "ocaml-native"] as const;

export type NativeEngine = (typeof NATIVES)[number];

const LEVEL_FULL: readonly string[] = ["std", "deep", "wide", "full"];

/** The profiles that each runs. */
export const NATIVE_PROFILES: Readonly<Record<NativeEngine, readonly string[]>> = {
  "rust-native": [...LEVEL_FULL, "risk"],
  "cpp-native": LEVEL_FULL,
  "ocaml-native": LEVEL_FULL,
};

/** What a process is to measure. */
export interface NativeQuestion {
  profileName: string;
  profile: Profile;
  seed: number;
  /** Commands that fill a book, and are not timed. */
  opening: number;
  /** Timed in a round, after the opening. */
  commands: number;
  /** Commands of a batch. */
  batch: number;
  rounds: number;
}

/** A native engine, built. */
export interface NativeBench {
  engine: NativeEngine;
  /** Runs a process to its end. @throws Failure where it fails, or can't be read */
  run(question: NativeQuestion): Promise<NativeOutput>;
}

/** What was found of it on one profile. Not paired with the other subjects: it has no part in their rounds. */
export interface NativeResult {
  engine: NativeEngine;
  /** Timed in a round, after the opening. */
  timedCommands: number;
  /** Whose events were compared with the oracle's, in each process: the opening and all that is timed. */
  checkedCommands: number;
  eventHash: string;
  /** Median over the processes of the median of their rounds, wall ns a command. */
  wallNs: number;
  /** The rounds of each process, wall ns a command. */
  roundsNs: number[][];
  /** What a reading of its clock costs, ns; it is taken off the times of single commands. */
  clockNs: number;
  /** Single commands by kind, of the first process. */
  singles: NativeSingles[];
}

/** Has the oracle run what the native engines of a profile will. @returns one series for each of them */
export async function beginNatives(request: MeasureRequest): Promise<NativeSeries[]> {
  const { name, profile, seed, plan } = request;
  const benches = (request.nativeBenches ?? []).filter(({ engine }) => NATIVE_PROFILES[engine].includes(name));
  if (benches.length === 0) return [];
  const [opening, commands] = [openingOf(profile), plan.rounds * plan.chunk];
  const eventHash = await askOracleForHash(request, opening + commands);
  const { batch, rounds } = plan;
  const question: NativeQuestion = { profileName: name, profile, seed, opening, commands, batch, rounds };
  return benches.map((bench) => new NativeSeries(bench, question, eventHash));
}

/** The processes of one native engine on one profile, one after the other. */
export class NativeSeries {
  readonly #bench: NativeBench;
  readonly #question: NativeQuestion;
  readonly #eventHash: string;
  readonly #outputs: NativeOutput[] = [];

  constructor(bench: NativeBench, question: NativeQuestion, eventHash: string) {
    this.#bench = bench;
    this.#question = question;
    this.#eventHash = eventHash;
  }

  /** Runs a process. @throws Failure where its events are not the oracle's: then its times are not kept */
  async run(): Promise<void> {
    const { engine } = this.#bench;
    const { profileName, seed, commands } = this.#question;
    const output = await this.#bench.run(this.#question);
    if (output.commands !== commands) {
      throw new Failure(`${engine} measured ${output.commands} commands, and was asked for ${commands}.`);
    }
    if (output.eventHash !== this.#eventHash) {
      throw new Failure(
        `${engine} gave a wrong answer on ${profileName} with seed ${seed}: the hash of its events, ${output.eventHash} and not ${this.#eventHash}. A wrong answer is not timed. ${REMEDY[engine]}`,
      );
    }
    this.#outputs.push(output);
  }

  /** After one process at least. */
  result(): NativeResult {
    const [first] = this.#outputs;
    const roundsNs = this.#outputs.map((output) => output.roundsNs);
    return {
      engine: this.#bench.engine,
      timedCommands: this.#question.commands,
      checkedCommands: this.#question.opening + this.#question.commands,
      eventHash: this.#eventHash,
      wallNs: median(roundsNs.map(median)),
      roundsNs,
      clockNs: first.clockNs,
      singles: first.singles,
    };
  }
}

const REMEDY: Readonly<Record<NativeEngine, string>> = {
  "rust-native": "Run cargo test in wasm-rust.",
  "cpp-native": "Run npm run conform -- --engine cpp-wasm.",
  "ocaml-native": "Run npm run conform -- --engine ocaml.",
};
