import type { AccountPoint, Batch, FillPoint } from "../../../lab/sandbox/protocol.ts";
import { batchMeanNs, type RunModel } from "./run-model.ts";

export interface Point {
  x: number;
  y: number;
}

/** A run that the reader keeps beside the new one. */
export interface PinnedRun {
  /** The reader's name for it. */
  label: string;
  run: RunModel;
}

/** What charts show: a run, and others behind it. */
export interface Shown {
  run: RunModel;
  pinned: readonly PinnedRun[];
}

/** Neighbouring batches taken as one. */
export interface BatchGroup {
  /** Commands executed before it. */
  from: number;
  /** Time that the engine had taken before it, ms. */
  startMs: number;
  commands: number;
  ms: number;
  batches: number;
}

/** Points of a line: more than a chart has pixels for. */
const MOST_POINTS = 400;

/** Merges batches as they come, so that there are never more groups than can be drawn, whatever the run's length. */
export class MergedBatches {
  readonly #most: number;
  #groups: BatchGroup[] = [];
  #size = 1;
  #elapsedMs = 0;

  /** @param most groups, 2 or more */
  constructor(most = MOST_POINTS) {
    this.#most = most;
  }

  get groups(): readonly BatchGroup[] {
    return this.#groups;
  }

  add({ from, commands, ms }: Batch): void {
    const last = this.#groups.at(-1);
    if (last !== undefined && last.batches < this.#size) absorb(last, { commands, ms, batches: 1 });
    else this.#groups.push({ from, startMs: this.#elapsedMs, commands, ms, batches: 1 });
    this.#elapsedMs += ms;
    if (this.#groups.length > this.#most) this.#halve();
  }

  #halve(): void {
    this.#size *= 2;
    this.#groups = this.#groups.filter((group, index, all) => {
      if (index % 2 === 1) return false;
      if (index + 1 < all.length) absorb(group, all[index + 1]);
      return true;
    });
  }
}

function absorb(group: BatchGroup, more: Pick<BatchGroup, "commands" | "ms" | "batches">): void {
  group.commands += more.commands;
  group.ms += more.ms;
  group.batches += more.batches;
}

/** Every n-th of what comes, n growing, and always the last. */
export class Thinned<T> {
  readonly #most: number;
  #kept: T[] = [];
  #every = 1;
  #seen = 0;
  #last: T | undefined;

  /** @param most items kept beside the last, 2 or more */
  constructor(most = MOST_POINTS) {
    this.#most = most;
  }

  add(item: T): void {
    if (this.#seen % this.#every === 0) this.#kept.push(item);
    this.#seen++;
    this.#last = item;
    if (this.#kept.length <= this.#most) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#every *= 2;
  }

  get items(): T[] {
    if (this.#last === undefined || this.#kept.at(-1) === this.#last) return [...this.#kept];
    return [...this.#kept, this.#last];
  }
}

/** Buckets in each doubling. */
const BUCKETS_PER_OCTAVE = 8;

/** Counts of batches by their mean, in buckets of equal width on a log axis. */
export class MeanHistogram {
  readonly #counts = new Map<number, number>();

  add(batch: Batch): void {
    const bucket = Math.floor(Math.log2(Math.max(batchMeanNs(batch), 1)) * BUCKETS_PER_OCTAVE);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
  }

  /** A point stands at its bucket's lower end, ns; one of 0 before and one behind close the curve. */
  get points(): Point[] {
    const buckets = [...this.#counts.keys()];
    if (buckets.length === 0) return [];
    const [lowest, highest] = [Math.min(...buckets), Math.max(...buckets)];
    const points: Point[] = [];
    for (let bucket = lowest - 1; bucket <= highest + 1; bucket++) {
      points.push({ x: 2 ** (bucket / BUCKETS_PER_OCTAVE), y: this.#counts.get(bucket) ?? 0 });
    }
    return points;
  }
}

export interface EngineSeries {
  merged: MergedBatches;
  histogram: MeanHistogram;
}

/** A trade where it stands on the line of profit. */
export interface PlacedFill extends FillPoint {
  profit: number;
}

/** Fills drawn of each side and role. */
const MOST_FILLS = 60;

export const FILL_KINDS = ["buy maker", "buy taker", "sell maker", "sell taker"] as const;
export type FillKind = (typeof FILL_KINDS)[number];

/** What is drawn of a run: bounded, whatever the run's length, and brought up to date by what is new alone. */
export class RunSeries {
  readonly #run: RunModel;
  readonly engines: readonly EngineSeries[];
  readonly #account = new Thinned<AccountPoint>(MOST_POINTS);
  readonly #fills: Record<FillKind, Thinned<PlacedFill>> = {
    "buy maker": new Thinned(MOST_FILLS),
    "buy taker": new Thinned(MOST_FILLS),
    "sell maker": new Thinned(MOST_FILLS),
    "sell taker": new Thinned(MOST_FILLS),
  };
  readonly #batchesRead: number[];
  #accountRead = 0;
  #fillsRead = 0;

  constructor(run: RunModel) {
    this.#run = run;
    this.engines = run.engines.map(() => ({ merged: new MergedBatches(), histogram: new MeanHistogram() }));
    this.#batchesRead = run.engines.map(() => 0);
  }

  /** Takes in what the run has got since. */
  update(): this {
    for (const [index, { batches }] of this.#run.engines.entries()) {
      const { merged, histogram } = this.engines[index];
      for (let at = this.#batchesRead[index]; at < batches.length; at++) {
        merged.add(batches[at]);
        histogram.add(batches[at]);
      }
      this.#batchesRead[index] = batches.length;
    }
    const { account, fills } = this.#run;
    for (; this.#accountRead < account.length; this.#accountRead++) this.#account.add(account[this.#accountRead]);
    for (; this.#fillsRead < fills.length; this.#fillsRead++) {
      const fill = fills[this.#fillsRead];
      this.#fills[`${fill.side} ${fill.role}`].add({ ...fill, profit: profitAt(account, fill.commands) });
    }
    return this;
  }

  get account(): AccountPoint[] {
    return this.#account.items;
  }

  fills(kind: FillKind): PlacedFill[] {
    return this.#fills[kind].items;
  }
}

const ofRuns = new WeakMap<RunModel, RunSeries>();

/** The series of a run, up to date. They live as long as the run does. */
export function seriesOf(run: RunModel): RunSeries {
  let series = ofRuns.get(run);
  if (series === undefined) {
    series = new RunSeries(run);
    ofRuns.set(run, series);
  }
  return series.update();
}

/** The profit after so many commands, between the two points beside it; 0 without a point. */
export function profitAt(account: readonly AccountPoint[], commands: number): number {
  if (account.length === 0) return 0;
  let [low, high] = [0, account.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (account[middle].commands < commands) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [account[Math.max(0, low - 1)], account[low]];
  const share =
    after.commands > before.commands ? (commands - before.commands) / (after.commands - before.commands) : 1;
  return before.profit + (after.profit - before.profit) * Math.min(1, Math.max(0, share));
}

export function latencyPoints(groups: readonly BatchGroup[]): Point[] {
  return groups.map((group) => ({ x: group.from, y: batchMeanNs(group) }));
}

/** Commands a second, over the engine's own time in ms. A group that took no time that the clock saw has none. */
export function throughputPoints(groups: readonly BatchGroup[]): Point[] {
  return groups
    .filter(({ ms }) => ms > 0)
    .map(({ startMs, commands, ms }) => ({ x: startMs, y: (commands / ms) * 1000 }));
}

/**
 * Lots that stand at a price or better, from the best outwards: what an order of that limit would find. Best level first.
 */
export function depthPoints(levels: readonly (readonly [price: number, size: number, orders: number])[]): Point[] {
  let lots = 0;
  return levels.map(([price, size]) => {
    lots += size;
    return { x: price, y: lots };
  });
}

/**
 * Where a percentile stands on the axis of an HDR histogram: 1 ÷ the share of what is slower, so that each nine more is
 * as far again. 99% is 100, 99.99% is 10,000. @param percentile 0 … below 100
 */
export function percentilePosition(percentile: number): number {
  return 100 / (100 - percentile);
}

/** The percentile that stands there: the inverse of `percentilePosition`. @param position 1 or more */
export function percentileAt(position: number): number {
  return 100 - 100 / position;
}
