/** Small pictures that a check gives beside its reason, as data. The page draws them; a list of numbers says the same. */

/** Names along the bottom, a bar for each name and series. */
export interface Bars {
  kind: "bars";
  title: string;
  /** What the values are counted in, such as `ns` or `crossings`. */
  unit: string;
  /** 1 … 40 */
  labels: readonly string[];
  /** 1 … 4, each with a value for each label. */
  series: readonly Series[];
  /** A level that the values are held against. */
  bound?: { name: string; value: number };
  /** Where the values lie decades apart. Default `linear`. */
  scale?: "linear" | "log";
}

/** Lines over numbers. */
export interface Lines {
  kind: "line";
  title: string;
  unit: string;
  /** What the numbers along the bottom are. */
  xTitle: string;
  /** Ascending, 2 … 400. */
  x: readonly number[];
  /** 1 … 4, each with a value for each x; null where there is none. */
  series: readonly Series[];
  bound?: { name: string; value: number };
  scale?: "linear" | "log";
}

/** Rows of texts and numbers. */
export interface Table {
  kind: "table";
  title: string;
  /** 1 … 8 */
  columns: readonly string[];
  /** At most 40, a cell for each column. */
  rows: readonly (readonly (string | number)[])[];
}

export interface Series {
  name: string;
  values: readonly (number | null)[];
}

export type Picture = Bars | Lines | Table;

/** At most so many points, evenly chosen, the last one among them: what a line in a picture can show. */
export function thinned<T>(values: readonly T[], most = 200): T[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, index) => values[Math.round((index * (values.length - 1)) / (most - 1))]);
}
