import { afterAll, expect, inject, test } from "vitest";
import { closeProfiles, newTab } from "../../../apps/setup/launch.ts";

const PYTHON_FILE = /\/((pyodide|python_stdlib)[^/]*\.(mjs|wasm|zip|json)|[^/]*\.py)$/;
const RUN_MS = 120_000;
const STOPPED_MS = 500;

afterAll(closeProfiles);

test("Python is loaded when it is chosen and no earlier, agrees with the others, and stops within half a second", async () => {
  // A touch screen's plain field is filled at once.
  const page = await newTab({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
  const loaded: string[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (PYTHON_FILE.test(pathname)) loaded.push(pathname.replace(/^.*\.(\w+)$/, "$1"));
  });
  await page.goto(`${inject("siteUrl")}/identify-bottlenecks/`);
  const lab = page.getByTestId("lab").first();
  await lab.scrollIntoViewIfNeeded();
  await lab.and(page.locator("[data-state=ready]")).waitFor();
  await expect.poll(() => page.locator("iframe[sandbox]").count()).toBe(1);
  expect(await lab.getByRole("checkbox", { name: /Python.*level core.*loads 13 MiB/ }).isChecked()).toBe(false);
  expect(loaded).toEqual([]);

  await lab.getByTestId("lab-code").fill("export default { onBook() {} };");
  await lab.getByRole("checkbox", { name: /Rust/ }).uncheck();
  await lab.getByRole("checkbox", { name: /Python/ }).check();
  await lab.getByLabel("Orders").selectOption("100000");
  const status = () => lab.getByTestId("status").textContent();
  const run = lab.getByRole("button", { name: "Run", exact: true });
  await run.click();
  await expect.poll(status, { interval: 5 }).toMatch(/^(Loading|Starting) Python/);
  await expect.poll(status, { timeout: RUN_MS }).toMatch(/^Done/);
  expect(await lab.getByTestId("agreement").textContent()).toMatch(/events compared one by one: identical\./);
  expect(loaded.toSorted()).toEqual(["json", "mjs", "mjs", "py", "wasm", "zip"]);

  await run.click();
  await expect.poll(status, { timeout: RUN_MS }).toMatch(/^Running/);
  const tookMs = await page.evaluate(async () => {
    const lab = document.querySelector("hotpath-lab") as HTMLElement;
    const began = performance.now();
    (lab.querySelector("[data-part=stop]") as HTMLElement).click();
    while (lab.dataset.state !== "ready") await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - began;
  });
  expect(await status()).toMatch(/^Stopped/);
  expect(tookMs).toBeLessThan(STOPPED_MS);
  await page.context().close();
});
