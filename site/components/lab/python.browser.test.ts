import process from "node:process";
import { afterAll, expect, inject, test } from "vitest";
import { closeProfiles, newTab } from "../../../apps/setup/launch.ts";

const PYTHON_FILE = /\/((pyodide|python_stdlib)[^/]*\.(mjs|wasm|zip|json)|[^/]*\.py)$/;
const RUN_MS = 120_000;
/** An interpreter of megabytes takes its time to start: CI alone waits for it. */
const heavy = process.env.HOTPATH_HEAVY === "1";

afterAll(closeProfiles);

test.runIf(heavy)(
  "Python is loaded when it is chosen and no earlier, agrees with the others, and stops at the press",
  async () => {
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
    // Not within half a second only: at once, however busy the machine is.
    const after = await lab.evaluate((element) => {
      element.querySelector<HTMLElement>("[data-part=stop]")?.click();
      return element.dataset.state;
    });
    expect(after).toBe("ready");
    expect(await status()).toMatch(/^Stopped/);
    await page.context().close();
  },
);
