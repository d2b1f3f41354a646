import { once } from "node:events";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { expect, test } from "vitest";
import { APART, Consumer, makeRing, Producer } from "./ring.ts";

test("whatever is pushed and popped, words come once and in order, and no more than fit", () => {
  const step = fc.record({ push: fc.nat(9), pop: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), fc.constantFrom(1, APART), (steps, readAt) => {
      const ring = makeRing(4, readAt);
      const [producer, consumer] = [new Producer(ring), new Consumer(ring)];
      let [pushed, popped] = [0, 0];
      for (const { push, pop } of steps) {
        const words = Int32Array.from({ length: push }, (_, index) => pushed + index);
        const taken = producer.push(words);
        expect(taken).toBe(Math.min(push, 4 - (pushed - popped)));
        pushed += taken;
        const got = new Int32Array(pop);
        const given = consumer.pop(got);
        expect([...got.subarray(0, given)]).toEqual(Array.from({ length: given }, (_, index) => popped + index));
        popped += given;
        if (pop > 0 && pushed > popped) expect(given).toBeGreaterThan(0);
      }
    }),
  );
});

test("counters that wrap lose nothing, as in Rust", () => {
  const ring = makeRing(4);
  ring.counters[0] = 0x7ffffffe;
  ring.counters[ring.readAt] = 0x7ffffffe;
  const [producer, consumer] = [new Producer(ring), new Consumer(ring)];
  expect(producer.push(Int32Array.of(1, 2, 3, 4, 5))).toBe(4);
  expect(producer.push(Int32Array.of(5))).toBe(0);
  const words = new Int32Array(4);
  expect(consumer.pop(words)).toBe(4);
  expect([...words]).toEqual([1, 2, 3, 4]);
});

test("a size that is no power of two is refused by name", () => {
  expect(() => makeRing(6)).toThrow("a ring of 6 words: it must be a power of two");
});

test("another thread takes every word, in order, also when the ring is full many times over", async () => {
  const WORDS = 200_000;
  const ring = makeRing(256);
  const source = `
    import { parentPort, workerData } from "node:worker_threads";
    const { Consumer } = await import(workerData.address);
    const consumer = new Consumer(workerData.ring);
    const words = new Int32Array(64);
    let [expected, mistakes] = [0, 0];
    while (expected < workerData.words) {
      const taken = consumer.pop(words);
      for (let word = 0; word < taken; word++) if (words[word] !== expected++) mistakes++;
      if (taken === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0.01);
    }
    parentPort.postMessage(mistakes);
  `;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
    workerData: { ring, words: WORDS, address: new URL("./ring.ts", import.meta.url).href },
    execArgv: [],
  });
  try {
    const answer = once(worker, "message");
    const producer = new Producer(ring);
    for (let sent = 0; sent < WORDS; ) {
      const length = Math.min(97, WORDS - sent);
      const taken = producer.push(Int32Array.from({ length }, (_, index) => sent + index));
      sent += taken;
      if (taken === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    expect((await answer)[0]).toBe(0);
  } finally {
    await worker.terminate();
  }
});
