import type { RingJob, RingQuestion, RingReply, RingSetting, Taken, Written } from "./ring-messages.ts";

/** The ring that a chapter has measured. */
export interface RingCode<Ring> {
  make(setting: RingSetting): Ring;
  producer(ring: Ring): { push(words: Int32Array): number };
  consumer(ring: Ring): { pop(words: Int32Array): number };
}

/** Words of a job's state. */
const [DONE, TAKEN, LOOKS] = [0, 1, 2];
/** Words that the reader takes at once at most. */
const MOST_TAKEN = 1024;
/** Pushes between two looks at the clock. */
const LOOK_EVERY = 32;
/** A reader that takes nothing for so long is given up, ms. */
const PATIENCE_MS = 4000;

const now = (): number => performance.now();

/** Makes this thread an end of a ring: it writes or reads as it is asked. */
export function serveRing<Ring>(code: RingCode<Ring>): void {
  const reply = (message: RingReply<Ring>): void => postMessage(message);
  addEventListener("message", ({ data }: MessageEvent<RingQuestion<Ring>>) => {
    try {
      if ("make" in data) reply({ made: code.make(data.make) });
      else if ("write" in data) reply({ written: write(code.producer(data.write.ring), data.write) });
      else reply({ taken: read(code.consumer(data.read.ring), data.read) });
    } catch (error) {
      reply({ failed: error instanceof Error ? error.message : String(error) });
    }
  });
}

/** Writes 0, 1, 2 … for as long as it is asked; full, it looks again until there is room. */
function write<Ring>(producer: { push(words: Int32Array): number }, { batch, forMs, state }: RingJob<Ring>): Written {
  const words = Int32Array.from({ length: batch }, (_, index) => index);
  if (Atomics.wait(state, LOOKS, 0, PATIENCE_MS) === "timed-out") throw new Error("the other thread did not begin");
  let sent = 0;
  const begin = now();
  let end = begin;
  while (end - begin < forMs) {
    for (let look = 0; look < LOOK_EVERY; look++) {
      const taken = producer.push(words);
      sent += taken;
      if (taken === batch) for (let word = 0; word < batch; word++) words[word] += batch;
      else if (taken > 0) for (let word = 0; word < batch; word++) words[word] += taken;
    }
    end = now();
  }
  Atomics.store(state, DONE, 1);
  for (end = now(); Atomics.load(state, TAKEN) !== (sent | 0); end = now()) {
    if (end - begin > forMs + PATIENCE_MS) throw new Error("the other thread took nothing; too few cores may be free");
  }
  return { words: sent, ms: end - begin };
}

/** Reads until the writer is done and nothing is left. */
function read<Ring>(consumer: { pop(words: Int32Array): number }, { state }: RingJob<Ring>): Taken {
  const words = new Int32Array(MOST_TAKEN);
  let [expected, mistakes, idleSince] = [0, 0, 0];
  Atomics.store(state, LOOKS, 1);
  Atomics.notify(state, LOOKS);
  for (;;) {
    // Looked at before the ring: what the writer wrote before it stopped is then seen by the pop.
    const stopped = Atomics.load(state, DONE) === 1;
    const taken = consumer.pop(words);
    for (let word = 0; word < taken; word++) {
      if (words[word] !== expected) mistakes++;
      expected = (expected + 1) | 0;
    }
    if (taken > 0) idleSince = 0;
    else if (stopped) break;
    else {
      idleSince ||= now();
      if (now() - idleSince > PATIENCE_MS) throw new Error("the other thread wrote nothing; too few cores may be free");
    }
  }
  Atomics.store(state, TAKEN, expected);
  return { words: expected, mistakes };
}
