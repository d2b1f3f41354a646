import { withObjectDoor } from "../../../engines/contract/object-adapter.ts";
import { loadWasmBook } from "../../../engines/rust-wasm/wasm-book.ts";
import { measureClockStep } from "../../../lab/measure/clock.ts";
import { command_words, initSync } from "../../../wasm-rust/pkg/hotpath.js";
import { instantiateBoundary } from "./boundary-module.ts";
import { callCrossings, hostTake } from "./calls.ts";
import { copyCrossings } from "./copies.ts";
import type { LadderNews, LadderOrder, LadderPart } from "./ladder-messages.ts";
import { makeOrders } from "./orders.ts";
import { makeRing } from "./shared-ring.ts";
import { Peer, threadCrossings } from "./threads.ts";
import { timeCrossings } from "./time-crossings.ts";
import { viewCrossings } from "./views.ts";

/** Steps of the clock that a batch lasts at least. */
const STEPS = 200;
/** And ms at least, where the clock is fine. */
const LEAST_MS = 2;

const tell = (news: LadderNews): void => postMessage(news);
const now = (): number => performance.now();

async function run({ port, core, batches, seed }: LadderOrder): Promise<LadderPart> {
  const isolated = globalThis.crossOriginIsolated;
  const words = makeOrders();
  initSync({ module: core });
  const makeBook = await loadWasmBook(async () => core);
  // A module each: what one crossing leaves in its memory is no other's business.
  const [forCalls, forCopies, forViews] = await Promise.all([1, 2, 3].map(() => instantiateBoundary(hostTake)));
  const crossings = {
    ...callCrossings(words, forCalls, command_words),
    ...copyCrossings(words, forCopies),
    ...viewCrossings(words, forViews, makeBook, withObjectDoor(makeBook())),
    ...threadCrossings(words, new Peer(port), isolated ? makeRing() : undefined),
  };
  const stepMs = measureClockStep(now);
  const batchMs = Math.max(STEPS * stepMs, LEAST_MS);
  const onProgress = (progress: number): void => tell({ progress });
  return {
    stepMs,
    batchMs,
    isolated,
    rungs: await timeCrossings(crossings, { batches, batchMs, seed, now, onProgress }),
  };
}

addEventListener("message", async ({ data }: MessageEvent<LadderOrder>) => {
  try {
    tell({ done: await run(data) });
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) });
  }
});
