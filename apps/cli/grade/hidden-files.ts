import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { digest } from "../../../lab/grade/digest.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));
/** Folders whose files are the grader's own: a change there is another version of the grader, not other hidden checks. */
const GRADERS_OWN = ["engines", "lab", "exercises", "wasm-rust"].map((folder) => join(project, folder) + sep);

/**
 * SHA-256 over a file of hidden checks and all that it imports from beside it: the same wherever the folder stands. An import that isn't
 * there is left out: it may be of types alone, and if it is not, the file doesn't load.
 */
export async function hiddenHash(file: string): Promise<string> {
  const texts = new Map<string, string>();
  const read = async (path: string): Promise<void> => {
    if (texts.has(path) || GRADERS_OWN.some((folder) => path.startsWith(folder))) return;
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text === undefined) return;
    texts.set(path, text);
    if (!/\.[cm]?[jt]s$/.test(path)) return;
    // Loaded only where there are hidden checks: it is large.
    const { default: ts } = await import("typescript");
    const imported = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
    for (const name of imported.filter((each) => each.startsWith("."))) await read(resolve(dirname(path), name));
  };
  await read(file);
  const lines = [...texts].map(
    ([path, text]) => `${relative(dirname(file), path).replaceAll(sep, "/")} ${digest(text)}`,
  );
  return digest(lines.sort().join("\n"));
}
