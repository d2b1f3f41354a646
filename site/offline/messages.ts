/** What a page says to the service worker. Where it wants an answer, it hands a port over. */
export type ToServiceWorker =
  /** Loads what is not kept yet; `loaded` are addresses that the page has used. Answered with whether all is kept. */
  | { kind: "keep"; loaded: string[] }
  /** Answered with the revision of the page at the address, as this version of the site has it. */
  | { kind: "revision"; address: string }
  /** Takes the place of the version before, at the reader's word. */
  | { kind: "take over" };
