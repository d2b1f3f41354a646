/** What a template gives: new files, and shared files with a line more, as texts by path from the project's root. */
export interface Made {
  files: Record<string, string>;
  changed: Record<string, string>;
  /** Arguments of node for the check that says where it stands. */
  check: string[];
  next: string;
}

/** Reads a file of the project, by its path from the root. */
export type ReadProjectFile = (path: string) => string;

/** A line before the first of `lines` that matches `before`. @throws Error where none does, naming the file */
export function insertBefore(text: string, before: RegExp, line: string, file: string): string {
  const lines = text.split("\n");
  const at = lines.findIndex((each) => before.test(each));
  if (at === -1) throw new Error(`${file} has no line like ${before}: add this one by hand: ${line.trim()}`);
  return lines.toSpliced(at, 0, line).join("\n");
}

/** A name such as `price-ladder` as JavaScript would call it, such as `priceLadder`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
