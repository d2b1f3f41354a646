import { COMMAND_WORDS, OP } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import type { CreateEngine, EngineManifest, MatchingEngine } from "../../engines/contract/engine.ts";
import { EventWriter } from "../../engines/contract/event-records.ts";
import { EventHash } from "../../engines/contract/hash.ts";
import { execute } from "../../engines/contract/text.ts";
import { Flow } from "../../engines/flow/flow.ts";
import type { Profile } from "../../engines/flow/profiles.ts";
import type { DuelContender } from "./duel.ts";

/** Commands of a `submit`, as the bench has them. */
const SUBMITTED = 256;

/** Commands that fill a book before anything is timed. `wasm-rust/bench` has the same. */
export function openingOf(profile: Profile): number {
  return profile.kind === "core" ? profile.liveOrders : profile.candidates * 4;
}

export interface FlowContenderOptions {
  create: CreateEngine;
  /** By which commands go in: objects are made before the clock starts, copying records is a part of the time. */
  door: EngineManifest["door"];
  profile: Profile;
  /** Of the flow, 0 … 2^32 − 1. */
  seed: number;
  /** A clock, ms. */
  now(): number;
}

/** One engine on one flow, by the door that is natural to it: a unit is a command of the flow. */
export class FlowContender implements DuelContender {
  readonly #options: FlowContenderOptions;
  #flow!: Flow;
  #drive!: Drive;
  #records = new Int32Array(0);

  constructor(options: FlowContenderOptions) {
    this.#options = options;
    this.begin();
  }

  /** Starts over: a new engine, the flow from its start, and the opening in the book. */
  begin(): void {
    const { create, door, profile, seed } = this.#options;
    this.#flow = new Flow(profile, seed);
    this.#drive = door === "binary" ? new RecordDrive(create()) : new ObjectDrive(create());
    this.#drive.load(this.#draw(openingOf(profile)));
    this.#drive.run();
  }

  /** Runs the flow's next commands as one stretch. They are drawn before the clock starts. */
  run(units: number): number {
    this.#drive.load(this.#draw(units));
    const begin = this.#options.now();
    this.#drive.run();
    return this.#options.now() - begin;
  }

  /** The hash of the events of so many commands after the opening, by the same door, on an engine of their own. */
  answers(commands: number): string {
    const checked = new FlowContender(this.#options);
    const hash = new EventHash();
    checked.#drive.load(checked.#draw(commands));
    checked.#drive.check(hash);
    return hash.value;
  }

  #draw(commands: number): Int32Array {
    const words = commands * COMMAND_WORDS;
    if (this.#records.length < words) this.#records = new Int32Array(words);
    const records = this.#records;
    for (let at = 0; at < words; at += COMMAND_WORDS) {
      this.#flow.next(records, at);
      // A record of unknown op has no form as an object; both doors are asked the same.
      if (this.#options.profile.kind === "full" && decodeCommand(records, at) === null) putIdleCommand(records, at);
    }
    return records.subarray(0, words);
  }
}

/** A cancel of nobody's order: it is rejected. */
function putIdleCommand(records: Int32Array, at: number): void {
  records.fill(0, at, at + COMMAND_WORDS);
  records[at] = OP.cancel;
}

interface Drive {
  load(records: Int32Array): void;
  /** Executes what was loaded: this is what is timed. */
  run(): void;
  /** Executes what was loaded, and takes the events in. */
  check(hash: EventHash): void;
}

class RecordDrive implements Drive {
  readonly #engine: MatchingEngine;
  #batches: Int32Array[] = [];
  /** So that no answer is unused. */
  words = 0;

  constructor(engine: MatchingEngine) {
    this.#engine = engine;
    engine.reserve(SUBMITTED);
  }

  load(records: Int32Array): void {
    const words = SUBMITTED * COMMAND_WORDS;
    this.#batches = [];
    for (let from = 0; from < records.length; from += words) this.#batches.push(records.subarray(from, from + words));
  }

  run(): void {
    const engine = this.#engine;
    for (const batch of this.#batches) {
      engine.commands.set(batch);
      this.words += engine.submit(batch.length);
    }
  }

  check(hash: EventHash): void {
    for (const batch of this.#batches) {
      this.#engine.commands.set(batch);
      const words = this.#engine.submit(batch.length);
      hash.add(this.#engine.events, words);
    }
  }
}

class ObjectDrive implements Drive {
  readonly #engine: MatchingEngine;
  #commands: Command[] = [];
  events = 0;

  constructor(engine: MatchingEngine) {
    this.#engine = engine;
  }

  load(records: Int32Array): void {
    this.#commands = [];
    for (let at = 0; at < records.length; at += COMMAND_WORDS) {
      this.#commands.push(decodeCommand(records, at) as Command);
    }
  }

  run(): void {
    for (const command of this.#commands) this.events += execute(this.#engine, command).length;
  }

  check(hash: EventHash): void {
    const writer = new EventWriter();
    for (const command of this.#commands) {
      writer.clear();
      for (const event of execute(this.#engine, command)) writer.write(event);
      hash.add(writer.events, writer.words);
    }
  }
}
