import type { Stage } from "../../../lab/measure/order-path.ts";

/** Examples, not measurements: mean ns of each stage, in a telling before a port and in one after it. */
export const PRESETS: Readonly<Record<"before" | "after", Readonly<Record<Stage, number>>>> = {
  before: { network: 50_000, gateway: 120_000, risk: 30_000, core: 100_000, publisher: 20_000, consumer: 50_000 },
  after: { network: 50_000, gateway: 8000, risk: 300, core: 300, publisher: 500, consumer: 2000 },
};

/** What each stage does, as a reader reads it. */
export const STAGE_TEXTS: Readonly<Record<Stage, string>> = {
  network: "Network, one way",
  gateway: "Gateway: JSON to a command",
  risk: "Risk checks",
  core: "Matching core",
  publisher: "Market data publisher",
  consumer: "Market data consumer",
};

/** A slider goes from 100 ns to 10 ms in 100 steps, each the same factor. */
export function nsOfSlider(step: number): number {
  return Number((100 * 10 ** (step / 20)).toPrecision(2));
}

export function sliderOfNs(ns: number): number {
  return Math.min(100, Math.max(0, Math.round(20 * Math.log10(ns / 100))));
}

/** Orders a second: from 100 to 10 million in 100 steps. */
export function rateOfSlider(step: number): number {
  return Number((100 * 10 ** (step / 20)).toPrecision(2));
}
