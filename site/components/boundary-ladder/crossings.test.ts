import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withObjectDoor } from "../../../engines/contract/object-adapter.ts";
import { loadWasmBook } from "../../../engines/rust-wasm/wasm-book.ts";
import { instantiateBoundary } from "./boundary-module.ts";
import { callCrossings, hostTake } from "./calls.ts";
import { RUNGS } from "./catalogue.ts";
import { copyCrossings } from "./copies.ts";
import { type Crossing, makeOrders, totalOf } from "./orders.ts";
import { makeRing } from "./shared-ring.ts";
import { Peer, threadCrossings } from "./threads.ts";
import { timeCrossings, verifyCrossing } from "./time-crossings.ts";
import { viewCrossings } from "./views.ts";

const { port1, port2 } = new MessageChannel();
const crossings: Record<string, Crossing> = {};

beforeAll(async () => {
  port2.onmessage = ({ data }) => port2.postMessage(totalOf(data));
  const words = makeOrders();
  const makeBook = await loadWasmBook(async () => {
    const bytes = await readFile(new URL("../../../wasm-rust/pkg/hotpath_bg.wasm", import.meta.url));
    return new Uint8Array(bytes);
  });
  Object.assign(
    crossings,
    callCrossings(words, await instantiateBoundary(hostTake), () => 6144),
    copyCrossings(words, await instantiateBoundary(hostTake)),
    viewCrossings(words, await instantiateBoundary(hostTake), makeBook, withObjectDoor(makeBook())),
    threadCrossings(words, new Peer(port1 as unknown as globalThis.MessagePort), makeRing()),
  );
});
afterAll(() => {
  port1.close();
  port2.close();
});

test("each rung of the page has its crossing", () => {
  expect(Object.keys(crossings).sort()).toEqual(RUNGS.map(({ name }) => name).sort());
});

test.each(RUNGS.filter(({ shared }) => !shared).map(({ name }) => name))(
  "the other side takes what %s sends",
  async (name) => {
    await verifyCrossing(name, crossings[name]);
  },
);

test("a crossing that loses an order is not timed", async () => {
  const lossy: Crossing = { expected: 10, send: () => {}, total: () => 9 };
  await expect(verifyCrossing("lossy", lossy)).rejects.toThrow("lossy: the other side took 9, not 10; it is not timed");
});

test("a batch that was long by a disturbance alone doesn't set the size", async () => {
  let nowMs = 0;
  let sent = 0;
  const send = (orders: number): void => {
    nowMs += orders * 0.001 + (++sent === 3 ? 50 : 0);
  };
  const plan = { batches: 2, batchMs: 1, seed: 1, now: () => nowMs, onProgress: () => {} };
  const [timed] = await timeCrossings({ crossing: { expected: 1, total: () => 1, send } }, plan);
  expect(timed.orders).toBe(1024);
});

test("batches are doubled until they last long enough, and each costs its time by its orders", async () => {
  let nowMs = 0;
  const crossing: Crossing = {
    expected: 1,
    total: () => 1,
    send: (orders) => {
      nowMs += orders * 0.001;
    },
  };
  const shares: number[] = [];
  const plan = { batches: 5, batchMs: 1, seed: 1, now: () => nowMs, onProgress: (share: number) => shares.push(share) };
  const [timed] = await timeCrossings({ crossing }, plan);
  expect(timed.orders).toBe(1024);
  expect(timed.costsNs).toHaveLength(5);
  for (const cost of timed.costsNs) expect(cost).toBeCloseTo(1000, 3);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});
