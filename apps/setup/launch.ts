import { type Browser, chromium } from "playwright-core";
import { inject } from "vitest";

/** Keep the browser from asking for anything beyond the page, and from what a headless machine lacks. */
const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser for a test file, which closes it. @throws Error that says how to install one where there is none */
export function launchBrowser(): Promise<Browser> {
  const problem = inject("browserProblem");
  if (problem !== "") throw new Error(problem);
  return chromium.launch({ executablePath: inject("browserPath"), args: FLAGS });
}
