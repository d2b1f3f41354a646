import { median } from "../../../lab/measure/statistics.ts";
import { Failure } from "../failure.ts";
import type { MeasureRequest } from "./measure.ts";
import { type NativeOutput, type NativeSingles, readNativeOutput } from "./native-output.ts";
import { openingOf } from "./plan.ts";
import { askOracleForHash } from "./team.ts";

/** The Rust core in a process of its own, without Wasm and without JavaScript. */
export const NATIVE = "rust-native";

/** The profiles that `wasm-rust/bench` knows. */
export const NATIVE_PROFILES: readonly string[] = ["std", "deep", "wide", "full", "risk"];

/** `wasm-rust/bench`, built. */
export interface NativeBench {
  /** Runs it to its end. @returns what it wrote on its standard output */
  run(args: readonly string[]): Promise<string>;
}

/** What was found of it on one profile. Not paired with the other subjects: it has no part in their rounds. */
export interface NativeResult {
  engine: typeof NATIVE;
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

/** Its processes on one profile, one after the other. */
export class NativeSeries {
  readonly #request: MeasureRequest;
  readonly #bench: NativeBench;
  readonly #commands: number;
  readonly #eventHash: string;
  readonly #outputs: NativeOutput[] = [];

  private constructor(request: MeasureRequest, bench: NativeBench, commands: number, eventHash: string) {
    this.#request = request;
    this.#bench = bench;
    this.#commands = commands;
    this.#eventHash = eventHash;
  }

  /** Has the oracle run the same commands first. */
  static async begin(request: MeasureRequest, bench: NativeBench): Promise<NativeSeries> {
    const { profile, plan } = request;
    const commands = plan.rounds * plan.chunk;
    const eventHash = await askOracleForHash(request, openingOf(profile) + commands);
    return new NativeSeries(request, bench, commands, eventHash);
  }

  /** Runs a process. @throws Failure where its events are not the oracle's: then its times are not kept */
  async run(): Promise<void> {
    const { name, seed, plan } = this.#request;
    const numbers = { seed, commands: this.#commands, batch: plan.batch, rounds: plan.rounds };
    const args = Object.entries(numbers).flatMap(([option, value]) => [`--${option}`, String(value)]);
    const output = readNativeOutput(await this.#bench.run(["--json", "--profile", name, ...args]));
    if (output.profile !== name || output.seed !== seed || output.commands !== this.#commands) {
      throw new Failure(
        `${NATIVE} measured ${output.commands} commands of ${output.profile} with seed ${output.seed}, and was asked for ${this.#commands} of ${name} with seed ${seed}.`,
      );
    }
    if (output.eventHash !== this.#eventHash) {
      throw new Failure(
        `${NATIVE} gave a wrong answer on ${name} with seed ${seed}: the hash of its events, ${output.eventHash} and not ${this.#eventHash}. A wrong answer is not timed. Run cargo test in wasm-rust.`,
      );
    }
    this.#outputs.push(output);
  }

  /** After one process at least. */
  result(): NativeResult {
    const [first] = this.#outputs;
    const roundsNs = this.#outputs.map((output) => output.roundsNs);
    return {
      engine: NATIVE,
      timedCommands: this.#commands,
      checkedCommands: openingOf(this.#request.profile) + this.#commands,
      eventHash: this.#eventHash,
      wallNs: median(roundsNs.map(median)),
      roundsNs,
      clockNs: first.clockNs,
      singles: first.singles,
    };
  }
}
