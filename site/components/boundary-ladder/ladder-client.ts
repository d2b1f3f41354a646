import { readArtefact } from "../../sandbox/artefacts.ts";
import type { LadderNews, LadderOrder, LadderPart } from "./ladder-messages.ts";

const CORE = "wasm-rust/pkg/hotpath_bg.wasm";

/** What is measured: threads with fresh code, and batches of each rung in each of them. */
export const PLAN = { instances: 3, batches: 7 } as const;

/**
 * Measures all rungs in instances of fresh code, one after the other.
 *
 * @param onProgress 0 … 1
 * @throws the signal's reason where it came @throws Error where a worker fails
 */
export async function measureLadder(onProgress: (share: number) => void, signal: AbortSignal): Promise<LadderPart[]> {
  const core = await readArtefact(CORE);
  const parts: LadderPart[] = [];
  for (let instance = 0; instance < PLAN.instances; instance++) {
    signal.throwIfAborted();
    const told = (share: number): void => onProgress((instance + share) / PLAN.instances);
    parts.push(await measureInstance({ core, batches: PLAN.batches, seed: instance + 1 }, told, signal));
  }
  return parts;
}

async function measureInstance(
  order: Omit<LadderOrder, "port">,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<LadderPart> {
  const worker = new Worker(new URL("./ladder-worker.ts", import.meta.url), { type: "module" });
  const peer = new Worker(new URL("./peer-worker.ts", import.meta.url), { type: "module" });
  const { port1, port2 } = new MessageChannel();
  try {
    return await new Promise<LadderPart>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      for (const each of [worker, peer]) {
        each.addEventListener("error", (event) => {
          event.preventDefault();
          reject(new Error(event.message || "the code of a thread could not be loaded"));
        });
      }
      worker.addEventListener("message", ({ data }: MessageEvent<LadderNews>) => {
        if ("progress" in data) onProgress(data.progress);
        else if ("done" in data) resolve(data.done);
        else reject(new Error(data.failed));
      });
      peer.postMessage(port2, [port2]);
      worker.postMessage({ ...order, port: port1 } satisfies LadderOrder, [port1]);
    });
  } finally {
    worker.terminate();
    peer.terminate();
  }
}
