/** A ring in shared memory from one thread to one other, and two words on which they wait for each other. */

/** Orders that the ring holds; a power of two. */
const CAPACITY = 4096;
const MASK = CAPACITY - 1;
/** Orders that are written before the other thread is told. */
const PUBLISH_EVERY = 64;
/** Words between two counters, so that no two share a cache line. */
const APART = 32;

const READY = 0;
const WRITTEN = APART;
const READ = 2 * APART;
const STOP = 3 * APART;
const TOTAL = 4 * APART;
const PING = 5 * APART;
const PONG = 6 * APART;
/** Where the order lies that `PING` tells of. */
const MAILBOX = 7 * APART;
const SLOTS = 8 * APART;

/** A thread that hears nothing for so long gives up, ms. */
const PATIENCE_MS = 4000;
/** Empty looks between two looks at the clock. */
const LOOKS = 1 << 16;

/** Makes the shared memory. It needs a page that is isolated. */
export function makeRing(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer((SLOTS + CAPACITY * 4) * 4));
}

/** Looks until something is there. @throws Error where nothing came for `PATIENCE_MS` */
function lookUntil(isThere: () => boolean): void {
  let deadline = 0;
  for (let looks = 1; !isThere(); looks++) {
    if (looks % LOOKS !== 0) continue;
    const now = performance.now();
    deadline ||= now + PATIENCE_MS;
    if (now > deadline) throw new Error("the other thread took nothing; too few cores may be free");
  }
}

// #region ring-write
/** The writer: orders into the ring, told of by every 64th; back when the reader has taken the last. */
export function writeRing(ring: Int32Array, words: Int32Array, orders: number): void {
  let written = Atomics.load(ring, WRITTEN);
  let read = written;
  for (let sent = 0; sent < orders; sent++) {
    if (written - read === CAPACITY) {
      Atomics.store(ring, WRITTEN, written);
      lookUntil(() => Atomics.load(ring, READ) !== read);
      read = Atomics.load(ring, READ);
    }
    const from = (sent * 4) & (words.length - 1);
    const to = SLOTS + (written & MASK) * 4;
    ring[to] = words[from];
    ring[to + 1] = words[from + 1];
    ring[to + 2] = words[from + 2];
    ring[to + 3] = words[from + 3];
    written++;
    if (written % PUBLISH_EVERY === 0) Atomics.store(ring, WRITTEN, written);
  }
  Atomics.store(ring, WRITTEN, written);
  lookUntil(() => Atomics.load(ring, READ) === written);
}
// #endregion ring-write

// #region ring-read
/** The reader: takes what is told of, until it is told to stop. */
export function readRing(ring: Int32Array): void {
  let read = Atomics.load(ring, READ);
  while (Atomics.load(ring, STOP) === 0) {
    const written = Atomics.load(ring, WRITTEN);
    if (written === read) continue;
    let total = ring[TOTAL];
    for (; read < written; read++) {
      const at = SLOTS + (read & MASK) * 4;
      total = (total + ring[at] + ring[at + 1] + ring[at + 2] + ring[at + 3]) | 0;
    }
    ring[TOTAL] = total;
    Atomics.store(ring, READ, read);
  }
}
// #endregion ring-read

// #region wait-notify
/** One order at a time: wakes the other thread, and sleeps until it has answered. */
export function sendAndSleep(ring: Int32Array, words: Int32Array, orders: number): void {
  for (let sent = 0; sent < orders; sent++) {
    const from = (sent * 4) & (words.length - 1);
    for (let word = 0; word < 4; word++) ring[MAILBOX + word] = words[from + word];
    const answered = Atomics.load(ring, PONG);
    Atomics.add(ring, PING, 1);
    Atomics.notify(ring, PING);
    if (Atomics.wait(ring, PONG, answered, PATIENCE_MS) === "timed-out") throw new Error("the other thread slept on");
  }
}

/** The other thread: sleeps until it is woken, takes the order, answers. */
export function answerAndSleep(ring: Int32Array): void {
  let seen = Atomics.load(ring, PONG);
  while (Atomics.load(ring, STOP) === 0) {
    if (Atomics.wait(ring, PING, seen, PATIENCE_MS) === "timed-out" || Atomics.load(ring, STOP) === 1) return;
    for (let word = 0; word < 4; word++) ring[TOTAL] = (ring[TOTAL] + ring[MAILBOX + word]) | 0;
    seen = (seen + 1) | 0;
    Atomics.store(ring, PONG, seen);
    Atomics.notify(ring, PONG);
  }
}
// #endregion wait-notify

/** Makes the ring ready for a reader that is about to begin. */
export function prepareReader(ring: Int32Array): void {
  Atomics.store(ring, STOP, 0);
  Atomics.store(ring, READY, 0);
  Atomics.store(ring, PING, Atomics.load(ring, PONG));
}

/** The reader has begun. */
export function reportReady(ring: Int32Array): void {
  Atomics.store(ring, READY, 1);
  Atomics.notify(ring, READY);
}

/** Sleeps until the reader has begun. @throws Error where it does not */
export function awaitReady(ring: Int32Array): void {
  if (Atomics.wait(ring, READY, 0, PATIENCE_MS) === "timed-out") throw new Error("the other thread did not begin");
}

/** Tells the reader to stop, whether it looks or sleeps: a changed word is what a sleeper can't miss. */
export function stopReader(ring: Int32Array): void {
  Atomics.store(ring, STOP, 1);
  Atomics.add(ring, PING, 1);
  Atomics.notify(ring, PING);
}

/** What the other thread added up since it was last asked; only while it takes nothing. */
export function ringTotal(ring: Int32Array): number {
  return Atomics.exchange(ring, TOTAL, 0);
}
