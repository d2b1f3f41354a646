import type { TestProject } from "vitest/node";
import { ensureBrowser } from "./browser.ts";
import { serveSite } from "./server.ts";
import { ensureSite, siteFolder } from "./site.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built site is served for the tests, without a slash at the end. */
    siteUrl: string;
    /** The browser's program; empty where there is none. */
    browserPath: string;
    /** Why there is no browser, and how to get one. */
    browserProblem: string;
  }
}

/** Once before the browser tests: builds the site, serves it on a free port, and finds a browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const say = (line: string) => console.error(`hotpath: ${line}`);
  const browser = ensureBrowser(say);
  await ensureSite(say);
  const server = await serveSite(siteFolder, 0);
  project.provide("siteUrl", server.url);
  project.provide("browserPath", "path" in browser ? browser.path : "");
  project.provide("browserProblem", "problem" in browser ? browser.problem : "");
  return () => server.close();
}
