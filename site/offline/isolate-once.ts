import { showNotice } from "./notice.ts";

/** In the tab's storage while a reload for the sake of isolation has been tried and did not help yet. */
const TRIED = "hotpath-isolation-tried";

/**
 * Reloads a page that is not isolated, since it is answered with the headers from now on. At most once in a tab, so that
 * a browser that ignores them does not reload for ever; and not under the hands of a reader, who is asked.
 *
 * @returns whether the page is being reloaded
 */
export function isolateOnce(): boolean {
  // A browser that can't isolate has no such property.
  if (!("crossOriginIsolated" in globalThis)) return false;
  let tried: boolean;
  try {
    tried = sessionStorage.getItem(TRIED) !== null;
    if (globalThis.crossOriginIsolated) sessionStorage.removeItem(TRIED);
    else sessionStorage.setItem(TRIED, "1");
  } catch {
    // Without a memory of what was tried, trying might never end.
    return false;
  }
  if (globalThis.crossOriginIsolated || tried) return false;
  if (navigator.userActivation?.hasBeenActive) {
    showNotice("This page's clock becomes finer when it is loaded again.", () => location.reload());
    return false;
  }
  location.reload();
  return true;
}
