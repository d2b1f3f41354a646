import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { type BrowserSearch, installByApt, isDebianAsRoot } from "./browser.ts";

/** The environment variable that names a Firefox to check with. */
export const FIREFOX_VARIABLE = "HOTPATH_FIREFOX";

const MAC_PATH = "/Applications/Firefox.app/Contents/MacOS/firefox";

function candidates(): string[] {
  if (process.platform === "darwin") return [MAC_PATH];
  if (process.platform === "win32") {
    return [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"]]
      .filter((folder) => folder !== undefined)
      .map((folder) => join(folder, "Mozilla Firefox", "firefox.exe"));
  }
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return ["firefox-esr", "firefox"].flatMap((command) => folders.map((folder) => join(folder, command)));
}

/** Finds Firefox, or installs the distribution's where that needs nobody's leave: as root on Debian and its kin. */
export function ensureFirefox(say: (line: string) => void): BrowserSearch {
  const named = process.env[FIREFOX_VARIABLE];
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return { path: named };
    return { problem: `${FIREFOX_VARIABLE} names ${named}, which does not exist` };
  }
  const find = () => candidates().find((path) => existsSync(path));
  let found = find();
  if (found === undefined && isDebianAsRoot()) {
    say("no Firefox is installed; installing the distribution's firefox-esr …");
    installByApt("firefox-esr");
    found = find();
  }
  if (found !== undefined) return { path: found };
  return { problem: `no Firefox on this machine; install it, or name one in ${FIREFOX_VARIABLE}` };
}
