import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { chromium } from "playwright-core";
import { root } from "./site.ts";

/** The environment variable that names a Chromium, Chrome or Edge to test with. */
export const BROWSER_VARIABLE = "HOTPATH_BROWSER";

export type BrowserSearch = { path: string } | { problem: string };

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

const MAC_PATHS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

const WINDOWS_PATHS = [
  ["Google", "Chrome", "Application", "chrome.exe"],
  ["Chromium", "Application", "chrome.exe"],
  ["Microsoft", "Edge", "Application", "msedge.exe"],
];

function candidates(): string[] {
  if (process.platform === "darwin") return MAC_PATHS;
  if (process.platform === "win32") {
    const roots = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA];
    return roots
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => WINDOWS_PATHS.map((path) => join(folder, ...path)));
  }
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/** Finds an installed browser, or nothing. @throws Error where the environment variable names a file that is not there */
export function findBrowser(): string | undefined {
  const named = process.env[BROWSER_VARIABLE];
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return named;
    throw new Error(
      `${BROWSER_VARIABLE} names ${named}, which does not exist. Correct it, or unset it to let one be found.`,
    );
  }
  return [...candidates(), chromium.executablePath()].find((path) => existsSync(path));
}

/** Whether the distribution's packages can be installed: as root on Debian, Ubuntu and their kin. */
export function isDebianAsRoot(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
}

function run(command: string, args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { stdio: ["ignore", 2, 2], env, timeout: 600_000 }).status === 0;
}

function installByPlaywright(): boolean {
  return run(process.execPath, [join(root, "node_modules", "playwright-core", "cli.js"), "install", "chromium"]);
}

/** Installs one of the distribution's packages. @returns whether that went well */
export function installByApt(name: string): boolean {
  return run("apt-get", ["update"]) && run("apt-get", ["install", "-y", "--no-install-recommends", name]);
}

function installCommand(): string {
  const playwright = "npx playwright-core install chromium";
  return process.platform === "linux" ? `${playwright}   (or, on Debian: sudo apt-get install chromium)` : playwright;
}

/** Finds a browser, or installs one: Playwright's, else, as root on Debian or Ubuntu, the distribution's. */
export function ensureBrowser(say: (line: string) => void): BrowserSearch {
  try {
    const found = findBrowser();
    if (found !== undefined) return { path: found };
    say("no Chrome, Chromium or Edge is installed; downloading Playwright's Chromium …");
    if (!installByPlaywright() && isDebianAsRoot()) {
      say("that failed; installing the distribution's Chromium …");
      installByApt("chromium");
    }
    const installed = findBrowser();
    if (installed !== undefined) return { path: installed };
  } catch (error) {
    return { problem: (error as Error).message };
  }
  return {
    problem: `The browser tests need Chrome, Chromium or Edge, and none is installed. Install one with:\n  ${installCommand()}\nor name one in ${BROWSER_VARIABLE}.`,
  };
}
