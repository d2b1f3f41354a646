/** A part of the reader's own profile. */
export interface ProfileShare {
  name: string;
  /** Of the whole run, 0 … 1. */
  share: number;
}

/** What a widget that has measured a run tells the others of this page. */
const CHANGED = "hotpath:profile";
/** Under which it is kept for the pages that come after. */
const KEY = "hotpath-profile";

let latest: readonly ProfileShare[] | undefined;

/** The last profile that was taken in this browser, the largest part first; empty where there is none. */
export function ownProfile(): readonly ProfileShare[] {
  latest ??= readProfile(kept());
  return latest;
}

export function publishProfile(shares: readonly ProfileShare[]): void {
  latest = shares;
  try {
    localStorage.setItem(KEY, JSON.stringify(shares));
  } catch {
    // Where nothing can be kept, it holds for this page.
  }
  document.dispatchEvent(new Event(CHANGED));
}

/** @returns what ends it */
export function onOwnProfile(listener: () => void): () => void {
  document.addEventListener(CHANGED, listener);
  return () => document.removeEventListener(CHANGED, listener);
}

/** What is kept may be of another version, or of anyone's making: what isn't a profile is none. */
export function readProfile(text: string | null): readonly ProfileShare[] {
  if (text === null) return [];
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && read.every(isShare) ? read : [];
  } catch {
    return [];
  }
}

function isShare(value: unknown): value is ProfileShare {
  const { name, share } = Object(value);
  return typeof name === "string" && name.length <= 40 && typeof share === "number" && share >= 0 && share <= 1;
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
