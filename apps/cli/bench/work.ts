import { COMMAND_WORDS, EVENT_WORDS, KIND } from "../../../engines/contract/binary.ts";
import type { Command } from "../../../engines/contract/commands.ts";
import { decodeCommand } from "../../../engines/contract/decode.ts";
import type { MatchingEngine } from "../../../engines/contract/engine.ts";
import { EventWriter } from "../../../engines/contract/event-records.ts";
import type { BookEvent, EngineEvent } from "../../../engines/contract/events.ts";
import { EventHash } from "../../../engines/contract/hash.ts";

/** What a subject's answers came to, to be compared with the oracle's. */
export interface Outcome {
  /** Of all event records; null where the subject gives none of the contract's, as the peer. */
  eventHash: string | null;
  fills: number;
  volume: number;
}

/** One subject with an empty book, ready to be driven. What `run` and `one` do is what is timed. */
export interface Work {
  /** Makes records ready in the form that the subject takes. @param lead commands that `lead` is to execute, not `run` */
  load(records: Int32Array, lead?: number): void;
  /** Executes the first of what was loaded: it brings the subject's memory back into the caches. */
  lead(): void;
  /** Executes all that was loaded, without the lead. */
  run(): void;
  /** Executes the loaded command in that place, by itself. */
  one(place: number): void;
  /** Executes all that was loaded, and takes its events into `outcome`. */
  check(): void;
  outcome(): Outcome;
  /** The whole book as text: a line a level, price and total size, bids first. */
  book(): string;
}

const EVERY_LEVEL = 2 ** 31 - 1;

/** Records in batches through `submit`. Copying them to the engine's memory counts as its work. */
export class SubmitWork implements Work {
  readonly #engine: MatchingEngine;
  readonly #batchWords: number;
  readonly #tally = new Tally();
  #leading: Int32Array[] = [];
  #batches: Int32Array[] = [];
  #singles: Int32Array = new Int32Array(0);
  /** So that no answer is unused. */
  words = 0;

  constructor(engine: MatchingEngine, batch: number) {
    this.#engine = engine;
    this.#batchWords = batch * COMMAND_WORDS;
    engine.reserve(batch);
  }

  load(records: Int32Array, lead = 0): void {
    const leadWords = lead * COMMAND_WORDS;
    this.#leading = this.#cut(records.subarray(0, leadWords));
    this.#batches = this.#cut(records.subarray(leadWords));
    this.#singles = records;
  }

  lead(): void {
    this.#submitAll(this.#leading);
  }

  run(): void {
    this.#submitAll(this.#batches);
  }

  #cut(records: Int32Array): Int32Array[] {
    const batches: Int32Array[] = [];
    for (let from = 0; from < records.length; from += this.#batchWords) {
      batches.push(records.subarray(from, from + this.#batchWords));
    }
    return batches;
  }

  #submitAll(batches: readonly Int32Array[]): void {
    const engine = this.#engine;
    for (const batch of batches) {
      engine.commands.set(batch);
      this.words += engine.submit(batch.length);
    }
  }

  one(place: number): void {
    const commands = this.#engine.commands;
    const from = place * COMMAND_WORDS;
    for (let word = 0; word < COMMAND_WORDS; word++) commands[word] = this.#singles[from + word];
    this.words += this.#engine.submit(COMMAND_WORDS);
  }

  check(): void {
    for (const batch of this.#batches) {
      this.#engine.commands.set(batch);
      const words = this.#engine.submit(batch.length);
      this.#tally.add(this.#engine.events, words);
    }
  }

  outcome(): Outcome {
    return this.#tally.outcome();
  }

  book(): string {
    return bookText(this.#engine);
  }
}

/** Objects, one call each. The objects are made before the clock starts, the events while it runs. */
export class ObjectsWork implements Work {
  readonly #engine: MatchingEngine;
  readonly #tally = new Tally();
  #commands: Command[] = [];
  #lead = 0;
  events = 0;

  constructor(engine: MatchingEngine) {
    this.#engine = engine;
  }

  load(records: Int32Array, lead = 0): void {
    this.#lead = lead;
    this.#commands = [];
    for (let at = 0; at < records.length; at += COMMAND_WORDS) {
      // What has no op can't be called: the binary door alone is asked that.
      const command = decodeCommand(records, at) as Command | null;
      this.#commands.push(command ?? { op: "cancel", id: 0 });
    }
  }

  lead(): void {
    this.#call(0, this.#lead);
  }

  run(): void {
    this.#call(this.#lead, this.#commands.length);
  }

  #call(from: number, to: number): void {
    const commands = this.#commands;
    for (let place = from; place < to; place++) this.events += this.#execute(commands[place]).length;
  }

  one(place: number): void {
    this.events += this.#execute(this.#commands[place]).length;
  }

  check(): void {
    for (const command of this.#commands) this.#tally.addObjects(this.#execute(command));
  }

  outcome(): Outcome {
    return this.#tally.outcome();
  }

  book(): string {
    return bookText(this.#engine);
  }

  #execute(command: Command): EngineEvent[] {
    switch (command.op) {
      case "add":
        return this.#engine.addOrder(command);
      case "cancel":
        return this.#engine.cancelOrder(command.id);
      case "replace":
        return this.#engine.replaceOrder(command.id, command.price, command.size);
      case "book":
        return [this.#engine.getBook(command.depth)];
      case "limits":
        return this.#engine.setLimits(command);
      case "kill":
        return this.#engine.killOwner(command.owner);
      case "lift":
        return this.#engine.liftOwner(command.owner);
    }
  }
}

/** The sums over a stream of events. */
class Tally {
  readonly #hash = new EventHash();
  readonly #writer = new EventWriter();
  #fills = 0;
  #volume = 0;

  add(events: Int32Array, words: number): void {
    this.#hash.add(events, words);
    for (let at = 0; at < words; at += EVENT_WORDS) {
      if ((events[at] & 0xff) !== KIND.executed) continue;
      this.#fills++;
      this.#volume += events[at + 4];
    }
  }

  addObjects(events: readonly EngineEvent[]): void {
    this.#writer.clear();
    for (const event of events) this.#writer.write(event);
    this.add(this.#writer.events, this.#writer.words);
  }

  outcome(): Outcome {
    return { eventHash: this.#hash.value, fills: this.#fills, volume: this.#volume };
  }
}

function bookText(engine: MatchingEngine): string {
  const { bids, asks } = engine.getBook(EVERY_LEVEL) as BookEvent;
  return [...bids, ...asks].map(([price, size]) => `${price} ${size}`).join("\n");
}
