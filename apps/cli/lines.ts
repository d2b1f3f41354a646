/** What is wrong with a line of the input, and which line it is, from 1. */
export class BadLine extends Error {
  override name = "BadLine";
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** One line without its line feed, and its number, from 1. */
export interface Line {
  number: number;
  text: string;
}

/** A line must fit into a string. */
const MAX_LINE_BYTES = 2 ** 28;
const LF = 0x0a;

/**
 * Cuts bytes into lines: for each chunk that ends any, those lines. Only LF ends a line, and the last needs none.
 *
 * The lines of a chunk are decoded and cut one by one as they are asked for, so that none is kept longer than it is used.
 *
 * @throws BadLine where a line is not UTF-8 or longer than 256 MiB, after all lines before it have been yielded
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Iterable<Line>> {
  let number = 1;
  let unfinished: Uint8Array[] = [];
  let unfinishedBytes = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LF);
    if (end >= 0) {
      const bytes = Buffer.concat([...unfinished, chunk.subarray(0, end)]);
      yield cutLines(bytes, number);
      number += countLines(bytes);
      unfinished = [];
      unfinishedBytes = 0;
    }
    const rest = chunk.subarray(end + 1);
    unfinished.push(rest);
    unfinishedBytes += rest.length;
    if (unfinishedBytes > MAX_LINE_BYTES) throw new BadLine(number, "it is longer than 256 MiB");
  }
  if (unfinishedBytes > 0) yield cutLines(Buffer.concat(unfinished), number);
}

function countLines(bytes: Uint8Array): number {
  let count = 1;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count += 1;
  return count;
}

function* cutLines(bytes: Uint8Array, first: number): Generator<Line> {
  let start = 0;
  for (let number = first; ; number++) {
    const end = bytes.indexOf(LF, start);
    const text = decodeUtf8(bytes.subarray(start, end < 0 ? bytes.length : end));
    if (text === undefined) throw new BadLine(number, "it is not UTF-8");
    yield { number, text };
    if (end < 0) return;
    start = end + 1;
  }
}

// A byte order mark is kept, because it is for the reader of the line to refuse.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
