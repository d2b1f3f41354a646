/**
 * A reader's files by name (`market-maker.ts`). The first is the one that is run; it imports the others as `./name.ts`.
 */
export type SourceFiles = Readonly<Record<string, string>>;

/** One file that needs no name, or several. */
export type Source = string | SourceFiles;

/** The name that a single file goes by where it was given none. */
export const ONLY_FILE = "file.ts";

/** What a file may be called. */
const FILE_NAME = /^[\w-]{1,60}\.ts$/;

/** @throws RangeError where there is no file, or a name is none that can be imported as `./name.ts` */
export function filesOf(source: Source): SourceFiles {
  if (typeof source === "string") return { [ONLY_FILE]: source };
  const names = Object.keys(source);
  if (names.length === 0) throw new RangeError("There is no file to run.");
  const wrong = names.find((name) => !FILE_NAME.test(name));
  if (wrong === undefined) return source;
  throw new RangeError(
    `A file is called ${JSON.stringify(wrong)}; a name has letters, digits, - and _, and ends in .ts.`,
  );
}

/** Whether two sets of files are the same, name by name and text by text. */
export function sameFiles(a: SourceFiles, b: SourceFiles): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
