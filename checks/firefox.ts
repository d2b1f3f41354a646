/**
 * Runs the lab and each attempt to leave the sandbox in Firefox, which the other browser tests don't: they use Chromium.
 * Prints a line for each check, and `N passed, N failed` at the end. Where there is no Firefox, it says so and passes.
 */

import process from "node:process";
import puppeteer, { type Browser } from "puppeteer-core";
import { ensureFirefox } from "../apps/setup/firefox.ts";
import { ensureSite } from "../apps/setup/site.ts";
import { checkEscapes } from "./firefox/escapes.ts";
import { checkDesktopLab, checkHostileStrategies } from "./firefox/lab.ts";
import { checkStaticHost } from "./firefox/static-host.ts";
import { Tally } from "./firefox/tally.ts";

/** Makes Firefox say that the reader points with a finger; pages then have the plain editor, which a script can fill. */
const FINGER = { "ui.primaryPointerCapabilities": 1, "ui.allPointerCapabilities": 1 };

const PARTS: [(browser: Browser, tally: Tally) => Promise<void>, Record<string, unknown>][] = [
  [checkEscapes, {}],
  [checkDesktopLab, {}],
  [checkHostileStrategies, FINGER],
  [checkStaticHost, FINGER],
];

async function main(): Promise<void> {
  const firefox = ensureFirefox((line) => console.error(`hotpath: ${line}`));
  if ("problem" in firefox) {
    console.log(`skipped: Firefox: ${firefox.problem}`);
    return;
  }
  await ensureSite((line) => console.error(`hotpath: ${line}`));
  const tally = new Tally((line) => console.log(line));
  for (const [part, extraPrefsFirefox] of PARTS) {
    const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox.path, extraPrefsFirefox });
    try {
      if (part === PARTS[0][0]) tally.say(await browser.version());
      await part(browser, tally);
    } catch (error) {
      await tally.check(part.name, () => Promise.reject(error));
    } finally {
      await browser.close();
    }
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  if (tally.failed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(`hotpath: Firefox could not be checked: ${(error as Error).message}`);
  process.exitCode = 1;
}
