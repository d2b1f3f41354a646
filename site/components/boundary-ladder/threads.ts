import { type Crossing, ORDERS, totalOf } from "./orders.ts";
import { awaitReady, prepareReader, ringTotal, sendAndSleep, stopReader, writeRing } from "./shared-ring.ts";

/** Orders through the ring at once at least: fewer, and what is timed is when the other thread gets its turn. */
const RING_BATCH = 16 * ORDERS;

/** What the other thread is asked: an order, a batch of them, or to serve the shared memory until it is stopped. */
export type PeerMessage = number[] | Int32Array | { serve: "ring" | "sleep"; ring: Int32Array<SharedArrayBuffer> };

/** The other thread, over a port: one question, then its answer, a total. */
export class Peer {
  readonly #port: MessagePort;
  #answer: ((total: number) => void) | undefined;

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<number>) => this.#answer?.(data);
  }

  ask(message: PeerMessage): Promise<number> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#port.postMessage(message);
    });
  }
}

let taken = 0;

// #region message
/** One order a message, and the next when the answer is here. */
async function sendMessages(peer: Peer, words: Int32Array, orders: number): Promise<void> {
  for (let sent = 0; sent < orders; sent++) {
    const at = (sent * 4) & (words.length - 1);
    taken = (taken + (await peer.ask([words[at], words[at + 1], words[at + 2], words[at + 3]]))) | 0;
  }
}
// #endregion message

// #region message-batch
/** 1,024 orders a message. Posting copies them. */
async function sendBatches(peer: Peer, words: Int32Array, orders: number): Promise<void> {
  for (let sent = 0; sent < orders; sent += ORDERS) taken = (taken + (await peer.ask(words))) | 0;
}
// #endregion message-batch

function readTaken(): number {
  const total = taken;
  taken = 0;
  return total;
}

/** The crossings to another thread. @param ring where memory can be shared */
export function threadCrossings(words: Int32Array, peer: Peer, ring: Int32Array<SharedArrayBuffer> | undefined) {
  const expected = totalOf(words);
  const messages: Record<string, Crossing> = {
    message: { expected, send: (orders) => sendMessages(peer, words, orders), total: readTaken },
    "message-1024": {
      expected,
      batch: ORDERS,
      send: (orders) => sendBatches(peer, words, orders),
      total: readTaken,
    },
  };
  if (ring === undefined) return messages;
  let stopped: Promise<number>;
  const served = (serve: "ring" | "sleep") => ({
    begin: async () => {
      prepareReader(ring);
      stopped = peer.ask({ serve, ring });
      // The question leaves only when this thread lets go once.
      await new Promise((resolve) => setTimeout(resolve));
      awaitReady(ring);
    },
    end: async () => {
      stopReader(ring);
      await stopped;
    },
    total: () => ringTotal(ring),
    expected,
  });
  return {
    ...messages,
    "ring-64": { ...served("ring"), batch: RING_BATCH, send: (orders: number) => writeRing(ring, words, orders) },
    "wait-notify": { ...served("sleep"), send: (orders: number) => sendAndSleep(ring, words, orders) },
  };
}
