import type { Writable } from "node:stream";

/** Whoever read the output has gone, as `head` does: a reason to stop, and not an error. */
export class OutputClosed extends Error {
  override name = "OutputClosed";
}

/** Writes text to a stream, no faster than it is taken. */
export class Output {
  readonly #stream: Writable;

  constructor(stream: Writable) {
    this.#stream = stream;
    // The callback of each write tells of its failure; without a listener it would end the process too.
    stream.on("error", () => {});
  }

  /** Writes texts one after another, each when it is asked for. @throws as `write` does */
  async writeAll(texts: Iterable<string>): Promise<void> {
    for (const text of texts) await this.write(text);
  }

  /** @throws OutputClosed where nobody reads any more, or what else the stream failed with */
  write(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#stream.write(text, (error) => {
        if (!error) resolve();
        else if (isClosed(error)) reject(new OutputClosed());
        else reject(new Error(`The output can't be written: ${error.message}.`));
      });
    });
  }
}

function isClosed(error: NodeJS.ErrnoException): boolean {
  return error.code === "EPIPE" || error.code === "EOF" || error.code === "ERR_STREAM_DESTROYED";
}
