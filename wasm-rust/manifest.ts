/** What the committed Wasm package was built from, with what, and what came out. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** The Cargo workspace's folder. */
export const WORKSPACE = fileURLToPath(new URL(".", import.meta.url)).replace(/[\\/]$/, "");
export const PACKAGE_FOLDER = join(WORKSPACE, "pkg");
export const MANIFEST = join(PACKAGE_FOLDER, "manifest.json");

/** The files of the package, beside its manifest. */
export const OUTPUTS = ["hotpath.d.ts", "hotpath.js", "hotpath_bg.wasm", "hotpath_bg.wasm.d.ts"] as const;
export type Output = (typeof OUTPUTS)[number];

/** What the package is built from: files, and folders with all that is in them. */
const SOURCES = ["Cargo.lock", "Cargo.toml", "build.ts", "core/Cargo.toml", "core/src", "rust-toolchain.toml"].concat([
  "wasm/Cargo.toml",
  "wasm/src",
]);

/** Versions, of binaryen its number. */
export interface Toolchain {
  rustc: string;
  /** Rust's name for the machine that it ran on: paths, as they stand in messages, are written in its way. */
  host: string;
  "wasm-pack": string;
  "wasm-bindgen": string;
  binaryen: string;
}

export interface Manifest {
  /** Of all sources' paths and texts, whatever their line endings. */
  sources: string;
  toolchain: Toolchain;
  outputs: Record<Output, { bytes: number; gzipBytes: number; sha256: string }>;
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(MANIFEST, "utf8"));
}

function listSources(): string[] {
  return SOURCES.flatMap((source) =>
    source.endsWith("src")
      ? readdirSync(join(WORKSPACE, source), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => relative(WORKSPACE, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
      : [source],
  ).sort();
}

/** The SHA-256 of the sources as they are now: each one's path and text, with LF as line ending, ended by a zero byte. */
export function hashSources(): string {
  const hash = createHash("sha256");
  for (const path of listSources()) {
    const text = readFileSync(join(WORKSPACE, path), "utf8").replaceAll("\r\n", "\n");
    hash.update(`${path}\0${text}\0`);
  }
  return hash.digest("hex");
}

/** What the outputs in a folder are. Text counts with LF as line ending. */
export function describeOutputs(folder: string): Manifest["outputs"] {
  const describe = (name: Output) => {
    const raw = readFileSync(join(folder, name));
    const bytes = name.endsWith(".wasm") ? raw : Buffer.from(raw.toString("utf8").replaceAll("\r\n", "\n"));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { bytes: bytes.length, gzipBytes: gzipSync(bytes, { level: 9 }).length, sha256 };
  };
  return Object.fromEntries(OUTPUTS.map((name) => [name, describe(name)])) as Manifest["outputs"];
}
