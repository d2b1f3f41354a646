import imported from "hdr-histogram-js/dist/Int32Histogram.js";

export interface PercentilePoint {
  /** 0 … 100 */
  percentile: number;
  ns: number;
}

/** From the median to one in ten thousand. */
export const PERCENTILES = [50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99] as const;

/** 100 s: what takes longer counts as that. */
const HIGHEST_NS = 1e11;
/** A percentile is right to so many digits. */
const DIGITS = 3;

// This build alone, without Wasm and without the forms for sending histograms around: a twelfth of the package's weight. It is
// CommonJS, whose default export some bundlers give as it is and others, like Node, in an object.
type Int32Histogram = typeof imported extends { default: infer Class } ? Class : typeof imported;
const Histogram = ("default" in imported ? imported.default : imported) as Int32Histogram;

/**
 * Percentiles by an HDR histogram (Gil Tene's; here `hdr-histogram-js`). To be called when the measuring is over: it takes 50 ns a value.
 *
 * @param valuesNs 0 … 10^11 ns each; parts of a nanosecond are cut off
 * @returns p50 … p99.99, those above which at least one value lies; none where there is no value
 */
export function percentilesOf(valuesNs: ArrayLike<number>): PercentilePoint[] {
  const histogram = new Histogram(1, HIGHEST_NS, DIGITS);
  for (let i = 0; i < valuesNs.length; i++) {
    histogram.recordValue(Math.min(HIGHEST_NS, Math.max(0, Math.floor(valuesNs[i]))));
  }
  const above = (percentile: number) => Math.round(valuesNs.length * (100 - percentile)) / 100;
  return PERCENTILES.filter((percentile) => above(percentile) >= 1).map((percentile) => ({
    percentile,
    ns: histogram.getValueAtPercentile(percentile),
  }));
}
