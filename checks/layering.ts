import { posix } from "node:path";
import ts from "typescript";
import { lineAt } from "./tree.ts";

/**
 * Which folder may import from which, beside itself. `ARCHITECTURE.md` draws the same arrows. What a layer reads as data
 * (by `import.meta.glob`, by a path) is no arrow.
 */
const ARROWS: Record<string, string[]> = {
  engines: ["wasm-rust/pkg"],
  lab: ["engines"],
  site: ["lab", "engines", "wasm-rust/pkg"],
  chapters: ["site", "lab", "engines"],
  exercises: ["lab/grade", "engines/contract"],
  apps: ["lab", "engines"],
  "wasm-rust": [],
};

/** Layers that run in the browser and in Node alike, and so know of neither. */
const WITHOUT_HOST = ["engines", "lab", "exercises"];

/** What a test in the browser needs: the built site and a browser. */
const TEST_HOST = "apps/setup/";

export interface Import {
  specifier: string;
  line: number;
}

/** The static and dynamic imports of a module, a page or a chapter, with their lines. */
export function importsOf(file: string, text: string): Import[] {
  if (/\.[cm]?[jt]s$/.test(file)) {
    const { importedFiles } = ts.preProcessFile(text, true, true);
    return importedFiles.map(({ fileName, pos }) => ({ specifier: fileName, line: lineAt(text, pos) }));
  }
  const statements = text.matchAll(
    /^\s*import\s(?:[^"'\n]*\sfrom\s)?["']([^"'\n]+)["']|import\(["']([^"'\n]+)["']\)/gm,
  );
  return [...statements].map((match) => ({
    specifier: match[1] ?? match[2],
    line: lineAt(text, match.index + match[0].length),
  }));
}

/** Tests, benchmarks, and the programs that they start. */
export function isTest(file: string): boolean {
  return /\.(test|bench|probe)\.ts$/.test(file);
}

/** Site and programs read chapters and exercises by their manifests. */
function isManifest(layer: string, target: string): boolean {
  return ["site", "apps"].includes(layer) && /^(chapters|exercises)\/.*\.json$/.test(target);
}

function fault(file: string, specifier: string): string | undefined {
  const layer = file.split("/")[0];
  const allowed = ARROWS[layer];
  if (allowed === undefined) return undefined;
  if (specifier.startsWith("node:")) {
    if (!WITHOUT_HOST.includes(layer) || isTest(file)) return undefined;
    return `${layer} runs in the browser too: hand it bytes or text instead of importing ${specifier}`;
  }
  if (!specifier.startsWith(".")) return undefined;
  const target = posix.join(posix.dirname(file), specifier);
  if (!target.includes("/") || target.startsWith(`${layer}/`) || isManifest(layer, target)) return undefined;
  if (allowed.some((folder) => target.startsWith(`${folder}/`))) return undefined;
  if (isTest(file) && target.startsWith(TEST_HOST)) return undefined;
  const may = allowed.length === 0 ? "nothing else" : allowed.join(", ");
  return `${layer} may import from ${may}, and not from ${target}: move the code down, or hand the value in`;
}

/** Each import that points the wrong way, as `file:line: what to do`. */
export function layeringFaults(file: string, text: string): string[] {
  return importsOf(file, text).flatMap(({ specifier, line }) => {
    const message = fault(file, specifier);
    return message === undefined ? [] : [`${file}:${line}: ${message}`];
  });
}
