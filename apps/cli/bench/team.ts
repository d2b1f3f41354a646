import { Failure } from "../failure.ts";
import type { MeasureRequest } from "./measure.ts";
import { type Door, PEER, type Subject, subjectText } from "./subject.ts";
import type { Outcome } from "./work.ts";
import { type Answers, ORACLE, type Question } from "./worker.ts";
import { WorkerClient } from "./worker-client.ts";

type BenchWorker = WorkerClient<Answers, Question>;

function startWorker(name: string, signal: AbortSignal): BenchWorker {
  return new WorkerClient("worker.ts", name, signal);
}

/** What the oracle says to the commands of a profile. */
export interface Expected {
  /** By each door: an object has no form for a record of unknown op. */
  outcomes: Map<Door, Outcome>;
  books: Map<Door, string>;
  summary: { checkedCommands: number; eventHash: string; fills: number; volume: number };
}

/** Has the oracle run all that the subjects will: what is checked, and each timed round. */
export async function askOracle(request: MeasureRequest): Promise<Expected> {
  const { profile, seed, plan, subjects, signal } = request;
  const expected: Pick<Expected, "outcomes" | "books"> = { outcomes: new Map(), books: new Map() };
  let checkedCommands = 0;
  for (const door of new Set<Door>(["submit", ...subjects.map((subject) => subject.door)])) {
    const worker = startWorker("The oracle", signal);
    try {
      const subject = { engine: ORACLE, door };
      const { commands } = await worker.ask({ ask: "prepare", subject, profile, seed, plan });
      checkedCommands = Math.min(plan.checked, commands);
      expected.outcomes.set(door, await worker.ask({ ask: "check" }));
      await worker.ask({ ask: "open" });
      for (let round = 0; round < plan.rounds; round++) await worker.ask({ ask: "round" });
      expected.books.set(door, (await worker.ask({ ask: "finish" })).book);
    } finally {
      await worker.end();
    }
  }
  const { eventHash, fills, volume } = expected.outcomes.get("submit") as Outcome;
  return { ...expected, summary: { checkedCommands, eventHash: String(eventHash), fills, volume } };
}

/** The hash of the oracle's events for the first `commands` of a profile's flow, the opening among them. */
export async function askOracleForHash(request: MeasureRequest, commands: number): Promise<string> {
  const { profile, seed, signal } = request;
  const worker = startWorker("The oracle", signal);
  try {
    const plan = { ...request.plan, checked: commands };
    await worker.ask({ ask: "prepare", subject: { engine: ORACLE, door: "submit" }, profile, seed, plan });
    return String((await worker.ask({ ask: "check" })).eventHash);
  } finally {
    await worker.end();
  }
}

/** The workers of one instance, one for each subject, and what is kept of all instances. */
export class Team {
  readonly #request: MeasureRequest;
  readonly #expected: Expected;
  workers: BenchWorker[] = [];
  /** Instances in which each subject was not steady when its rounds began. */
  readonly unsteady: number[];
  readonly singles: Answers["singles"][];
  coarsestCpuStepNs = 0;

  constructor(request: MeasureRequest, expected: Expected) {
    this.#request = request;
    this.#expected = expected;
    this.unsteady = request.subjects.map(() => 0);
    this.singles = request.subjects.map(() => ({}));
  }

  /** Starts a worker for each subject, compares its answers with the oracle's, and warms it up. */
  async start(): Promise<void> {
    const { profile, seed, plan, subjects, signal } = this.#request;
    for (const [place, subject] of subjects.entries()) {
      const worker = startWorker(subjectText(subject), signal);
      this.workers.push(worker);
      const { cpuClockStepNs } = await worker.ask({ ask: "prepare", subject, profile, seed, plan });
      this.coarsestCpuStepNs = Math.max(this.coarsestCpuStepNs, cpuClockStepNs);
      this.#compare(subject, await worker.ask({ ask: "check" }));
      if (!(await worker.ask({ ask: "warm" })).steady) this.unsteady[place]++;
      await worker.ask({ ask: "open" });
    }
  }

  /** Compares the books that the rounds have left, and times single commands where asked to. */
  async finish(withSingles: boolean): Promise<void> {
    for (const [place, subject] of this.#request.subjects.entries()) {
      const { book } = await this.workers[place].ask({ ask: "finish" });
      if (book !== this.#expected.books.get(subject.door)) this.#refuse(subject, "its book after the timed commands");
      if (withSingles) {
        this.#request.onProgress(`${this.#request.name}: single commands of ${subjectText(subject)}`);
        this.singles[place] = await this.workers[place].ask({ ask: "singles" });
      }
    }
  }

  async end(): Promise<void> {
    const workers = this.workers;
    this.workers = [];
    await Promise.all(workers.map((worker) => worker.end()));
  }

  /** The peer tells of no single events: its fills and its volume are compared, and later its book. */
  #compare(subject: Subject, { eventHash, fills, volume }: Outcome): void {
    const expected = this.#expected.outcomes.get(subject.door) as Outcome;
    const sameHash = subject.engine === PEER || eventHash === expected.eventHash;
    if (!sameHash) this.#refuse(subject, `the hash of its events, ${eventHash} and not ${expected.eventHash}`);
    if (fills !== expected.fills || volume !== expected.volume) {
      this.#refuse(subject, `its fills, ${fills} of ${volume} lots and not ${expected.fills} of ${expected.volume}`);
    }
  }

  #refuse(subject: Subject, what: string): never {
    const { name, seed } = this.#request;
    throw new Failure(
      `${subjectText(subject)} gave a wrong answer on ${name} with seed ${seed}: ${what}. A wrong answer is not timed. Run the tests in engines/conformance.`,
    );
  }
}
