import type { Plugin } from "vite";
import { bundleScript } from "./script-bundle.ts";

const ID = "virtual:hotpath-contenders";
const RESOLVED = `\0${ID}`;

const CONTENDER = "site/components/duel/contender.ts";
/** One for each side of a duel. */
const SIDES = ["baseline", "subject"] as const;

/**
 * Gives `virtual:hotpath-contenders`: the addresses of two files with the same code, all engines inside. A worker that imports both
 * has two copies of an engine in one thread, and the compiler treats each as code of its own.
 */
export function contenderBundle(): Plugin {
  let isBuild = false;
  return {
    name: "hotpath-contender-bundle",
    configResolved({ command }) {
      isBuild = command === "build";
    },
    resolveId(id) {
      return id === ID ? RESOLVED : undefined;
    },
    async load(id) {
      if (id !== RESOLVED) return undefined;
      const { text, files } = await bundleScript(CONTENDER, "es");
      for (const file of files) this.addWatchFile(file);
      // Files with the same bytes would become one.
      const sources = SIDES.map((side) => `${text}\n// ${side}\n`);
      const addresses = sources.map((source, place) => {
        if (!isBuild) {
          return `URL.createObjectURL(new Blob([${JSON.stringify(source)}], { type: "text/javascript" }))`;
        }
        return `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: "asset", name: `${SIDES[place]}.js`, source })}`;
      });
      return `export const contenderAddresses = [${addresses.join(", ")}];`;
    },
  };
}
