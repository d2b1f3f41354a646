import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { makeOrders, ORDERS, totalOf } from "./orders.ts";
import { awaitReady, makeRing, prepareReader, ringTotal, sendAndSleep, stopReader, writeRing } from "./shared-ring.ts";

const source = `
  import { workerData } from "node:worker_threads";
  const { answerAndSleep, readRing, reportReady } = await import(workerData.address);
  reportReady(workerData.ring);
  (workerData.reader === "ring" ? readRing : answerAndSleep)(workerData.ring);
`;

/** Runs `send` while another thread reads. @returns what that thread added up */
async function withReader(reader: "ring" | "sleep", send: (ring: Int32Array) => void): Promise<number> {
  const ring = makeRing();
  prepareReader(ring);
  const address = new URL("./shared-ring.ts", import.meta.url).href;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
    workerData: { ring, reader, address },
    execArgv: [],
  });
  const ended = once(worker, "exit");
  try {
    awaitReady(ring);
    send(ring);
    stopReader(ring);
    await ended;
    return ringTotal(ring);
  } finally {
    await worker.terminate();
  }
}

test("the ring gives every order to the other thread, also when it is full many times over", async () => {
  const words = makeOrders();
  const total = await withReader("ring", (ring) => writeRing(ring, words, 20 * ORDERS));
  expect(total).toBe((20 * totalOf(words)) | 0);
});

test("a reader that sleeps is woken for every order, and stops when it is told", async () => {
  const words = makeOrders();
  const total = await withReader("sleep", (ring) => sendAndSleep(ring, words, ORDERS));
  expect(total).toBe(totalOf(words));
});
