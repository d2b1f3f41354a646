/** A reader's own file of a recorded market, as the worker is handed it. */
export interface RecordedFile {
  name: string;
  format: "itch" | "lobster";
  /** Whole records, not compressed. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Whether the file goes on behind what was read. */
  cut: boolean;
  /** Of an ITCH file, as far as they are named in its beginning; a LOBSTER file names none. */
  symbols: string[];
}

/** What a page reads of a file at most: the page, its frame and its worker each have a copy. */
export const MAX_BYTES = 128 * 1024 * 1024;
/** Where symbols are looked for. */
const SYMBOL_BYTES = 16 * 1024 * 1024;
/** ITCH 5.0, length of a message by its type, of those that begin a file or name a stock. */
const ITCH_LENGTHS: Readonly<Record<string, number>> = { S: 12, R: 39, A: 36, F: 40 };
/** Where a message names its stock, in eight letters. */
const STOCK_AT: Readonly<Record<string, number>> = { R: 11, A: 24, F: 24 };
const LOBSTER_LINE = /^\d+(\.\d+)?,[1-7],\d+,\d+,-?\d+,-?1\b/;

/**
 * Reads a LOBSTER message file or an ITCH 5.0 file, plain or compressed by gzip, whichever it is. Nothing leaves the machine.
 *
 * @throws Error for the reader, where it is neither, is empty, or can't be decompressed
 */
export async function readRecordedFile(file: Blob & { name?: string }, maxBytes = MAX_BYTES): Promise<RecordedFile> {
  const name = file.name ?? "the file";
  const { bytes, cut } = await readUpTo(await plainStream(file), maxBytes, name);
  if (bytes.length === 0) throw new Error(`${name} is empty.`);
  if (isItch(bytes)) return { name, format: "itch", bytes: wholeMessages(bytes, cut), cut, symbols: symbolsOf(bytes) };
  if (isLobster(bytes)) return { name, format: "lobster", bytes: wholeLines(bytes, cut), cut, symbols: [] };
  throw new Error(
    `${name} is neither a LOBSTER message file (lines of six numbers: time, type, order, size, price, direction) nor an ITCH 5.0 file (messages, each after its length in two bytes). A LOBSTER order book file does not serve: take the one with "message" in its name.`,
  );
}

async function plainStream(file: Blob): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return file.stream();
  return file.stream().pipeThrough(new DecompressionStream("gzip"));
}

async function readUpTo(stream: ReadableStream<Uint8Array<ArrayBuffer>>, maxBytes: number, name: string) {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = stream.getReader();
  try {
    while (length < maxBytes) {
      const { done, value } = await reader.read();
      if (done) return { bytes: joined(chunks, length), cut: false };
      chunks.push(value);
      length += value.length;
    }
  } catch (error) {
    throw new Error(`${name} could not be read: ${(error as Error).message || "it is not whole"}.`);
  }
  await reader.cancel();
  return { bytes: joined(chunks, length).slice(0, maxBytes), cut: true };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function isItch(bytes: Uint8Array): boolean {
  const length = ITCH_LENGTHS[String.fromCharCode(bytes[2])];
  return length !== undefined && bytes[0] === 0 && bytes[1] === length;
}

function isLobster(bytes: Uint8Array): boolean {
  return LOBSTER_LINE.test(new TextDecoder().decode(bytes.subarray(0, 200)));
}

/** Cuts off a message that is only begun, where the rest of the file was not read; else the reader tells of it. */
function wholeMessages(bytes: Uint8Array<ArrayBuffer>, cut: boolean): Uint8Array<ArrayBuffer> {
  if (!cut) return bytes;
  let at = 0;
  for (let next = 0; next <= bytes.length; next = at + 2 + ((bytes[at] << 8) | bytes[at + 1])) {
    at = next;
    if (at + 2 > bytes.length) break;
  }
  return bytes.subarray(0, at);
}

function wholeLines(bytes: Uint8Array<ArrayBuffer>, cut: boolean): Uint8Array<ArrayBuffer> {
  return cut ? bytes.subarray(0, bytes.lastIndexOf(10) + 1) : bytes;
}

function symbolsOf(bytes: Uint8Array): string[] {
  const symbols = new Set<string>();
  const end = Math.min(bytes.length, SYMBOL_BYTES) - 40;
  for (let at = 0; at < end; at += 2 + ((bytes[at] << 8) | bytes[at + 1])) {
    const stockAt = STOCK_AT[String.fromCharCode(bytes[at + 2])];
    if (stockAt === undefined) continue;
    const start = at + 2 + stockAt;
    symbols.add(String.fromCharCode(...bytes.subarray(start, start + 8)).trimEnd());
  }
  return [...symbols].sort();
}
