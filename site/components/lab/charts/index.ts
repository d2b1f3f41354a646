import type { ChartName } from "../chart-names.ts";
import type { Design } from "./chart.ts";
import { depth } from "./depth.ts";
import { histogram } from "./histogram.ts";
import { latency } from "./latency.ts";
import { profit } from "./profit.ts";
import { queueing } from "./queueing.ts";
import { split } from "./split.ts";
import { tail } from "./tail.ts";
import { throughput } from "./throughput.ts";

/** What comes with Chart.js, so that a page loads it only when a lab is near. */
export const DESIGNS: Record<ChartName, Design> = {
  latency,
  throughput,
  split,
  histogram,
  tail,
  queueing,
  depth,
  profit,
};

export { followTheme } from "../chart-theme.ts";
export { type LabChart, type LegendEntry, labChart } from "./chart.ts";
export { type PictureText, picture } from "./picture.ts";
