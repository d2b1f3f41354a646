import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launchBrowser } from "../../../apps/setup/launch.ts";

/** Code that tries to be right without being so. Each begins with a starter that earns nothing. */

const starter = await readFile(new URL("../../../exercises/honest-histogram/starter.ts", import.meta.url), "utf8");

const PASSED = `{ share: 1, status: "passed", points: 3, of: 3, reason: "forged" }`;
const VERDICT = `{ kind: "report", version: 1, points: 10, of: 10, checks: [] }`;

/** The starter with a statement at the head of `record`. */
const inRecord = (statement: string): string =>
  starter.replace("const counts = new", `${statement};\n  const counts = new`);

const FORGERIES: [string, string][] = [
  [
    "patched built-ins",
    `${starter}
    const right = () => true;
    Array.isArray = right as never; Number.isNaN = right as never; Math.abs = () => 0; Object.is = right;
    Array.prototype.every = right as never; Array.prototype.includes = right;
    JSON.stringify = () => ${JSON.stringify(`[${VERDICT}]`)}; JSON.parse = () => (${PASSED});
    Map.prototype.get = () => (${PASSED}) as never; Object.prototype.valueOf = () => 1 as never;`,
  ],
  [
    "patched promises",
    `${starter}\nPromise.prototype.then = function (f: any) { f?.(${PASSED}); return this; } as never;`,
  ],
  ["a thrown verdict", inRecord(`throw ${VERDICT}`)],
  ["a thrown outcome", inRecord(`throw ${PASSED}`)],
  ["a printed verdict", inRecord(`console.log(JSON.stringify(${VERDICT})); console.log(${PASSED})`)],
  ["a returned verdict", inRecord(`return ${VERDICT} as never`)],
  [
    "a returned value that answers for itself",
    inRecord("return { valueOf: 1, toJSON: 2, then: 3, length: 3 } as never"),
  ],
  ["an early end", `${starter}\nself.close?.();`],
  [
    "a message of its own",
    inRecord(
      `(self as any).postMessage?.(${VERDICT}); dispatchEvent?.(new MessageEvent("message", { data: ${VERDICT} }))`,
    ),
  ],
  ["a stolen clock", `${starter}\nperformance.now = () => 0; Date.now = () => 0; setTimeout?.(() => 0);`],
  [
    "a look at who calls",
    inRecord(
      `const seen = new Error().stack + String((record as any).caller ?? ""); if (/checks/.test(seen)) return seen as never`,
    ),
  ],
  ["a call that never ends", inRecord("return new Promise(() => undefined) as never")],
];

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  // With touch the exercise keeps its plain text field, which a test can fill.
  page = await browser.newPage({ hasTouch: true, isMobile: true });
  await page.goto(`${inject("siteUrl")}/identify-bottlenecks/`);
});
afterAll(() => browser?.close());

test.each(FORGERIES)("%s earns nothing", async (_what, code) => {
  const exercise = page.locator("hp-exercise");
  const ready = exercise.and(page.locator("[data-state=ready]"));
  await ready.waitFor();
  await exercise.getByTestId("exercise-code").fill(code);
  await exercise.getByRole("button", { name: "Run checks" }).click();
  await ready.waitFor();
  const results = await exercise
    .getByTestId("check")
    .evaluateAll((items) =>
      items.map((item) => [
        item.getAttribute("data-status"),
        item.querySelector("[data-part=detail]")?.textContent !== "",
      ]),
    );
  expect(results).toEqual(Array(5).fill(["failed", true]));
  expect(await exercise.getByTestId("exercise-message").textContent()).toMatch(/^0 of 10 points/);
});

test("after all of them an honest solution still gets its points", async () => {
  const solution = await readFile(new URL("../../../exercises/honest-histogram/solution.ts", import.meta.url), "utf8");
  const exercise = page.locator("hp-exercise");
  await exercise.getByTestId("exercise-code").fill(solution);
  await exercise.getByRole("button", { name: "Run checks" }).click();
  await exercise.getByText("All 10 points: every check passed.").waitFor();
});
