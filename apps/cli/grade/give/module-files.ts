import { readFile, stat } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** What a program needs to run: its own files, and the packages of others. */
export interface ModuleFiles {
  /** Absolute paths, sorted. */
  files: readonly string[];
  /** Names of packages, sorted. */
  packages: readonly string[];
}

/** `new URL("child.ts", import.meta.url)`: a file that is run or read beside the module. */
const BESIDE = /new URL\(\s*"([^":]+)"\s*,\s*import\.meta\.url\s*\)/g;

/**
 * The files that modules import, by and by, with those that they name beside themselves, and the packages that they import.
 *
 * @throws Error where an imported file isn't there
 */
export async function moduleFiles(entries: readonly string[]): Promise<ModuleFiles> {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = async (file: string): Promise<void> => {
    if (files.has(file)) return;
    files.add(file);
    if (!/\.[cm]?[jt]s$/.test(extname(file))) return;
    const text = await readFile(file, "utf8");
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      if (fileName.startsWith("file:")) await visit(fileURLToPath(fileName));
      else if (fileName.startsWith(".")) await visit(resolve(dirname(file), fileName));
      else if (!fileName.startsWith("node:")) packages.add(packageOf(fileName));
    }
    for (const [, path] of text.matchAll(BESIDE)) {
      const beside = resolve(dirname(file), path);
      if ((await stat(beside).catch(() => undefined))?.isFile()) await visit(beside);
    }
  };
  for (const entry of entries) await visit(entry);
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/** `@noble/hashes/sha2.js` is of `@noble/hashes`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
