import { isDeepStrictEqual } from "node:util";
import type { BookEvent } from "../../../engines/contract/events.ts";
import { ItchWriter } from "../../../engines/flow/itch-writer.ts";
import { Random } from "../../../engines/flow/random.ts";
import { recordedMarket } from "../../../engines/flow/recorded-market.ts";
import { RecordedModel } from "../../../engines/flow/recorded-model.ts";
import { listEngines } from "../../../engines/registry.ts";
import { runRounds, typicalCost } from "../../../lab/measure/rounds.ts";
import { Failure } from "../failure.ts";
import { type ItchAnswers, type ItchDay, type ItchQuestion, ORACLE } from "./itch-worker.ts";
import type { BenchPlan } from "./plan.ts";
import { WorkerClient } from "./worker-client.ts";
import { contendersOf } from "./worker-rounds.ts";

export interface ItchRequest {
  /** Engines of level `full`; all where it is empty. */
  engines: readonly string[];
  seed: number;
  plan: BenchPlan;
  signal: AbortSignal;
  onProgress(what: string): void;
}

/** What a recorded market costs: medians over the instances, ns a message. */
export interface ItchSpeed {
  /** Null for the reading alone, whose commands go nowhere. */
  engine: string | null;
  cpuNs: number;
  wallNs: number;
  /** Instances that were not steady when their rounds began. */
  unsteady: number;
}

export interface ItchResult {
  messages: number;
  bytes: number;
  liveOrders: number;
  /** Messages whose events were compared with the oracle's; the book after all of them was compared with a model's. */
  checkedMessages: number;
  eventHash: string;
  speeds: ItchSpeed[];
}

const LIVE_ORDERS = 2000;
const CHUNK_BYTES = 2 ** 16;

type ItchWorker = WorkerClient<ItchAnswers, ItchQuestion>;

/**
 * Measures how fast a made-up ITCH day of one stock is read, and read and booked.
 *
 * @throws Failure where an engine's events or book are wrong, or a worker fails
 */
export async function measureItch(request: ItchRequest): Promise<ItchResult> {
  const { plan, seed, onProgress } = request;
  onProgress("itch: asking the oracle");
  const team = new ItchTeam(request, makeDay(request));
  await team.askOracle();
  const cpuCosts: number[][][] = [];
  const wallCosts = await runRounds(
    { instances: plan.itchInstances, rounds: plan.rounds },
    {
      create: async (instance) => {
        onProgress(`itch: instance ${instance + 1} of ${plan.itchInstances}`);
        cpuCosts[instance] = [];
        return contendersOf(await team.start(), cpuCosts[instance]);
      },
      dispose: () => team.end(),
    },
    new Random(seed),
  );
  return {
    ...team.summary(),
    speeds: team.subjects.map((engine, place) => ({
      engine,
      cpuNs: typicalCost(cpuCosts, place),
      wallNs: typicalCost(wallCosts, place),
      unsteady: team.unsteady[place],
    })),
  };
}

/** The engines among those named that can run a recording; all of them where none is named. */
export function enginesFor(names: readonly string[]): string[] {
  const full = listEngines().filter(({ manifest }) => manifest.level !== "core");
  return full.map(({ manifest }) => manifest.name).filter((name) => names.length === 0 || names.includes(name));
}

/** A recording, and the book at its end. */
export function makeDay({ seed, plan }: ItchRequest): { day: ItchDay; book: BookEvent } {
  const market = recordedMarket({ seed, liveOrders: LIVE_ORDERS });
  const writer = new ItchWriter(["AAPL"]);
  const model = new RecordedModel();
  writer.open();
  while (writer.messages < plan.itchMessages) {
    const message = market.next().value;
    writer.write(message);
    model.apply(message);
  }
  const day = { bytes: writer.bytes.slice(), messages: writer.messages, chunk: CHUNK_BYTES, batch: plan.batch };
  return { day, book: model.book() };
}

/** A worker for the reading alone, and one for each engine. */
export class ItchTeam {
  readonly subjects: readonly (string | null)[];
  /** Instances in which each was not steady when its rounds began. */
  readonly unsteady: number[];
  readonly #request: ItchRequest;
  readonly #day: ItchDay;
  readonly #book: BookEvent;
  #eventHash = "";
  #workers: ItchWorker[] = [];

  constructor(request: ItchRequest, { day, book }: { day: ItchDay; book: BookEvent }) {
    this.#request = request;
    this.#day = day;
    this.#book = book;
    this.subjects = [null, ...enginesFor(request.engines)];
    this.unsteady = this.subjects.map(() => 0);
  }

  async askOracle(): Promise<void> {
    const worker = await this.#startOne(ORACLE);
    this.#eventHash = (await worker.ask({ ask: "check", messages: this.#request.plan.itchChecked })).eventHash;
    await this.end();
  }

  /** Starts the workers, compares the engines' answers with what they must be, and warms all up. */
  async start(): Promise<readonly ItchWorker[]> {
    for (const [place, engine] of this.subjects.entries()) {
      const worker = await this.#startOne(engine);
      if (engine !== null) await this.#compare(engine, worker);
      const { steady } = await worker.ask({ ask: "warm", mostWarmUps: this.#request.plan.itchWarmUps });
      if (!steady) this.unsteady[place]++;
    }
    return this.#workers;
  }

  async end(): Promise<void> {
    const workers = this.#workers;
    this.#workers = [];
    await Promise.all(workers.map((worker) => worker.end()));
  }

  summary(): Omit<ItchResult, "speeds"> {
    const { messages, bytes } = this.#day;
    return {
      messages,
      bytes: bytes.length,
      liveOrders: LIVE_ORDERS,
      checkedMessages: Math.min(this.#request.plan.itchChecked, messages),
      eventHash: this.#eventHash,
    };
  }

  async #startOne(engine: string | null): Promise<ItchWorker> {
    const worker: ItchWorker = new WorkerClient("itch-worker.ts", engine ?? "Reading ITCH", this.#request.signal);
    this.#workers.push(worker);
    await worker.ask({ ask: "prepare", engine, day: this.#day });
    return worker;
  }

  async #compare(engine: string, worker: ItchWorker): Promise<void> {
    const { eventHash } = await worker.ask({ ask: "check", messages: this.#request.plan.itchChecked });
    if (eventHash !== this.#eventHash) this.#refuse(engine, "its events");
    const { book } = await worker.ask({ ask: "check", messages: this.#day.messages });
    if (!isDeepStrictEqual(book, this.#book)) this.#refuse(engine, "its book at the end");
  }

  #refuse(engine: string, what: string): never {
    throw new Failure(
      `${engine} gave a wrong answer on an ITCH day with seed ${this.#request.seed}: ${what}. A wrong answer is not timed. Run checks/itch-reader.ts.`,
    );
  }
}
