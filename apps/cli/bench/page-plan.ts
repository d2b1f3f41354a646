/** What can be measured of the built pages. */
export const PAGE_PARTS = ["weights", "first-point", "million", "verdicts", "aa", "planted"] as const;

export type PagePart = (typeof PAGE_PARTS)[number];

/** How often each is measured. */
export interface PagePlan {
  /** Fresh profiles for the first point. */
  profiles: number;
  /** Of each run of the lab, on each engine. */
  orders: number;
  labRuns: number;
  /** Runs of the duel: of two engines, of one against itself on each clock, and with busy work planted. */
  verdicts: number;
  controls: number;
  planted: number;
  /** Of a duel; the page's own where left out. */
  instances?: number;
}

export const PAGE_PLANS = {
  full: { profiles: 7, orders: 1_000_000, labRuns: 10, verdicts: 10, controls: 100, planted: 30 },
  quick: { profiles: 2, orders: 100_000, labRuns: 2, verdicts: 1, controls: 2, planted: 1, instances: 4 },
} as const satisfies Record<string, PagePlan>;
