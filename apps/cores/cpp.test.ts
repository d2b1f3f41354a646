import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { describeOutput, hashSources, readManifest } from "./cpp.ts";

const wasm = readFileSync(new URL("../../engines/cpp-wasm/pkg/book.wasm", import.meta.url));

describe("the committed C++ core", () => {
  test("was built from the sources as they are: else run npm run build:cpp", () => {
    expect(readManifest().sources).toBe(hashSources());
  });

  test("is what its manifest says, and nothing more", () => {
    expect(readManifest()).toMatchObject(describeOutput());
    expect(readdirSync(new URL("../../engines/cpp-wasm/pkg", import.meta.url)).sort()).toEqual([
      "book.wasm",
      "manifest.json",
    ]);
  });

  test("is at most 32 KiB", () => expect(wasm.length).toBeLessThanOrEqual(32 * 1024));

  test("imports nothing", () => {
    expect(WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(wasm)))).toEqual([]);
  });
});
