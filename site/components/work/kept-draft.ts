import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Waits until the browser has kept a text as somebody's work: what is typed is kept a moment later. */
export async function kept(page: Page, text: string): Promise<void> {
  await expect.poll(() => page.evaluate(drafts), { timeout: 15_000 }).toContain(JSON.stringify(text).slice(1, -1));
}

/** Runs in the page. @returns all drafts as JSON */
async function drafts(): Promise<string> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await answer(indexedDB.open("hotpath"));
  try {
    return JSON.stringify(await answer(database.transaction("drafts").objectStore("drafts").getAll()));
  } finally {
    database.close();
  }
}
