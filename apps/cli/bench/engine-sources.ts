import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { EngineManifest } from "../../../engines/contract/engine.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const SOURCE = /\.(ts|js|rs|c|cc|cpp|h|hpp|ml|mli|py|as)$/;
const NOT_OF_THE_ENGINE = /\.(test|bench|probe|d)\.ts$/;

/** What an engine is made of. */
export interface EngineSources {
  /** SHA-256 of all paths and their lines of code: a comment changes no speed. */
  hash: string;
  /** Lines that hold code: neither blank nor comment, without tests. The contract's shared adapters are nobody's. */
  lines: number;
}

/** Reads the sources of an engine: those in its folder, and in the folders that its manifest names. */
export function readEngineSources({ name, sources, artefacts }: EngineManifest): EngineSources {
  // A core may stand in the engine's own folder, and be named as well.
  const found = new Set([`engines/${name}`, ...sources].flatMap(filesIn));
  // What was built is no source; a source that is loaded as it is, is both.
  const isBuilt = (file: string) =>
    artefacts.includes(file) && !sources.some((folder) => file.startsWith(`${folder}/`));
  const files = [...found].filter((file) => !isBuilt(file));
  const hash = createHash("sha256");
  let lines = 0;
  for (const file of files.sort()) {
    const code = codeLines(readFileSync(join(ROOT, file), "utf8"), file);
    hash.update(`${file}\0${code.join("\n")}\0`);
    lines += code.length;
  }
  return { hash: hash.digest("hex"), lines };
}

/** What measures an engine natively is no part of it. */
function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name) && !NOT_OF_THE_ENGINE.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .filter((file) => !file.startsWith(`${folder}/bench/`));
}

/** The lines that hold code. A line on which a comment begins counts as comment up to the comment's end. */
export function codeLines(text: string, file: string): string[] {
  const [code] = text.replaceAll("\r\n", "\n").split(/^#\[cfg\(test\)\]/m);
  return withoutComments(code, file)
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}

function withoutComments(code: string, file: string): string {
  if (/\.mli?$/.test(file)) return code.replace(/\(\*[\s\S]*?\*\)/g, "");
  if (file.endsWith(".py")) return code.replace(/^\s*"""[\s\S]*?"""/gm, "").replace(/^\s*#.*$/gm, "");
  return code.replace(/^\s*\/\*[\s\S]*?\*\//gm, "").replace(/^\s*\/\/.*$/gm, "");
}
