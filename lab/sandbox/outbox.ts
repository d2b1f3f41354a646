import type { BoundedConsole } from "./bounded-console.ts";
import type { FromWorker } from "./protocol.ts";

/** Characters of console lines in one text; as JSON each can become six, and a text is 64 K at most. */
const LINES_LENGTH = 8000;

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
    this.sendLines();
    this.#ended = message.kind === "failed" || message.kind === "report";
    this.#post(this.#stringify([message]));
  }

  /** Sends the lines of the console so far, if there are any. */
  sendLines(): void {
    if (this.#ended) return;
    let group: FromWorker[] = [];
    let length = 0;
    for (const line of this.#console.take()) {
      if (length > 0 && length + line.text.length > LINES_LENGTH) {
        this.#post(this.#stringify(group));
        group = [];
        length = 0;
      }
      group.push(line);
      length += line.text.length;
    }
    if (group.length > 0) this.#post(this.#stringify(group));
  }
}
