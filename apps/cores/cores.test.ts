import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listEngines } from "../../engines/registry.ts";
import { describeOutput, folderOf, hashSources, readManifest } from "./core.ts";
import { BOOK as CPP, SIMD } from "./cpp.ts";
import { BOOK as OCAML } from "./ocaml.ts";

const cores = [
  { ...CPP, mostKiB: 32 },
  { ...SIMD, mostKiB: 4 },
  { ...OCAML, mostKiB: 112 },
];

test("each engine's module in its own pkg/ is among them: else begin a file beside cpp.ts, and list its core here", () => {
  const built = listEngines().flatMap(({ manifest: { name, artefacts } }) =>
    artefacts.filter((path) => path.startsWith(`engines/${name}/pkg/`)).map(folderOf),
  );
  const compared = cores.map(({ folder, output }) => join(folder, "pkg", output));
  expect(built.length).toBeGreaterThan(0);
  expect(built.filter((file) => !compared.includes(file))).toEqual([]);
});

describe.each(cores)("$title", (core) => {
  const pkg = join(core.folder, "pkg");
  const file = join(pkg, core.output);
  const bytes = readFileSync(file);

  test(`was built from the sources as they are: else run npm run ${core.toolchain.script}`, () => {
    expect(readManifest(core).sources).toBe(hashSources(core));
  });

  test("is what its manifest says, and nothing more", () => {
    expect(readManifest(core)).toMatchObject(describeOutput(file));
    expect(readdirSync(pkg).sort()).toEqual([core.output, "manifest.json"].sort());
  });

  test(`is at most ${core.mostKiB} KiB`, () => expect(bytes.length).toBeLessThanOrEqual(core.mostKiB * 1024));

  test.runIf(core.output.endsWith(".wasm"))("imports nothing", () => {
    expect(WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(bytes)))).toEqual([]);
  });
});
