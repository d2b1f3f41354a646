export type Message =
  | { type: "add"; timeNs: number; ref: bigint; side: "buy" | "sell"; shares: number; stock: string; price: number }
  | { type: "executed" | "reduced"; timeNs: number; ref: bigint; shares: number }
  | { type: "deleted"; timeNs: number; ref: bigint }
  | { type: "replaced"; timeNs: number; ref: bigint; newRef: bigint; shares: number; price: number }
  /** The last one that there is: nothing behind it can be read. `at` is the byte where its length stands. */
  | { type: "malformed"; at: number };

/** Reads a feed, as many bytes at a time as happen to be there. */
export function createParser() {
  return {
    /** @param chunk the feed's next bytes; who calls may write others into the same array later */
    push(chunk: Uint8Array): Message[] {
      const messages: Message[] = [];
      const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
      let at = 0;
      // It hopes that every message is whole, and that there is no other kind than this one.
      while (at < chunk.length) {
        const length = view.getUint16(at);
        if (String.fromCharCode(chunk[at + 2]) === "D") {
          messages.push({ type: "deleted", timeNs: view.getUint32(at + 9), ref: BigInt(view.getUint32(at + 17)) });
        }
        at += 2 + length;
      }
      return messages;
    },
  };
}
