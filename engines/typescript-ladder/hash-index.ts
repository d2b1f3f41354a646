/** 2^32 over the golden ratio, made odd: consecutive keys land far apart (Knuth, volume 3, section 6.4). */
const MULTIPLIER = 0x9e3779b1;
const SMALLEST_BITS = 6;

/**
 * From positive integers to positive integers, in one Int32Array of pairs: open addressing with linear probing, at most
 * a quarter full. A removal moves the entries behind it up, so that no tombstones are left; only growth allocates.
 */
export class HashIndex {
  /** Key and value of each entry, side by side; key 0 is an empty entry. */
  #entries = new Int32Array(2 << SMALLEST_BITS);
  /** What keeps the upper bits of a product as the number of an entry. */
  #shift = 32 - SMALLEST_BITS;
  #wrap = (2 << SMALLEST_BITS) - 1;
  #count = 0;

  // #region get
  /** The key's value; 0 where it has none. */
  get(key: number): number {
    const entries = this.#entries;
    const wrap = this.#wrap;
    let at = (Math.imul(key, MULTIPLIER) >>> this.#shift) << 1;
    while (true) {
      const found = entries[at];
      if (found === key) return entries[at + 1];
      if (found === 0) return 0;
      at = (at + 2) & wrap;
    }
  }
  // #endregion get

  /** The first word that `get` would look at: read ahead of time, it is in the cache when `get` needs it. */
  glance(key: number): number {
    return this.#entries[(Math.imul(key, MULTIPLIER) >>> this.#shift) << 1];
  }

  /** Adds a key that is not there. */
  add(key: number, value: number): void {
    if (this.#count << 3 > this.#wrap) this.#grow();
    this.#count++;
    this.#place(key, value);
  }

  /** Removes a key and gives the value it had; 0 where it had none. */
  take(key: number): number {
    const entries = this.#entries;
    const wrap = this.#wrap;
    let at = (Math.imul(key, MULTIPLIER) >>> this.#shift) << 1;
    while (entries[at] !== key) {
      if (entries[at] === 0) return 0;
      at = (at + 2) & wrap;
    }
    const value = entries[at + 1];
    this.#count--;
    this.#closeGap(at);
    return value;
  }

  #place(key: number, value: number): void {
    const entries = this.#entries;
    const wrap = this.#wrap;
    let at = (Math.imul(key, MULTIPLIER) >>> this.#shift) << 1;
    while (entries[at] !== 0) at = (at + 2) & wrap;
    entries[at] = key;
    entries[at + 1] = value;
  }

  /** Moves up each entry that a probe would no longer reach across the gap. */
  #closeGap(gap: number): void {
    const entries = this.#entries;
    const wrap = this.#wrap;
    let hole = gap;
    let at = (gap + 2) & wrap;
    while (true) {
      const key = entries[at];
      if (key === 0) break;
      const home = (Math.imul(key, MULTIPLIER) >>> this.#shift) << 1;
      if (((at - home) & wrap) >= ((at - hole) & wrap)) {
        entries[hole] = key;
        entries[hole + 1] = entries[at + 1];
        hole = at;
      }
      at = (at + 2) & wrap;
    }
    entries[hole] = 0;
  }

  #grow(): void {
    const old = this.#entries;
    this.#entries = new Int32Array(old.length * 2);
    this.#wrap = old.length * 2 - 1;
    this.#shift--;
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] !== 0) this.#place(old[at], old[at + 1]);
    }
  }
}
