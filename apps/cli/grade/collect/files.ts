import { constants } from "node:fs";
import { type FileHandle, lstat, open, readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { openPromise, type ZipFile } from "yauzl";
import { Failure } from "../../failure.ts";
import { BOUNDS, Budget, type Found, type FoundFile, toolsName, zipBudget } from "./found.ts";
import { type Place, placeIn, unreadable, ZIP_OPTIONS, zipFiles } from "./zip.ts";

/**
 * All files of folders and zips, in a fixed order, zips in them too. Links are not followed, nothing is unpacked to disk, and what
 * can't be read comes with its reason.
 *
 * @param inputs paths as the user gave them: folders, zips, or files
 * @throws Failure where an input isn't there, or all together is more than any class hands in
 */
export async function* findFiles(inputs: readonly string[]): AsyncGenerator<Found> {
  const whole = new Budget(
    BOUNDS.all,
    (what) =>
      new Failure(`${inputs.join(", ")}: there are ${what} (${BOUNDS.all.entries} files, 1 GiB). Collect it in parts.`),
  );
  for (const input of inputs) {
    const found = await stat(input).catch(() => undefined);
    if (found === undefined) throw new Failure(`${input}: there is no such file or folder. Give what was downloaded.`);
    // With several, the same path could come twice.
    const place = { path: [], source: inputs.length === 1 ? "" : basename(input) };
    const path = await realpath(input);
    if (found.isDirectory()) yield* folderFiles(path, place, whole);
    else if (/\.zip$/i.test(input)) yield* zipAt(path, place, whole, input);
    else yield* fileAt(path, { path: [basename(input)], source: basename(input) }, whole);
  }
}

async function* folderFiles(folder: string, place: Place, budget: Budget): AsyncGenerator<Found> {
  if (place.path.length >= BOUNDS.folderDepth) {
    yield { source: place.source, reason: "It is in too many folders. Move it up, and collect again." };
    return;
  }
  let entries: string[];
  try {
    entries = await readdir(folder);
  } catch (error) {
    yield { source: place.source, reason: `It can't be read (${(error as Error).message}). Check its permissions.` };
    return;
  }
  for (const name of entries.sort()) {
    budget.takeEntry();
    const at = placeIn(place, name);
    const tools = toolsName(at.path);
    if (tools === undefined) yield* fileAt(join(folder, name), at, budget);
    else yield { leftOut: tools, source: at.source };
  }
}

async function* fileAt(path: string, at: Place, budget: Budget): AsyncGenerator<Found> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) yield { source: at.source, reason: "It can't be looked at. Check its permissions." };
  else if (found.isSymbolicLink())
    yield { source: at.source, reason: "It is a link, and links aren't followed. Put the file itself there." };
  else if (found.isDirectory()) yield* folderFiles(path, at, budget);
  else if (!found.isFile()) yield { source: at.source, reason: "It is no plain file. Remove it, or put a file there." };
  else if (/\.zip$/i.test(path)) yield* zipAt(path, at, zipBudget(budget));
  else yield plainFile(path, at, found, budget);
}

function plainFile(path: string, at: Place, found: { size: number; mtime: Date }, budget: Budget): FoundFile {
  return {
    ...at,
    sizeBytes: found.size,
    modifiedAt: found.mtime,
    read: async () => {
      budget.takeBytes(found.size);
      const handle = await openPlain(path);
      try {
        return await readUpTo(handle, found.size);
      } finally {
        await handle.close();
      }
    },
  };
}

/** @param input its name on the command line, where it was named there: then it has to be a zip */
async function* zipAt(path: string, at: Place, budget: Budget, input?: string): AsyncGenerator<Found> {
  let zip: ZipFile;
  try {
    zip = await openPromise(path, ZIP_OPTIONS);
  } catch (error) {
    if (input !== undefined) throw new Failure(`${input}: it ${unreadable(error)}`);
    yield { source: at.source, reason: `It ${unreadable(error)}` };
    return;
  }
  yield* zipFiles(zip, at, budget);
}

/** Opens what was looked at before: had a link taken its place, that fails. */
function openPlain(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
}

/** No more than the file had when it was looked at, however it grows. */
async function readUpTo(handle: FileHandle, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.alloc(sizeBytes);
  let length = 0;
  while (length < sizeBytes) {
    const { bytesRead } = await handle.read(bytes, length, sizeBytes - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
