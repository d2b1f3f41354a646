/** What is wrong with a line of the input, and which line it is, from 1. */
export class BadLine extends Error {
  override name = "BadLine";
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** Lines that follow one another, without their line feeds. */
export interface LineBlock {
  /** The number of the first, from 1. */
  first: number;
  lines: string[];
}

/** A line must fit into a string. */
const MAX_LINE_BYTES = 2 ** 28;
const LF = 0x0a;

/**
 * Cuts bytes into lines, a block at a time. Only LF ends a line, and the last needs none.
 *
 * @throws BadLine where a line is not UTF-8 or longer than 256 MiB, after all lines before it have been yielded
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LineBlock> {
  let first = 1;
  let unfinished: Uint8Array[] = [];
  let unfinishedBytes = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LF);
    if (end >= 0) {
      for (const block of decodeLines(Buffer.concat([...unfinished, chunk.subarray(0, end)]), first)) {
        yield block;
        first += block.lines.length;
      }
      unfinished = [];
      unfinishedBytes = 0;
    }
    const rest = chunk.subarray(end + 1);
    unfinished.push(rest);
    unfinishedBytes += rest.length;
    if (unfinishedBytes > MAX_LINE_BYTES) throw new BadLine(first, "it is longer than 256 MiB");
  }
  if (unfinishedBytes > 0) yield* decodeLines(Buffer.concat(unfinished), first);
}

/** Yields the lines as one block; where one of them is not UTF-8, those before it, and throws. */
function* decodeLines(bytes: Uint8Array, first: number): Generator<LineBlock> {
  const text = decodeUtf8(bytes);
  if (text !== undefined) {
    yield { first, lines: text.split("\n") };
    return;
  }
  const lines: string[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(LF, start);
    const line = decodeUtf8(bytes.subarray(start, end < 0 ? bytes.length : end));
    if (line === undefined) break;
    lines.push(line);
    start = end + 1;
  }
  if (lines.length > 0) yield { first, lines };
  throw new BadLine(first + lines.length, "it is not UTF-8");
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
