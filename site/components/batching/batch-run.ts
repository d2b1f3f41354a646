import { median } from "../../../lab/measure/statistics.ts";
import { artefactsOf } from "../../sandbox/artefacts.ts";
import { type BatchPoint, fitBatchCost } from "./batch-cost.ts";
import { BATCHED, type BatchJob, type BatchNews, PLAIN, SUBMITS } from "./batch-messages.ts";
import type { Measured } from "./batch-report.ts";

/** Threads with fresh code, and rounds in each. */
const [INSTANCES, ROUNDS] = [3, 7];

/**
 * Measures what a command costs by batches of each size, and by the plain engine, in instances of fresh code.
 *
 * @param onProgress 0 … 1 @throws Error where a worker fails @throws the signal's reason
 */
export async function measureBatches(onProgress: (share: number) => void, signal: AbortSignal): Promise<Measured> {
  const artefacts = await artefactsOf([BATCHED, PLAIN]);
  const parts: { costsNs: number[][]; stepMs: number }[] = [];
  for (let instance = 0; instance < INSTANCES; instance++) {
    signal.throwIfAborted();
    const told = (share: number): void => onProgress((instance + share) / INSTANCES);
    parts.push(await runInstance({ artefacts, seed: instance + 1, rounds: ROUNDS }, told, signal));
  }
  const spread = (lane: number) => {
    const costs = parts.flatMap(({ costsNs }) => costsNs[lane]);
    return { low: Math.min(...costs), median: median(costs), high: Math.max(...costs) };
  };
  const submits = SUBMITS.map((batch, index) => ({ batch, ...spread(index + 1) }));
  const points: BatchPoint[] = submits.map(({ batch, median: orderNs }) => ({ batch, orderNs }));
  return {
    plain: spread(0),
    submits,
    cost: fitBatchCost(points),
    stepMs: Math.max(...parts.map(({ stepMs }) => stepMs)),
  };
}

function runInstance(
  job: BatchJob,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<{ costsNs: number[][]; stepMs: number }> {
  const worker = new Worker(new URL("./batch-worker.ts", import.meta.url), { type: "module" });
  const found = new Promise<{ costsNs: number[][]; stepMs: number }>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      reject(new Error(event.message || "the engines' code could not be loaded"));
    });
    worker.addEventListener("message", ({ data }: MessageEvent<BatchNews>) => {
      if ("progress" in data) onProgress(data.progress);
      else if ("failed" in data) reject(new Error(data.failed));
      else resolve(data);
    });
    worker.postMessage(job);
  });
  return found.finally(() => worker.terminate());
}
