import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BOOK, describeOutput, hashSources, readManifest, SIMD } from "./cpp.ts";

describe.each([
  { ...BOOK, mostKiB: 32 },
  { ...SIMD, mostKiB: 4 },
])("the committed $output", (module) => {
  const pkg = join(module.folder, "pkg");
  const file = join(pkg, module.output);
  const wasm = readFileSync(file);

  test("was built from the sources as they are: else run npm run build:cpp", () => {
    expect(readManifest(module).sources).toBe(hashSources(module));
  });

  test("is what its manifest says, and nothing more", () => {
    expect(readManifest(module)).toMatchObject(describeOutput(file));
    expect(readdirSync(pkg).sort()).toEqual([module.output, "manifest.json"].sort());
  });

  test(`is at most ${module.mostKiB} KiB`, () => expect(wasm.length).toBeLessThanOrEqual(module.mostKiB * 1024));

  test("imports nothing", () => {
    expect(WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(wasm)))).toEqual([]);
  });
});
