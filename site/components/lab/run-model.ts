import type {
  AccountPoint,
  Agreement,
  Batch,
  BookSnapshot,
  ClockReport,
  FillPoint,
  Progress,
  RunReport,
  RunRequest,
  TimeSplit,
} from "../../../lab/sandbox/protocol.ts";

/** What is known of one engine's part of a run. */
export interface EngineRun {
  engine: string;
  title: string;
  commands: number;
  events: number;
  ms: number;
  batches: Batch[];
  /** Known when the run is over. */
  split?: TimeSplit;
}

/** A strategy that trades at every event must not fill the page's memory. */
const MOST_FILLS = 50_000;

/** All that is known of a run so far: what the worker's messages add up to. */
export class RunModel {
  readonly request: RunRequest;
  readonly engines: EngineRun[];
  readonly account: AccountPoint[] = [];
  /** The strategy's trades, the first `MOST_FILLS` of those that were told. */
  readonly fills: FillPoint[] = [];
  /** The book as it was told last. */
  book: BookSnapshot | undefined;
  agreement: Agreement = { compared: 0 };
  clock: ClockReport | undefined;
  /** 0 … 1 */
  done = 0;
  report: RunReport | undefined;

  /** @param titles names for the reader, by the engine's own */
  constructor(request: RunRequest, titles: Readonly<Record<string, string>>) {
    this.request = request;
    this.engines = request.engines.map((engine) => ({
      engine,
      title: titles[engine] ?? engine,
      commands: 0,
      events: 0,
      ms: 0,
      batches: [],
    }));
  }

  progress(message: Progress): void {
    this.done = message.done;
    this.agreement = message.agreement;
    this.account.push(...message.account);
    if (message.fills) this.fills.push(...message.fills.slice(0, MOST_FILLS - this.fills.length));
    if (message.book) this.book = message.book;
    for (const told of message.engines) {
      const run = this.#run(told.engine);
      if (run === undefined) continue;
      run.commands = told.commands;
      run.events = told.events;
      run.ms = told.ms;
      run.batches.push(...told.batches);
    }
  }

  finish(report: RunReport): void {
    this.done = 1;
    this.report = report;
    this.agreement = report.agreement;
    this.clock = report.clock;
    if (this.account.at(-1)?.commands !== report.account.commands) this.account.push(report.account);
    for (const told of report.engines) {
      const run = this.#run(told.engine);
      if (run === undefined) continue;
      Object.assign(run, { commands: told.commands, events: told.events, ms: told.ms });
      if (told.split) run.split = told.split;
    }
  }

  #run(engine: string): EngineRun | undefined {
    return this.engines.find((run) => run.engine === engine);
  }
}

/** Commands a second so far; 0 where nothing was timed. */
export function perSecond({ commands, ms }: Pick<EngineRun, "commands" | "ms">): number {
  return ms > 0 ? (commands / ms) * 1000 : 0;
}

/** Mean time of a command in a batch, ns. */
export function batchMeanNs({ commands, ms }: Batch): number {
  return (ms / commands) * 1e6;
}

/** How many commands a batch held, as the middle one of all; 0 where there is none. */
export function medianBatchSize(batches: readonly Batch[]): number {
  return median(batches.map(({ commands }) => commands));
}

/** The middle value, or the mean of the two in the middle; 0 of nothing. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
