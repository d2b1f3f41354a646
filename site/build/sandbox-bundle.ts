import { createHash } from "node:crypto";
import type { Plugin } from "vite";
import { bundleScript } from "./script-bundle.ts";

const ID = "virtual:hotpath-sandbox";
const RESOLVED = `\0${ID}`;

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
      const [worker, frame] = await Promise.all([bundleScript(WORKER), bundleScript(FRAME)]);
      for (const file of [...worker.files, ...frame.files]) this.addWatchFile(file);
      // A script in a page's text ends at this; in JavaScript the two mean the same.
      const [workerText, frameText] = [worker, frame].map(({ text }) => text.replaceAll("</script", "<\\/script"));
      const hash = createHash("sha256").update(frameText).digest("base64");
      return [
        `export const workerText = ${JSON.stringify(workerText)};`,
        `export const frameText = ${JSON.stringify(frameText)};`,
        `export const frameHash = "sha256-${hash}";`,
      ].join("\n");
    },
  };
}
