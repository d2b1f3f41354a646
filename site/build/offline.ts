import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { type KeptFile, REVISION_META } from "../offline/kept-file.ts";
import { bundleScript } from "./script-bundle.ts";

const SERVICE_WORKER = "sw.js";

/** From here on a file is kept only when a page has loaded it: the editor and its TypeScript are 11 MB. */
const LATE_BYTES = 500_000;

/** Python's interpreter and what it runs: its small files are of no use alone. */
const PYTHON = /^_astro\/((pyodide|python_stdlib)[^/]*\.(mjs|wasm|zip|json)|[^/]*\.py)$/;

/** Search interfaces that pagefind puts beside its index, and that no page loads. */
const UNUSED = /^pagefind\/pagefind-(ui|component-ui|modular-ui|highlight)\.(js|css)$/;

const META = new RegExp(`<meta name="${REVISION_META}" content="[0-9a-f]*"/?>`);

function revisionOf(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

/** Tells a page its own revision, so that it can say when there is another. @returns the revision */
function stampPage(file: string): string {
  const page = readFileSync(file, "utf8").replace(META, "");
  if (!page.includes("<head>")) throw new Error(`${file} has no <head> for its revision`);
  const revision = revisionOf(page);
  writeFileSync(file, page.replace("<head>", `<head><meta name="${REVISION_META}" content="${revision}"/>`));
  return revision;
}

function keptFile(folder: string, path: string): KeptFile {
  const file = join(folder, path);
  if (path.endsWith(".html")) return { path, revision: stampPage(file) };
  const kept: KeptFile = { path, revision: revisionOf(readFileSync(file)) };
  if (PYTHON.test(path)) kept.late = "python";
  else if (statSync(file).size > LATE_BYTES) kept.late = "editor";
  return kept;
}

/** Writes the service worker of a built site, with the list of what it keeps; a second time writes the same. */
export async function writeServiceWorker(folder: string): Promise<void> {
  const files = globSync("**/*", { cwd: folder })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path !== SERVICE_WORKER && !UNUSED.test(path) && !path.endsWith("build.json"))
    .sort()
    .map((path) => keptFile(folder, path));
  const { text } = await bundleScript("site/offline/worker.ts");
  writeFileSync(join(folder, SERVICE_WORKER), `var hotpathFiles=${JSON.stringify(files)};\n${text}\n`);
}

/** Makes the site open without a network, and isolated on hosts that send no headers. It stands after all that writes files. */
export function offline(): AstroIntegration {
  return {
    name: "hotpath-offline",
    hooks: {
      "astro:config:setup"({ injectScript }) {
        injectScript("page", 'import "/site/offline/page.ts";');
      },
      "astro:build:done"({ dir }) {
        return writeServiceWorker(fileURLToPath(dir));
      },
    },
  };
}
