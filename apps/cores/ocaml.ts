/** `npm run build:ocaml`: builds the OCaml core. With `-- --check` it compares. */

import { spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { load } from "../../engines/ocaml/engine.ts";
import { type Core, compileWith, folderOf, runCores, type Toolchain, versionOf } from "./core.ts";

const INSTALL = "apt-get install --no-install-recommends ocaml-nox ocaml-findlib js-of-ocaml (Debian)";
const TO_BYTECODE = ["ocamlc", "-w", "+a-4-9-40-41-42-44-45-70", "-warn-error", "+a"];
const PACKAGES = ["-package", "js_of_ocaml,js_of_ocaml-ppx", "-linkpkg"];
/** What the whole program becomes a function of, so that it can be a module. */
const PROGRAM = "startRuntime";
const TO_JAVASCRIPT = ["--opt=3", "--target-env=browser", `--wrap-with-fun=${PROGRAM}`];
const EXPORT = `export { ${PROGRAM} as default };\n`;

const OCAML: Toolchain = {
  script: "build:ocaml",
  compiler: "ocamlfind with js_of_ocaml",
  install: INSTALL,
  source: /\.ml$/,
  flags: [...TO_BYTECODE, ...PACKAGES, ...TO_JAVASCRIPT, EXPORT],
  find() {
    const compiler = versionOf("ocamlfind", ["ocamlc", "-version"], /^(\S+)/);
    const translator = versionOf("js_of_ocaml", ["--version"], /^(\S+)/);
    const library = spawnSync("ocamlfind", ["query", "js_of_ocaml-ppx"], { stdio: "ignore" });
    if (compiler === undefined || translator === undefined || library.status !== 0) return undefined;
    return { command: "ocamlfind", version: `OCaml ${compiler}, js_of_ocaml ${translator}` };
  },
  compile({ command }, core, output) {
    // The compiler writes beside its sources, and what it writes there is nothing to keep.
    const folder = mkdtempSync(join(tmpdir(), "hotpath-ocaml-"));
    try {
      const names = core.compiled.map((file) => basename(file));
      for (const [place, file] of core.compiled.entries())
        copyFileSync(join(core.folder, file), join(folder, names[place]));
      compileWith(command, [...TO_BYTECODE, ...PACKAGES, ...names, "-o", "book.byte"], folder, INSTALL);
      compileWith("js_of_ocaml", [...TO_JAVASCRIPT, "book.byte", "-o", output], folder, INSTALL);
      appendFileSync(output, EXPORT);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

export const BOOK: Core = {
  title: "The OCaml core",
  folder: folderOf("engines/ocaml"),
  sources: "core",
  compiled: ["types", "queue", "book", "records", "engine", "browser"].map((name) => `core/${name}.ml`),
  output: "book.js",
  load,
  toolchain: OCAML,
};

if (import.meta.main) await runCores([BOOK]);
