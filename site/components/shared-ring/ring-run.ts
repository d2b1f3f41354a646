import { Random } from "../../../engines/flow/random.ts";
import { runRounds } from "../../../lab/measure/rounds.ts";
import { median } from "../../../lab/measure/statistics.ts";
import type { RingQuestion, RingReply, RingSetting } from "./ring-messages.ts";

/** Words of a push that are tried, each with the counters apart and side by side. */
export const BATCHES = [1, 4, 16, 64, 256] as const;
const SETTINGS: readonly RingSetting[] = BATCHES.flatMap((batch) => [
  { batch, apart: true },
  { batch, apart: false },
]);
/** Of each setting; the first is warm-up and isn't counted. */
const ROUNDS = 6;
/** How long the writer writes in a round, ms. */
const ROUND_MS = 25;

/** Millions of words a second through the ring, of all rounds. */
export interface RingRate extends RingSetting {
  low: number;
  median: number;
  high: number;
}

/** A thread, asked one thing at a time. */
class RingThread {
  readonly #worker: Worker;
  #waiting: ((reply: RingReply<unknown>) => void)[] = [];
  #fail: ((error: Error) => void) | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<RingReply<unknown>>) => this.#waiting.shift()?.(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#fail?.(new Error(event.message || "the ring's code could not be loaded"));
    });
  }

  ask(question: RingQuestion<unknown>): void {
    this.#worker.postMessage(question);
  }

  /** The next reply, under its name. @throws Error where the thread failed */
  async next<Name extends string>(name: Name): Promise<Extract<RingReply<unknown>, Record<Name, unknown>>[Name]> {
    const reply = await new Promise<RingReply<unknown>>((resolve, reject) => {
      this.#waiting.push(resolve);
      this.#fail = reject;
    });
    if ("failed" in reply) throw new Error(reply.failed);
    return (reply as Record<string, unknown>)[name] as never;
  }

  end(): void {
    this.#worker.terminate();
  }
}

/**
 * Sends words from one thread to another through a ring, each setting in turn and shuffled.
 *
 * @param onRound told of the share that is done, 0 … 1
 * @throws Error where a word was lost or came out of order: a wrong ring is not timed @throws the signal's reason
 */
export async function measureRing(
  makeWorker: () => Worker,
  onRound: (share: number) => void,
  signal: AbortSignal,
): Promise<RingRate[]> {
  const [writer, reader] = [new RingThread(makeWorker()), new RingThread(makeWorker())];
  let stop = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
  });
  stopped.catch(() => {});
  signal.addEventListener("abort", stop);
  try {
    const contenders = SETTINGS.map((setting) => ({
      run: () => Promise.race([stopped, runOnce(writer, reader, setting)]),
    }));
    const rates = await runRounds(
      { instances: 1, rounds: ROUNDS },
      { create: async () => contenders, onRound: (_, round) => onRound(round / ROUNDS) },
      new Random(1),
    );
    return SETTINGS.map((setting, index) => {
      const found = rates[0].slice(1).map((round) => round[index]);
      return { ...setting, low: Math.min(...found), median: median(found), high: Math.max(...found) };
    });
  } finally {
    signal.removeEventListener("abort", stop);
    writer.end();
    reader.end();
  }
}

/** @returns million words a second */
async function runOnce(writer: RingThread, reader: RingThread, setting: RingSetting): Promise<number> {
  writer.ask({ make: setting });
  const ring = await writer.next("made");
  const state = Int32Array.of(0, -1, 0);
  const shared = new Int32Array(new SharedArrayBuffer(state.byteLength));
  shared.set(state);
  const job = { ring, state: shared, batch: setting.batch, forMs: ROUND_MS };
  reader.ask({ read: job });
  writer.ask({ write: job });
  const [written, taken] = await Promise.all([writer.next("written"), reader.next("taken")]);
  if (taken.mistakes > 0 || taken.words !== written.words) {
    throw new Error(
      `the reader took ${taken.words} of ${written.words} words, ${taken.mistakes} of them out of order; nothing is timed`,
    );
  }
  return written.words / written.ms / 1000;
}
