/** A part of the reader's own profile. */
export interface ProfileShare {
  name: string;
  /** Of the whole run, 0 … 1. */
  share: number;
}

/** What a widget that has measured a run tells the others of this page. */
const CHANGED = "hotpath:profile";

let latest: readonly ProfileShare[] = [];

export function ownProfile(): readonly ProfileShare[] {
  return latest;
}

export function publishProfile(shares: readonly ProfileShare[]): void {
  latest = shares;
  document.dispatchEvent(new Event(CHANGED));
}

/** @returns what ends it */
export function onOwnProfile(listener: () => void): () => void {
  document.addEventListener(CHANGED, listener);
  return () => document.removeEventListener(CHANGED, listener);
}
