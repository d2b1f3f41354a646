/**
 * The script of the sandboxed frame: it makes the worker, passes messages on, bounds what comes back, and says that it
 * is alive. It runs nothing of the reader's. The page's policy for the frame admits it by its hash.
 */

import type { FrameNote, FrameStart } from "./frame-notes.ts";

const MESSAGES_PER_SECOND = 100;
const MAX_MESSAGE_LENGTH = 64 * 1024;
/** Each call that the page makes allows two messages more, and longer ones: what the function printed and returned. */
const MESSAGES_PER_CALL = 2;
const MAX_RETURNED_LENGTH = 4 * 1024 * 1024;
const MAX_ALLOWED_BY_CALLS = 2000;
const ALIVE_MS = 500;

addEventListener(
  "message",
  ({ source, data, ports }) => {
    if (source === parent) start(ports[0], data as FrameStart);
  },
  { once: true },
);

function start(host: MessagePort, { workerText }: FrameStart): void {
  const note = (text: FrameNote) => host.postMessage({ note: text });
  const worker = new Worker(URL.createObjectURL(new Blob([workerText], { type: "text/javascript" })));
  worker.onerror = () => note("broken");
  const channel = new MessageChannel();
  worker.postMessage(null, [channel.port2]);

  const bound = new Bound();
  host.onmessage = ({ data }) => {
    if (data.kind === "call") bound.allowCall();
    channel.port1.postMessage(data);
  };
  channel.port1.onmessage = ({ data }) => {
    if (bound.admits(data)) host.postMessage(data);
    else {
      worker.terminate();
      channel.port1.close();
      note("flood");
    }
  };
  setInterval(() => note("alive"), ALIVE_MS);
}

class Bound {
  #second = 0;
  #inSecond = 0;
  #allowedByCalls = 0;

  allowCall(): void {
    this.#allowedByCalls = Math.min(this.#allowedByCalls + MESSAGES_PER_CALL, MAX_ALLOWED_BY_CALLS);
  }

  admits(message: unknown): boolean {
    if (typeof message !== "string" || message.length > MAX_RETURNED_LENGTH) return false;
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#inSecond = 0;
    }
    if (this.#allowedByCalls > 0) {
      this.#allowedByCalls--;
      return true;
    }
    return message.length <= MAX_MESSAGE_LENGTH && ++this.#inSecond <= MESSAGES_PER_SECOND;
  }
}
