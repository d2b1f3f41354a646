import { parentPort } from "node:worker_threads";
import { createOracleEngine } from "../../../engines/conformance/oracle-engine.ts";
import { COMMAND_WORDS, OP, TYPE, TYPE_SHIFT } from "../../../engines/contract/binary.ts";
import type { CreateEngine } from "../../../engines/contract/engine.ts";
import { Flow } from "../../../engines/flow/flow.ts";
import type { Profile } from "../../../engines/flow/profiles.ts";
import { findEngine } from "../../../engines/registry.ts";
import { measureClockStep } from "../../../lab/measure/clock.ts";
import { Histogram } from "../../../lab/measure/histogram.ts";
import { warmUp } from "../../../lab/measure/warm-up.ts";
import { readArtefact } from "../../artefacts.ts";
import { loadElsewhere } from "./other-checkout.ts";
import { type BenchPlan, leadOf, openingOf } from "./plan.ts";
import { PEER, type Subject } from "./subject.ts";
import { threadCpuMs } from "./thread-cpu.ts";
import { ObjectsWork, type Outcome, SubmitWork, type Work } from "./work.ts";

/** The engine that every answer is compared with; it is asked by the same doors. */
export const ORACLE = "oracle";

/** What a worker is asked; it answers each with the value in `Answers` of that name. */
export type Question =
  | { ask: "prepare"; subject: Subject; profile: Profile; seed: number; plan: BenchPlan }
  | { ask: "check" }
  | { ask: "warm" }
  | { ask: "open" }
  | { ask: "round" }
  | { ask: "finish" }
  | { ask: "singles" };

/** Time of a chunk, for each command. */
export interface RoundTime {
  cpuNs: number;
  wallNs: number;
}

/** Times of single commands of one kind, ns, with the clock's own cost in them. */
export interface SingleTimes {
  count: number;
  p50: number;
  p99: number;
  p999: number;
  highest: number;
}

export type CommandKind = "add" | "market" | "cancel" | "replace" | "book" | "all" | "clock";

export interface Answers {
  /** Commands of the opening, which fills the book before anything is timed, and of all rounds with their leads. */
  prepare: { commands: number; cpuClockStepNs: number };
  check: Outcome;
  warm: { steady: boolean; chunks: number };
  /** Begins the rounds with a fresh book, and the opening in it. */
  open: null;
  round: RoundTime;
  /** The book after all rounds. */
  finish: { book: string };
  singles: Partial<Record<CommandKind, SingleTimes>>;
}

/** Singles at the start that don't count: the code around them is new. */
const UNCOUNTED_SHARE = 0.25;

/** One subject in one worker: its code is compiled anew, by what it meets alone. */
class Bench {
  readonly #plan: BenchPlan;
  readonly #create: () => Work;
  readonly #lead: number;
  readonly #opening: Int32Array;
  /** One for each round, each with its lead. */
  readonly #chunks: Int32Array[];
  #timed: Work | undefined;
  #round = 0;

  constructor(create: () => Work, profile: Profile, seed: number, plan: BenchPlan) {
    this.#plan = plan;
    this.#create = create;
    this.#lead = leadOf(plan, profile);
    const flow = new Flow(profile, seed);
    const draw = (commands: number) => {
      const records = new Int32Array(commands * COMMAND_WORDS);
      for (let at = 0; at < records.length; at += COMMAND_WORDS) flow.next(records, at);
      return records;
    };
    this.#opening = draw(openingOf(profile));
    this.#chunks = Array.from({ length: plan.rounds }, () => draw(this.#lead + plan.chunk));
  }

  get commands(): number {
    const words = this.#chunks.reduce((sum, chunk) => sum + chunk.length, this.#opening.length);
    return words / COMMAND_WORDS;
  }

  check(): Outcome {
    const work = this.#create();
    let left = this.#plan.checked;
    for (const records of [this.#opening, ...this.#chunks]) {
      const checked = records.subarray(0, Math.max(0, left) * COMMAND_WORDS);
      left -= checked.length / COMMAND_WORDS;
      work.load(checked);
      work.check();
    }
    return work.outcome();
  }

  async warm(): Promise<Answers["warm"]> {
    let work = this.#opened();
    let next = 0;
    const run = () => {
      if (next === this.#chunks.length) {
        work = this.#opened();
        next = 0;
      }
      return this.#time(work, this.#chunks[next++]).cpuNs;
    };
    const limits = { mostBatches: Number.POSITIVE_INFINITY, now: () => performance.now(), ...this.#plan.warmUp };
    const { steady, batches } = await warmUp(run, limits);
    return { steady, chunks: batches };
  }

  open(): null {
    this.#timed = this.#opened();
    this.#round = 0;
    return null;
  }

  round(): RoundTime {
    return this.#time(this.#timedWork(), this.#chunks[this.#round++]);
  }

  finish(): Answers["finish"] {
    return { book: this.#timedWork().book() };
  }

  /** Each on a book with the opening in it, by the same code as the rounds. */
  singles(): Answers["singles"] {
    const records = this.#chunks[0].subarray(0, this.#plan.singles * COMMAND_WORDS);
    const histograms = { clock: new Histogram(), all: new Histogram() } as Record<CommandKind, Histogram>;
    let done = 0;
    while (done < this.#plan.singles) {
      // On a fresh book each time, because a flow's commands make sense once.
      const work = this.#opened();
      work.load(records);
      const commands = Math.min(records.length / COMMAND_WORDS, this.#plan.singles - done);
      for (let place = 0; place < commands; place++) {
        const before = performance.now();
        const begin = performance.now();
        work.one(place);
        const end = performance.now();
        if (done + place < this.#plan.singles * UNCOUNTED_SHARE) continue;
        const kind = kindOf(records[place * COMMAND_WORDS]);
        histograms[kind] ??= new Histogram();
        histograms[kind].record((end - begin) * 1e6);
        histograms.all.record((end - begin) * 1e6);
        histograms.clock.record((begin - before) * 1e6);
      }
      done += commands;
    }
    const entries = Object.entries(histograms).map(([kind, histogram]) => [kind, singleTimes(histogram)]);
    return Object.fromEntries(entries);
  }

  #timedWork(): Work {
    if (this.#timed === undefined) throw new Error("a round was asked for before a book was opened");
    return this.#timed;
  }

  #opened(): Work {
    const work = this.#create();
    work.load(this.#opening);
    work.run();
    return work;
  }

  #time(work: Work, records: Int32Array): RoundTime {
    const commands = this.#plan.chunk;
    work.load(records, this.#lead);
    work.lead();
    const wall = performance.now();
    const cpu = threadCpuMs();
    work.run();
    const cpuMs = threadCpuMs() - cpu;
    const wallMs = performance.now() - wall;
    return { cpuNs: (cpuMs * 1e6) / commands, wallNs: (wallMs * 1e6) / commands };
  }
}

function singleTimes(histogram: Histogram): SingleTimes {
  return {
    count: histogram.count,
    p50: histogram.quantile(0.5),
    p99: histogram.quantile(0.99),
    p999: histogram.quantile(0.999),
    highest: histogram.highest,
  };
}

function kindOf(codes: number): CommandKind {
  switch (codes & 0xff) {
    case OP.cancel:
      return "cancel";
    case OP.replace:
      return "replace";
    case OP.book:
      return "book";
    default:
      return ((codes >>> TYPE_SHIFT) & 0xf) === TYPE.market ? "market" : "add";
  }
}

async function creatorOf(engine: string, checkout: string | undefined): Promise<CreateEngine> {
  if (engine === ORACLE) return () => createOracleEngine("extended");
  return checkout === undefined ? findEngine(engine).load(readArtefact) : loadElsewhere(engine, checkout);
}

async function workOf({ engine, door, checkout }: Subject, batch: number): Promise<() => Work> {
  if (engine === PEER) {
    // Only here, so that no engine's worker has the peer's code in it.
    const { PeerWork } = await import("./peer.ts");
    return () => new PeerWork();
  }
  const create = await creatorOf(engine, checkout);
  return door === "submit" ? () => new SubmitWork(create(), batch) : () => new ObjectsWork(create());
}

let bench: Bench | undefined;

async function answer(question: Question): Promise<Answers[Question["ask"]]> {
  if (question.ask === "prepare") {
    const create = await workOf(question.subject, question.plan.batch);
    bench = new Bench(create, question.profile, question.seed, question.plan);
    return { commands: bench.commands, cpuClockStepNs: measureClockStep(threadCpuMs) * 1e6 };
  }
  if (bench === undefined) throw new Error(`"${question.ask}" was asked of a worker that is not prepared`);
  return bench[question.ask]();
}

parentPort?.on("message", async (question: Question) => {
  try {
    parentPort?.postMessage({ answer: await answer(question) });
  } catch (error) {
    parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) });
  }
});
