import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeOutputs, hashSources, OUTPUTS, PACKAGE_FOLDER, readManifest } from "./manifest.ts";

const wasm = readFileSync(join(PACKAGE_FOLDER, "hotpath_bg.wasm"));

/** What would say where it was built. `/rustc/<hash>` is the same on every machine. */
const PLACES = ["/home/", "/root/", "/Users/", "C:\\", ".cargo", ".rustup", "registry/src", "/tmp/"];

describe("the committed Wasm package", () => {
  test("was built from the sources as they are: else run npm run build:wasm", () => {
    expect(readManifest().sources).toBe(hashSources());
  });

  test("is what its manifest says, and nothing more", () => {
    expect(describeOutputs(PACKAGE_FOLDER)).toEqual(readManifest().outputs);
    expect(readdirSync(PACKAGE_FOLDER).sort()).toEqual([...OUTPUTS, "manifest.json"].sort());
  });

  test.each(PLACES)("has no path of the machine that built it: %s", (place) => {
    for (const name of OUTPUTS) expect(readFileSync(join(PACKAGE_FOLDER, name)).includes(place)).toBe(false);
  });

  test("is at most 64 KiB, and 25 KiB gzipped", () => {
    expect(wasm.length).toBeLessThanOrEqual(64 * 1024);
    expect(readManifest().outputs["hotpath_bg.wasm"].gzipBytes).toBeLessThanOrEqual(25 * 1024);
  });

  test("imports nothing but what wasm-bindgen asks for", async () => {
    const imports = WebAssembly.Module.imports(await WebAssembly.compile(new Uint8Array(wasm)));
    expect(imports.map(({ module }) => module)).toEqual(imports.map(() => "./hotpath_bg.js"));
    for (const { name } of imports) expect(name).toMatch(/^__wbindgen_init_externref_table$|___wbindgen_throw_/);
  });
});
