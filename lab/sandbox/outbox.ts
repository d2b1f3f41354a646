import type { BoundedConsole } from "./bounded-console.ts";
import type { FromWorker } from "./protocol.ts";

/**
 * What goes out of the worker: each time one text, the JSON of an array of messages, so that whoever passes it on can
 * bound it without a look inside.
 */
export class Outbox {
  readonly #post: (text: string) => void;
  readonly #console: BoundedConsole;
  readonly #stringify = JSON.stringify;
  #ended = false;

  /** @param post taken before the reader's code runs, which could put another in its place */
  constructor(post: (text: string) => void, console: BoundedConsole) {
    this.#post = post;
    this.#console = console;
  }

  /** Sends the lines of the console so far, and the message. After `report` or `failed` nothing is sent any more. */
  send(message: FromWorker): void {
    if (this.#ended) return;
    this.#ended = message.kind === "failed" || message.kind === "report";
    this.#post(this.#stringify([...this.#console.take(), message]));
  }

  /** Sends the lines of the console so far, if there are any. */
  sendLines(): void {
    const lines = this.#console.take();
    if (lines.length > 0 && !this.#ended) this.#post(this.#stringify(lines));
  }
}
