import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rolldown } from "vite";

const ID = "virtual:hotpath-sandbox";
const RESOLVED = `\0${ID}`;

const root = fileURLToPath(new URL("../..", import.meta.url));
const WORKER = "lab/sandbox/worker.ts";
const FRAME = "site/sandbox/frame.ts";

/**
 * Gives `virtual:hotpath-sandbox`: the worker's and the frame's scripts as texts, each bundled whole, and the hash by
 * which a policy admits the frame's. They are texts because a frame of opaque origin can load nothing from the site.
 */
export function sandboxBundle(): Plugin {
  return {
    name: "hotpath-sandbox-bundle",
    resolveId(id) {
      return id === ID ? RESOLVED : undefined;
    },
    async load(id) {
      if (id !== RESOLVED) return undefined;
      const [worker, frame] = await Promise.all([bundle(WORKER), bundle(FRAME)]);
      for (const file of [...worker.files, ...frame.files]) this.addWatchFile(file);
      const hash = createHash("sha256").update(frame.text).digest("base64");
      return [
        `export const workerText = ${JSON.stringify(worker.text)};`,
        `export const frameText = ${JSON.stringify(frame.text)};`,
        `export const frameHash = "sha256-${hash}";`,
      ].join("\n");
    },
  };
}

/** One script with all that it imports inside, and the files it was made of. */
async function bundle(entry: string): Promise<{ text: string; files: string[] }> {
  const outputs = (await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      write: false,
      minify: true,
      lib: { entry, formats: ["iife"], name: "hotpath" },
    },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const [{ output }] = Array.isArray(outputs) ? outputs : [outputs];
  const [chunk] = output;
  const files = chunk.moduleIds.filter((file) => file.startsWith("/") || /^[A-Za-z]:/.test(file));
  // A script in a page's text ends at this; in JavaScript the two mean the same.
  return { text: chunk.code.trim().replaceAll("</script", "<\\/script"), files };
}
