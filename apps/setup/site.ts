import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = fileURLToPath(new URL("../../", import.meta.url));
/** The built site. */
export const siteFolder = join(root, "dist");

/** In the built site: what it was built from. */
const STAMP = "build.json";

/** All that the site is built from. Tests are not, so that editing one doesn't ask for a build. */
const SOURCES = [
  "package-lock.json",
  "astro.config.mjs",
  "chapters/**/*",
  "exercises/**/*",
  "engines/**/*",
  "lab/**/*",
  "site/**/*",
  "wasm-rust/pkg/**/*",
];

function sourceHash(): string {
  const files = globSync(SOURCES, { cwd: root, exclude: (name) => name.endsWith(".test.ts") })
    .filter((file) => statSync(join(root, file)).isFile())
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** What a test runner says of itself. The site would take it for development, and leave its search out. */
const RUNNER_VARIABLES = new Set(["BASE_URL", "DEV", "MODE", "PROD", "SSR", "TEST"]);

function buildEnvironment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !RUNNER_VARIABLES.has(name));
  return { ...Object.fromEntries(others), NODE_ENV: "production", ASTRO_TELEMETRY_DISABLED: "1" };
}

/**
 * Builds the site into a folder, whatever is in it.
 *
 * @param base where the site begins at its host
 * @throws Error where the build fails
 */
export function buildSiteInto(folder: string, base = "/"): Promise<void> {
  const astro = join(root, "node_modules", "astro", "bin", "astro.mjs");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [astro, "build", "--outDir", folder, "--base", base], {
      cwd: root,
      stdio: ["ignore", 2, 2],
      env: buildEnvironment(),
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`the site was not built (${signal ?? `exit code ${code}`}); the reason stands above`));
    });
  });
}

/** Builds the site beside the last one and then takes its place, so that a build that fails loses nothing. */
export async function buildSite(): Promise<void> {
  const sources = sourceHash();
  const fresh = `${siteFolder}.${process.pid}`;
  try {
    await buildSiteInto(fresh);
    writeFileSync(join(fresh, STAMP), `${JSON.stringify({ sources })}\n`);
    rmSync(siteFolder, { recursive: true, force: true });
    renameSync(fresh, siteFolder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Builds the site unless it was last built from the same sources. @throws Error where the build fails */
export async function ensureSite(say: (line: string) => void): Promise<void> {
  const stamp = join(siteFolder, STAMP);
  if (existsSync(stamp) && JSON.parse(readFileSync(stamp, "utf8")).sources === sourceHash()) return;
  say("building the site (about a minute) …");
  await buildSite();
}
