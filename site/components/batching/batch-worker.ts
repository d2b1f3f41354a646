import { COMMAND_WORDS } from "../../../engines/contract/binary.ts";
import type { Command } from "../../../engines/contract/commands.ts";
import { decodeCommand } from "../../../engines/contract/decode.ts";
import type { CreateEngine, MatchingEngine } from "../../../engines/contract/engine.ts";
import { EventWriter } from "../../../engines/contract/event-records.ts";
import { EventHash } from "../../../engines/contract/hash.ts";
import { execute } from "../../../engines/contract/text.ts";
import { Flow } from "../../../engines/flow/flow.ts";
import { PROFILES } from "../../../engines/flow/profiles.ts";
import { Random } from "../../../engines/flow/random.ts";
import { findEngine } from "../../../engines/registry.ts";
import { measureClockStep } from "../../../lab/measure/clock.ts";
import { openingOf } from "../../../lab/measure/flow-contender.ts";
import { type Contender, runRounds } from "../../../lab/measure/rounds.ts";
import { warmUp } from "../../../lab/measure/warm-up.ts";
import { BATCHED, type BatchJob, type BatchNews, PLAIN, SUBMITS } from "./batch-messages.ts";

const PROFILE = PROFILES.std;
/** Commands of a batch that is timed; a multiple of all sizes. */
const LEAST_COMMANDS = 16_384;
const MOST_COMMANDS = 1 << 18;
/** A batch that is timed lasts so many steps of the clock. */
const STEPS = 200;
const CHECKED = 8192;

const now = (): number => performance.now();
const tell = (news: BatchNews): void => postMessage(news);

/** Takes commands as records; what `run` does is timed. */
interface Door {
  load(records: Int32Array<ArrayBuffer>): void;
  run(): void;
  /** Runs what is loaded, and takes its events in. */
  check(hash: EventHash): void;
}

/** A call of `submit` for each so many commands. Writing their words is a part of it. */
function submitting(engine: MatchingEngine, size: number): Door {
  engine.reserve(size);
  const words = size * COMMAND_WORDS;
  let records = new Int32Array(0);
  const submit = (from: number): number => {
    const { commands } = engine;
    const length = Math.min(words, records.length - from);
    for (let word = 0; word < length; word++) commands[word] = records[from + word];
    return engine.submit(length);
  };
  return {
    load: (loaded) => {
      records = loaded;
    },
    run: () => {
      for (let at = 0; at < records.length; at += words) submit(at);
    },
    check: (hash) => {
      for (let at = 0; at < records.length; at += words) {
        const written = submit(at);
        hash.add(engine.events, written);
      }
    },
  };
}

/** A call with an object for each command. */
function calling(engine: MatchingEngine): Door {
  let commands: Command[] = [];
  return {
    load: (records) => {
      commands = [];
      for (let at = 0; at < records.length; at += COMMAND_WORDS) commands.push(decodeCommand(records, at) as Command);
    },
    run: () => {
      for (const command of commands) execute(engine, command);
    },
    check: (hash) => {
      const writer = new EventWriter();
      for (const command of commands) {
        writer.clear();
        for (const event of execute(engine, command)) writer.write(event);
        hash.add(writer.events, writer.words);
      }
    },
  };
}

/** One way to give the flow to an engine, from the flow's start. */
class Lane implements Contender {
  readonly #flow: Flow;
  readonly #door: Door;
  #records = new Int32Array(0);
  commands = LEAST_COMMANDS;

  constructor(door: Door, seed: number) {
    this.#flow = new Flow(PROFILE, seed);
    this.#door = door;
    this.#load(openingOf(PROFILE));
    door.run();
  }

  #load(commands: number): void {
    this.#records = new Int32Array(commands * COMMAND_WORDS);
    for (let at = 0; at < this.#records.length; at += COMMAND_WORDS) this.#flow.next(this.#records, at);
    this.#door.load(this.#records);
  }

  check(): string {
    const hash = new EventHash();
    this.#load(CHECKED);
    this.#door.check(hash);
    return hash.value;
  }

  /** @returns ns a command */
  run(): number {
    this.#load(this.commands);
    const begin = now();
    this.#door.run();
    return ((now() - begin) * 1e6) / this.commands;
  }

  async makeReady(leastMs: number): Promise<void> {
    await warmUp(() => this.run(), { mostBatches: 30, leastMs: 50, mostMs: 500, now });
    const needed = (leastMs * 1e6) / Math.max(1, this.run());
    while (this.commands < needed && this.commands < MOST_COMMANDS) this.commands *= 2;
  }
}

async function run({ artefacts, seed, rounds }: BatchJob): Promise<BatchNews> {
  const load = (name: string): Promise<CreateEngine> => findEngine(name).load(async (path) => artefacts[path]);
  const [batched, plain] = [await load(BATCHED), await load(PLAIN)];
  const stepMs = measureClockStep(now);
  const makers = [() => calling(plain()), ...SUBMITS.map((size) => () => submitting(batched(), size))];
  const hashes = new Set(makers.map((make) => new Lane(make(), seed).check()));
  if (hashes.size > 1) throw new Error("the engines don't give the same events; a wrong answer is not timed");
  const create = async (): Promise<Lane[]> => {
    const lanes = makers.map((make) => new Lane(make(), seed));
    for (const [done, lane] of lanes.entries()) {
      await lane.makeReady(STEPS * stepMs);
      tell({ progress: (done + 1) / (2 * lanes.length) });
    }
    return lanes;
  };
  const onRound = (_: number, round: number): void => tell({ progress: (1 + round / rounds) / 2 });
  const [costs] = await runRounds({ instances: 1, rounds }, { create, onRound }, new Random(seed));
  return { costsNs: makers.map((_, lane) => costs.map((round) => round[lane])), stepMs };
}

addEventListener("message", async ({ data }: MessageEvent<BatchJob>) => {
  try {
    tell(await run(data));
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) });
  }
});
