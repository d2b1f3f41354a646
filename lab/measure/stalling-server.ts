import { Random } from "../../engines/flow/random.ts";

/** A server that stands still now and then, and a client that sends it requests. Times are ms where nothing else is said. */
export interface StallingLoad {
  /** A request's service takes half to one and a half of that, µs. */
  serviceUs: number;
  /** The server stands still for so long … */
  stallMs: number;
  /** … at the end of each such period; more than the stall. */
  everyMs: number;
  ratePerSecond: number;
  requests: number;
  seed: number;
}

/** Each request's latency, ms, and when it was meant to be sent. */
export interface LoopLatencies {
  sentMs: Float64Array;
  latencyMs: Float64Array;
}

/** When a service that begins at `start` and takes `workMs` is done: no work is done in a stall. */
function completion(start: number, workMs: number, { stallMs, everyMs }: StallingLoad): number {
  const awakeMs = everyMs - stallMs;
  let at = start;
  let left = workMs;
  for (;;) {
    const period = Math.floor(at / everyMs) * everyMs;
    const until = period + awakeMs;
    if (at + left <= until) return at + left;
    left -= Math.max(0, until - at);
    at = period + everyMs;
  }
}

/** ms of work of each request, the same for every client. */
function works({ serviceUs, requests, seed }: StallingLoad): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: requests }, () => (serviceUs * (500 + random.below(1001))) / 1e6);
}

function latencies(requests: number): LoopLatencies {
  return { sentMs: new Float64Array(requests), latencyMs: new Float64Array(requests) };
}

// #region closed
/** One client that waits: it sends when it has its answer, and no sooner than the rate says. Latency counts from the sending. */
export function closedLoop(load: StallingLoad): LoopLatencies {
  const { sentMs, latencyMs } = latencies(load.requests);
  const intervalMs = 1000 / load.ratePerSecond;
  let sent = 0;
  for (const [at, work] of works(load).entries()) {
    const done = completion(sent, work, load);
    sentMs[at] = sent;
    latencyMs[at] = done - sent;
    sent = Math.max(sent + intervalMs, done);
  }
  return { sentMs, latencyMs };
}
// #endregion closed

// #region open
/** Many clients that know nothing of each other: latency counts from when a request was meant to be sent. */
export function openLoop(load: StallingLoad): LoopLatencies {
  const { sentMs, latencyMs } = latencies(load.requests);
  const intervalMs = 1000 / load.ratePerSecond;
  let done = 0;
  for (const [at, work] of works(load).entries()) {
    const intended = at * intervalMs;
    done = completion(Math.max(intended, done), work, load);
    sentMs[at] = intended;
    latencyMs[at] = done - intended;
  }
  return { sentMs, latencyMs };
}
// #endregion open

/** The value that `share` (0 … 1) of the sorted values are at or below. @throws RangeError where there is none */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) throw new RangeError("there is no quantile of no values");
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
