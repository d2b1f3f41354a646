import published from "./published.json" with { type: "json" };

/** What a figure counts. */
export type Unit = "ns" | "M/s" | "times" | "bytes" | "lines" | "seconds";

/** One published number. */
export interface Figure {
  value: number;
  unit: Unit;
  /** The range over the instances, or of a ratio its 95% interval; left out where there is none. */
  low?: number;
  high?: number;
  /** Of a ratio: what the interval says. */
  verdict?: string;
  /** What it is, for who has the number alone: "ns a command, submit, std". */
  about: string;
}

/** Which engine's source the figures belong to. */
export interface PublishedEngine {
  title: string;
  language: string;
  /** SHA-256 of its sources when it was measured. */
  sources: string;
}

/** What `npm run bench -- --publish` writes to `published.json`. */
export interface Published {
  machine: {
    cpu: string;
    cores: number;
    memoryGiB: number;
    system: string;
    /** Of the checkout, with "+" where files differed from it; null outside of one. */
    commit: string | null;
    /** YYYY-MM-DD. */
    date: string;
  };
  versions: Record<string, string>;
  seed: number;
  /** `quick` has wide intervals, and is there to be replaced. */
  plan: "full" | "quick";
  instances: number;
  engines: Record<string, PublishedEngine>;
  figures: Record<string, Figure>;
}

/** The committed numbers. */
export function publishedNumbers(): Published {
  return published as Published;
}

/**
 * Finds one figure. `README.md` beside this file lists the keys.
 *
 * @param key for example `rust-wasm.std.submit.ns`
 * @throws Error that names the nearest keys, where there is no such figure
 */
export function findFigure(key: string, from: Published = publishedNumbers()): Figure {
  if (Object.hasOwn(from.figures, key)) return from.figures[key];
  const parts = key.split(".");
  let near: string[] = [];
  while (near.length === 0 && parts.length > 0) {
    parts.pop();
    const start = parts.map((part) => `${part}.`).join("");
    near = Object.keys(from.figures).filter((other) => other.startsWith(start));
  }
  throw new Error(
    `engines/published/published.json has no figure "${key}". Near it are: ${near.slice(0, 12).join(", ")}. Mend the key, or measure it: npm run bench -- --publish.`,
  );
}

const whole = new Intl.NumberFormat("en");
const two = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
const three = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** A unit in which a range can be written with one name. */
interface Scale {
  per: number;
  name: string;
}

function scaleOf({ unit, high, value }: Figure): Scale {
  const most = high ?? value;
  switch (unit) {
    case "ns":
      if (most < 1000) return { per: 1, name: "\u00a0ns" };
      return most < 1e6 ? { per: 1000, name: "\u00a0µs" } : { per: 1e6, name: "\u00a0ms" };
    case "M/s":
      return { per: 1, name: "\u00a0M/s" };
    case "times":
      return { per: 1, name: "×" };
    case "bytes":
      return most < 1000 ? { per: 1, name: "\u00a0bytes" } : { per: 1000, name: "\u00a0kB" };
    case "lines":
      return { per: 1, name: "\u00a0lines" };
    case "seconds":
      return { per: 1, name: "\u00a0s" };
  }
}

/** `31.2 ns`, `2.9×`, `49.9 kB`. */
export function figureText(figure: Figure): string {
  const { per, name } = scaleOf(figure);
  return `${numberText(figure.value / per, figure.unit)}${name}`;
}

/** `29 to 34 ns`; the value alone where there is no range. */
export function figureRangeText(figure: Figure): string {
  if (figure.low === undefined || figure.high === undefined) return figureText(figure);
  const { per, name } = scaleOf(figure);
  const [low, high] = [figure.low, figure.high].map((value) => numberText(value / per, figure.unit));
  return low === high ? `${low}${name}` : `${low} to ${high}${name}`;
}

function numberText(value: number, unit: Unit): string {
  if (unit === "lines") return whole.format(value);
  return (unit === "times" && value < 10 ? two : three).format(value);
}
