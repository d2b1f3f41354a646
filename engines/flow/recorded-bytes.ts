/** The bytes of a recording that were handed over and not read yet: those that one chunk left, and the next chunk. */
export class RecordedBytes {
  /** What to read from: from `position` up to, not including, `end`. */
  bytes = new Uint8Array(0);
  /** The same bytes. */
  view = new DataView(this.bytes.buffer);
  position = 0;
  end = 0;
  /** Where `bytes` begins in the recording. */
  #base = 0;
  /** Holds what a chunk left, and so that a record is whole, the next chunk behind it. */
  #own = new Uint8Array(0);

  /** Where `position` is in the recording. */
  get offset(): number {
    return this.#base + this.position;
  }

  get rest(): number {
    return this.end - this.position;
  }

  /** Appends a chunk, which must stay as it is until `keepRest`. */
  push(chunk: Uint8Array): void {
    const rest = this.rest;
    if (rest === 0) {
      this.#base += this.end;
      // A plain array, because a Buffer is another shape to the code that reads it.
      this.#set(new Uint8Array(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.length));
      this.position = 0;
      this.end = chunk.length;
      return;
    }
    this.keepRest(rest + chunk.length);
    this.#own.set(chunk, rest);
    this.end = rest + chunk.length;
  }

  /** Copies what is left, so that its chunk may be used again. @param capacity bytes to have room for */
  keepRest(capacity = this.rest): void {
    const rest = this.bytes.subarray(this.position, this.end);
    if (this.#own.length < capacity) {
      const larger = new Uint8Array(capacity);
      larger.set(rest);
      this.#own = larger;
    } else if (this.bytes !== this.#own || this.position > 0) this.#own.set(rest);
    this.#base += this.position;
    this.#set(this.#own);
    this.position = 0;
    this.end = rest.length;
  }

  #set(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes === this.bytes) return;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}
