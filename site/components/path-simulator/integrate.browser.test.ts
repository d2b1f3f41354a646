import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile } from "../../../apps/setup/launch.ts";

const SLOW = { timeout: 150_000 };

let page: Page;

afterAll(closeProfiles);
beforeEach(async () => {
  const context = await newProfile({ reducedMotion: "reduce", viewport: { width: 320, height: 800 } });
  page = await context.newPage();
  await page.goto(`${inject("siteUrl")}/integrate/`);
});
afterEach(() => page?.context().close());

async function ready(name: string): Promise<Locator> {
  const widget = page.getByTestId(name);
  await widget.and(page.locator("[data-state=ready]")).waitFor();
  return widget;
}

const says = (widget: Locator, id: string) =>
  expect.poll(() => widget.getByTestId(id).textContent(), { timeout: 30_000 });

test("a day is replayed on both engines, and a planted bug is found", SLOW, async () => {
  const replay = await ready("demonstration-replay-day");
  await replay.getByLabel("Commands").fill("3000");
  await replay.getByRole("button", { name: "Run" }).press("Enter");
  await says(replay, "demonstration-output").toContain("identical: every event of the day is the same");
  await replay.getByLabel("Planted bug").fill("1");
  await replay.getByRole("button", { name: "Run" }).press("Enter");
  await says(replay, "demonstration-output").toMatch(/different at command \d+: \{"op":"add"/);
});

test("the shadow is cut over to and rolled back from; one with a bug is refused, by keyboard", SLOW, async () => {
  const run = await ready("cut-over");
  const press = (name: string) => run.getByRole("button", { name }).press("Enter");
  await press("Send 500 commands");
  await says(run, "cut-over-status").toBe("500 commands, and no difference.");
  await press("Cut over");
  await says(run, "cut-over-status").toContain("clients are answered by the Rust core");
  await press("Roll back");
  await says(run, "cut-over-status").toContain("Clients were told nothing wrong.");
  await run.getByRole("combobox", { name: "New engine" }).selectOption("the last in the queue trades first");
  for (let sent = 0; sent < 8; sent++) await press("Send 500 commands");
  await says(run, "cut-over-status").toContain("4,000 commands. The first difference");
  await press("Cut over");
  await says(run, "cut-over-status").toContain("Not done. They differed on command");
  await press("Begin again");
  await press("Cut over");
  for (let sent = 0; sent < 8; sent++) await press("Send 500 commands");
  await press("Roll back");
  await says(run, "cut-over-status").toContain("Clients were told otherwise from command");
});

test("the path follows its sliders, and takes the core's time of this page", SLOW, async () => {
  const path = await ready("path-simulator");
  const status = path.getByTestId("path-status");
  const consumer = path.getByRole("slider", { name: /Market data consumer/ });
  await path.getByRole("button", { name: "After (example)" }).press("Enter");
  expect(await status.textContent()).toContain("The ring always had room");
  await consumer.press("End");
  expect(await status.textContent()).toContain("The core stood still");
  await path.getByLabel("When it is full").selectOption("drop");
  expect(await status.textContent()).toContain("events were lost");
  await path.getByLabel("When it is full").selectOption("disconnect");
  expect(await status.textContent()).toContain("was disconnected at order");
  const core = path.getByRole("slider", { name: /Matching core/ });
  await core.press("End");
  await path.getByRole("button", { name: "Measure the core here" }).press("Enter");
  await expect.poll(() => core.getAttribute("aria-valuetext"), { timeout: 60_000 }).toMatch(/(ns|µs)$/);
});

test("a trap is recovered from, and a slow consumer's book is right", SLOW, async () => {
  const trap = await ready("demonstration-trap");
  await trap.getByRole("button", { name: "Run" }).click();
  await says(trap, "demonstration-output").toContain("the command is answered now:");
  const text = (await trap.getByTestId("demonstration-output").textContent()) as string;
  const [told, restored] = [...text.matchAll(/hash ([0-9a-f]{16})/g)].map((match) => match[1]);
  expect(restored).toBe(told);
  const slow = await ready("demonstration-conflation");
  await slow.getByRole("button", { name: "Run" }).click();
  await says(slow, "demonstration-output").toContain("wrong in the end: 0");
});

test("its widgets are accessible in both schemes, and fit 320 px", SLOW, async () => {
  await ready("path-simulator");
  const run = await ready("cut-over");
  await run.getByRole("button", { name: "Send 500 commands" }).click();
  await says(run, "cut-over-status").toContain("500 commands");
  expect(await accessFaults(page, "hp-path-simulator", "hp-cut-over", "hp-demonstration")).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(
    true,
  );
});
