import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A script with all that it imports inside. */
export interface ScriptBundle {
  text: string;
  /** The files that it was made of. */
  files: string[];
}

/** @param entry path from the project's root @param format of a classic script, or a module @returns one script, minified */
export async function bundleScript(entry: string, format: "iife" | "es" = "iife"): Promise<ScriptBundle> {
  const outputs = (await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      write: false,
      minify: true,
      lib: { entry, formats: [format], name: "hotpath" },
      // Nothing that is loaded later: one file is all there is.
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const [{ output }] = Array.isArray(outputs) ? outputs : [outputs];
  const [chunk] = output;
  const files = chunk.moduleIds.filter((file) => file.startsWith("/") || /^[A-Za-z]:/.test(file));
  return { text: chunk.code.trim(), files };
}
