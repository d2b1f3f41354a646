/** Tells the other tabs of this browser, and hears from them, which drafts were changed. */
export interface OtherTabs {
  tell(key: string): void;
  /** Tells this page's own editors too, of what was changed behind them, as by an import. */
  tellAll(key: string): void;
  /** @returns a function that ends it */
  onChange(listener: (key: string) => void): () => void;
  close(): void;
}

/** @param name of the store: stores of one name hear each other */
export function otherTabs(name: string): OtherTabs {
  const listeners = new Set<(key: string) => void>();
  const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(`${name}-drafts`);
  channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (typeof data === "string") for (const listener of listeners) listener(data);
  });
  return {
    tellAll(key) {
      channel?.postMessage(key);
      for (const listener of listeners) listener(key);
    },
    tell: (key) => channel?.postMessage(key),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => channel?.close(),
  };
}
