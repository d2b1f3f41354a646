import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeProfiles, newTab } from "../../apps/setup/launch.ts";
import { type SiteServer, serveSite } from "../../apps/setup/server.ts";
import { buildTrialSite, type TrialSite } from "./trial/build.ts";
import { type Canary, startCanary } from "./trial/canary.ts";
import { ESCAPES, escapeModule, escapeScript, FREE_OUTSIDE } from "./trial/escapes.ts";

let site: TrialSite;
let server: SiteServer;
let canary: Canary;
let page: Page;

beforeAll(async () => {
  site = await buildTrialSite();
  server = await serveSite(site.folder, 0);
  canary = await startCanary();
  page = await newTab({ serviceWorkers: "allow" });
  await page.goto(server.url);
  await page.waitForFunction(() => window.trial !== undefined);
});

afterAll(async () => {
  await closeProfiles();
  await Promise.all([server?.close(), canary?.close(), site?.remove()]);
});

function call(code: string, name: string, args: unknown[] = [], timeoutMs = 4000) {
  return page.evaluate(([a, b, c, d]) => window.trial.call(a, b, c, d), [code, name, args, timeoutMs] as const);
}

describe("out of the sandbox", () => {
  test("nothing gets by the policy alone, with every global at hand", async () => {
    const heard = listenForBroadcasts();
    const before = canary.visits();
    const outcomes = (await page.evaluate((text) => window.trial.hear(text), escapeScript(canary.url))) as object;
    expect(Object.keys(outcomes)).toEqual(Object.keys(ESCAPES));
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome === "escaped")).toEqual([]);
    expect(canary.visits()).toBe(before);
    expect(await heard()).toEqual([]);
  });

  test.each(Object.entries(ESCAPES))("a reader's code gets nothing by %s", async (_, body) => {
    const before = canary.visits();
    const outcome = await call(escapeModule(body), "attempt", [canary.url]);
    expect(outcome.value).not.toBe(true);
    expect(canary.visits()).toBe(before);
  });

  test("a reader's code finds the doors gone, and can't put them back", async () => {
    const doors = [
      "fetch",
      "XMLHttpRequest",
      "WebSocket",
      "Worker",
      "importScripts",
      "indexedDB",
      "postMessage",
      "navigator",
      "close",
    ];
    const code = `export const look = (names: string[]) => names.map((name) => {
      Reflect.deleteProperty(globalThis, name);
      Reflect.defineProperty(globalThis, name, { value: 1 });
      return typeof (globalThis as never as Record<string, unknown>)[name];
    });`;
    expect(await call(code, "look", [doors])).toMatchObject({ value: doors.map(() => "undefined") });
  });

  // Without these, a canary that nobody can reach would pass for a wall.
  test("the same attempts do get out of a worker that is not sandboxed", async () => {
    const free = await newTab({ serviceWorkers: "allow" });
    await free.goto(canary.url);
    const before = canary.visits();
    const outcomes: Record<string, string> = await free.evaluate(
      (text) =>
        new Promise((resolve) => {
          const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
          worker.onmessage = ({ data }) => resolve(JSON.parse(data));
          worker.postMessage(null);
        }),
      escapeScript(canary.url),
    );
    await free.context().close();
    for (const name of FREE_OUTSIDE) expect([name, outcomes[name]]).toEqual([name, "escaped"]);
    // The first five of them are requests.
    expect(canary.visits()).toBeGreaterThan(before + 5);
  });

  function listenForBroadcasts(): () => Promise<unknown[]> {
    const listening = page.evaluate(() => {
      const heard: unknown[] = [];
      new BroadcastChannel("escape").onmessage = ({ data }) => heard.push(data);
      Object.assign(window, { heard });
    });
    return async () => {
      await listening;
      return page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
    };
  }
});
