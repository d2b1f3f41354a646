import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** The bytes of an input that may be compressed by gzip, as its first two bytes tell. */
export async function* decompressed(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = input[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = behind(head, chunks);
  yield* head[0] === 0x1f && head[1] === 0x8b ? gunzipped(whole) : whole;
}

/** The bytes that were taken off to look at, and then the rest. */
async function* behind(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    // Whoever stops reading here closes the input too.
    await rest.return?.();
  }
}

function gunzipped(compressed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // An error of the input comes out of the last stream too, which is where it is read.
  return pipeline(Readable.from(compressed, { objectMode: false }), createGunzip(), () => {});
}
