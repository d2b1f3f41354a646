import type { Page } from "puppeteer-core";

/** A page with a lab. */
export const LAB_PATH = "/identify-bottlenecks/";

const STATUS = '[data-testid="status"]';

/** The lab of a page, as a reader uses it. */
export class LabPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(page: Page, url: string): Promise<LabPage> {
    await page.goto(url + LAB_PATH);
    await page.locator('[data-testid="lab"][data-state="ready"]').wait();
    return new LabPage(page);
  }

  /** Writes into the plain editor. */
  async write(code: string): Promise<void> {
    await this.page.evaluate((text) => {
      const field = document.querySelector('[data-testid="lab-code"]') as HTMLTextAreaElement;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, code);
  }

  async choose(orders: number): Promise<void> {
    await this.page.select('[data-part="orders"]', String(orders));
  }

  /** Presses a button of the lab. */
  async press(name: "run" | "stop"): Promise<void> {
    await this.page.locator(`[data-testid="lab"] button[data-part="${name}"]:not([disabled])`).click();
  }

  /** Waits for the run's end. @returns what the status line says then */
  async end(timeoutMs = 60_000): Promise<string> {
    await this.page.waitForFunction(
      () => document.querySelector<HTMLElement>('[data-testid="lab"]')?.dataset.state === "ready",
      { timeout: timeoutMs },
    );
    return this.text(STATUS);
  }

  text(selector: string): Promise<string> {
    return this.page.$eval(selector, (element) => element.textContent ?? "");
  }
}
