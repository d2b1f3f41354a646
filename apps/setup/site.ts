import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { ToldAssignment } from "../../lab/grade/told.ts";

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

/** @param told of the class that the site is built for, if any */
function sourceHash(base = "/", told?: ToldAssignment): string {
  const files = globSync(SOURCES, { cwd: root, exclude: (name) => name.endsWith(".test.ts") })
    .filter((file) => statSync(join(root, file)).isFile())
    .sort();
  const hash = createHash("sha256")
    .update(base)
    .update(told === undefined ? "" : JSON.stringify(told));
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** What a test runner says of itself. The site would take it for development, and leave its search out. */
const RUNNER_VARIABLES = new Set(["BASE_URL", "DEV", "MODE", "PROD", "SSR", "TEST"]);

/** Where the site's build finds what a class is told, as JSON: `site/components/exercise/assignment.ts` reads it. */
const CLASS_VARIABLE = "HOTPATH_CLASS";

function buildEnvironment(told: ToldAssignment | undefined): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !RUNNER_VARIABLES.has(name) && name !== CLASS_VARIABLE);
  const own = told === undefined ? {} : { [CLASS_VARIABLE]: JSON.stringify(told) };
  return { ...Object.fromEntries(others), ...own, NODE_ENV: "production", ASTRO_TELEMETRY_DISABLED: "1" };
}

/**
 * Builds the site into a folder, whatever is in it.
 *
 * @param base where the site begins at its host
 * @param told of the class that it is for: only that assignment's exercises are in it; all where left out
 * @throws Error where the build fails
 */
export function buildSiteInto(folder: string, base = "/", told?: ToldAssignment): Promise<void> {
  const astro = join(root, "node_modules", "astro", "bin", "astro.mjs");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [astro, "build", "--outDir", folder, "--base", base], {
      cwd: root,
      stdio: ["ignore", 2, 2],
      env: buildEnvironment(told),
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`the site was not built (${signal ?? `exit code ${code}`}); the reason stands above`));
    });
  });
}

/**
 * Builds the site beside the last one and then takes its place, so that a build that fails loses nothing.
 *
 * @param base as in `buildSiteInto`, and `told` too
 */
export async function buildSite(base = "/", told?: ToldAssignment): Promise<void> {
  const sources = sourceHash(base, told);
  const fresh = `${siteFolder}.${process.pid}`;
  try {
    await buildSiteInto(fresh, base, told);
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
