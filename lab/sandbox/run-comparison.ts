import type { CreateEngine, ReadArtefact } from "../../engines/contract/engine.ts";
import { findEngine } from "../../engines/registry.ts";
import { Comparison, type Contender } from "../market/comparison.ts";
import type { Strategy } from "../market/strategy.ts";
import { measureClockStep } from "../measure/clock.ts";
import type { ClockReport, FromWorker, RunReport, RunRequest } from "./protocol.ts";

/** Between two progress messages at least, ms. */
const PROGRESS_MS = 50;
/** Between two messages of an engine that takes long to start, ms. */
const STARTING_MS = 500;

// Taken before the reader's code can put others in their place.
const every = setInterval;
const stopSaying = clearInterval;

export interface RunHost {
  /** A clock, in ms. */
  now(): number;
  isolated: boolean;
  readArtefact: ReadArtefact;
  /** The file that the request tells of. */
  recording?: Uint8Array;
  /** The strategy of a new instance of the reader's module. @param heard whether its console is shown */
  newStrategy(heard: boolean): Promise<Strategy>;
  send(message: FromWorker): void;
  /** Lets messages and timers have their turn. */
  pause(): Promise<void>;
}

/** Runs what was requested, and sends its progress. @returns the report, which it doesn't send @throws StrategyError */
export async function runComparison(request: RunRequest, host: RunHost): Promise<RunReport> {
  const contenders: Contender[] = [];
  for (const [index, name] of request.engines.entries()) {
    const { manifest, load } = findEngine(name);
    const create = await startEngine(name, () => load(host.readArtefact), host);
    contenders.push({ manifest, create, strategy: await host.newStrategy(index === 0) });
  }
  const clock: ClockReport = {
    stepUs: Math.round(measureClockStep(host.now) * 1e6) / 1e3,
    isolated: host.isolated,
  };
  host.send({ kind: "clock", clock });
  const comparison = new Comparison(request, contenders, clock, host.now, host.recording);
  let sent = host.now();
  while (!comparison.done) {
    comparison.next();
    if (host.now() - sent < PROGRESS_MS) continue;
    host.send(comparison.takeProgress());
    await host.pause();
    sent = host.now();
  }
  host.send(comparison.takeProgress());
  return await split(comparison, host);
}

/** Says what it waits for as it goes on: a run that is silent for long is taken for a hung one. */
async function startEngine(engine: string, load: () => Promise<CreateEngine>, host: RunHost): Promise<CreateEngine> {
  const say = () => host.send({ kind: "starting", engine });
  say();
  const saying = every(say, STARTING_MS);
  try {
    return await load();
  } finally {
    stopSaying(saying);
  }
}

async function split(comparison: Comparison, host: RunHost): Promise<RunReport> {
  const replays = comparison.report();
  let sent = Number.NEGATIVE_INFINITY;
  for (;;) {
    const { done, value } = replays.next();
    if (done) return value;
    if (host.now() - sent < PROGRESS_MS) continue;
    sent = host.now();
    host.send({ kind: "splitting", done: value });
    await host.pause();
  }
}
