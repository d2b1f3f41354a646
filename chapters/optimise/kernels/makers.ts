import { makeEvents } from "./events.ts";
import type { MakePass } from "./kernel.ts";
import { makeLayout } from "./layout.ts";
import { makeQueue } from "./queue.ts";
import { makeSearch } from "./search.ts";
import { makeSides } from "./sides.ts";
import { makeSum, makeWalk } from "./simd.ts";

/** What makes the passes of each pair of `catalogue.ts`, by its name. */
export const KERNEL_MAKERS: Readonly<Record<string, MakePass>> = {
  events: makeEvents,
  sides: makeSides,
  queue: makeQueue,
  layout: makeLayout,
  search: makeSearch,
  "simd-sum": makeSum,
  "simd-walk": makeWalk,
};
