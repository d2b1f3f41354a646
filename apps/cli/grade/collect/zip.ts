import type { Readable } from "node:stream";
import { type Entry, fromBufferPromise, getFileNameLowLevel, validateFileName, type ZipFile } from "yauzl";
import { Failure } from "../../failure.ts";
import { readable } from "../give/readable.ts";
import { BOUNDS, type Budget, type Found, type FoundFile, TooMuch, toolsName } from "./found.ts";

/** Where a folder or a zip stands in what is collected. */
export interface Place {
  /** As `FoundFile.path`; empty for the collected folder or zip itself. */
  path: readonly string[];
  /** As it is shown. */
  source: string;
}

/** A place within another. */
export function placeIn({ path, source }: Place, ...names: readonly string[]): Place {
  const shown = names.map((name) => readable(name, 200).replaceAll(/[\n\t]/g, " "));
  return { path: [...path, ...shown], source: [source, ...shown].filter((part) => part !== "").join("/") };
}

/** A zip may be opened so: names are ours to check, since one bad name is no reason to leave the others unread. */
export const ZIP_OPTIONS = { lazyEntries: true, decodeStrings: false, validateEntrySizes: true, autoClose: false };

/**
 * The files of a zip, and those of the zips in it. Nothing is unpacked to disk; an entry is inflated only when it is read,
 * and never beyond the size that it says.
 */
export async function* zipFiles(zip: ZipFile, place: Place, budget: Budget, depth = 1): AsyncGenerator<Found> {
  const seen = new Set<string>();
  let packedBytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      budget.takeEntry();
      packedBytes += entry.compressedSize;
      if (packedBytes > zip.fileSize) throw new TooMuch("packs the same bytes as several files, as a zip bomb does");
      yield* entryFiles(zip, entry, place, { budget, depth, seen });
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const what = error instanceof TooMuch ? `${error.message}.` : unreadable(error);
    yield { source: place.source, reason: `It ${what} What came before that was read.` };
  } finally {
    zip.close();
  }
}

/** What is wrong with a zip that can't be opened, for people. */
export function unreadable(error: unknown): string {
  return `is no zip that can be read (${readable((error as Error).message, 120)}). Ask for it again.`;
}

interface ZipState {
  budget: Budget;
  depth: number;
  /** Names of files so far. */
  seen: Set<string>;
}

async function* entryFiles(zip: ZipFile, entry: Entry, place: Place, state: ZipState): AsyncGenerator<Found> {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  const at = placeIn(
    place,
    ...name
      .slice(0, BOUNDS.pathLength)
      .split("/")
      .filter((part) => part !== "" && part !== "."),
  );
  if (name.endsWith("/") && entry.uncompressedSize === 0) return;
  const fault = entryFault(name, entry, state.seen);
  if (fault !== undefined) {
    yield { source: at.source, reason: fault };
    return;
  }
  state.seen.add(name);
  const tools = toolsName(at.path);
  if (tools !== undefined) {
    yield { leftOut: tools, source: at.source };
    return;
  }
  const file = zippedFile(zip, entry, at, state.budget);
  if (/\.zip$/i.test(name)) yield* innerZip(file, entry, at, state);
  else yield file;
}

function zippedFile(zip: ZipFile, entry: Entry, at: Place, budget: Budget): FoundFile {
  return {
    ...at,
    sizeBytes: entry.uncompressedSize,
    modifiedAt: entry.getLastModDate(),
    read: async () => {
      budget.takeBytes(entry.uncompressedSize);
      return bytesOf(await zip.openReadStreamPromise(entry), entry.uncompressedSize);
    },
  };
}

async function* innerZip(file: FoundFile, entry: Entry, at: Place, { budget, depth }: ZipState): AsyncGenerator<Found> {
  if (depth >= BOUNDS.zipDepth) {
    yield { source: at.source, reason: `It is a zip in ${BOUNDS.zipDepth} zips. Unpack it, and collect again.` };
    return;
  }
  if (entry.uncompressedSize > BOUNDS.innerZipBytes) {
    yield { source: at.source, reason: "It is a zip of more than 32 MiB in a zip. Unpack it, and collect again." };
    return;
  }
  if (entry.uncompressedSize > 2 ** 20 && entry.uncompressedSize > BOUNDS.ratio * entry.compressedSize) {
    yield { source: at.source, reason: "It is packed as tightly as a zip bomb. Ask for the file alone." };
    return;
  }
  let zip: ZipFile;
  try {
    zip = await fromBufferPromise(await file.read(), ZIP_OPTIONS);
  } catch (error) {
    if (error instanceof Failure || error instanceof TooMuch) throw error;
    yield { source: at.source, reason: `It ${unreadable(error)}` };
    return;
  }
  yield* zipFiles(zip, at, budget, depth + 1);
}

const FILE_TYPE = 0o170000;
const PLAIN_FILE = 0o100000;
const LINK = 0o120000;

function entryFault(name: string, entry: Entry, seen: ReadonlySet<string>): string | undefined {
  // The upper half is the Unix mode, where the zip was made on such a system.
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (name.length > BOUNDS.pathLength) return "Its path is longer than 1,000 characters. Ask for it again.";
  if (name.split("/").length > BOUNDS.folderDepth) return "It is in too many folders. Ask for the file alone.";
  if (validateFileName(name) !== null) return "Its path leads out of the zip. Ask for the file alone.";
  if (type === LINK) return "It is a link, and links aren't followed. Ask for the file itself.";
  if (type !== 0 && type !== PLAIN_FILE) return "It is no plain file. Ask for the file itself.";
  if (entry.isEncrypted()) return "It is encrypted. Ask for it without a password.";
  if (!entry.canDecodeFileData()) return "It is packed in a way that can't be read. Ask for an ordinary zip.";
  if (seen.has(name)) return "The zip has another file of this very path before it. Ask for the file alone.";
  return undefined;
}

async function bytesOf(stream: Readable, sizeBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > sizeBytes) throw new Error("it holds more than it says");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
