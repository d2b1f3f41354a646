/**
 * A reader's files by name (`market-maker.ts`). The first is the one that is run; it imports the others as `./name.ts`.
 */
export type SourceFiles = Readonly<Record<string, string>>;

/** One file that needs no name, or several. */
export type Source = string | SourceFiles;

/** The name that a single file goes by where it was given none. */
export const ONLY_FILE = "file.ts";

export function filesOf(source: Source): SourceFiles {
  return typeof source === "string" ? { [ONLY_FILE]: source } : source;
}

/** Whether two sets of files are the same, name by name and text by text. */
export function sameFiles(a: SourceFiles, b: SourceFiles): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
