/** Words of a record: half a cache line, so that a record never straddles two. */
export const RECORD_WORDS = 8;
/** The reference of no record. */
export const NONE = 0;

/** Where a free record holds the reference of the next free one. */
const NEXT_FREE = 0;

/**
 * Records of 8 words in one array. A record's reference is the index of its first word. Freed records are used again,
 * the last one first, because it is still in the cache.
 */
export class RecordSlab {
  /** Replaced by `take` where it grows. */
  words = new Int32Array(64 * RECORD_WORDS);
  /** The same memory: words 6 and 7 of the record at `reference` are the number at `reference / 2 + 3`. */
  numbers = new Float64Array(this.words.buffer);
  #free = NONE;
  #used = RECORD_WORDS;

  /** The first word that no record was ever taken from. */
  get used(): number {
    return this.#used;
  }

  /** The free record that is taken next; `NONE` where none was freed. */
  get firstFree(): number {
    return this.#free;
  }

  /** Memory of all records that were in use at once, words. */
  get size(): number {
    return this.words.length;
  }

  // #region slab
  /** A record whose words hold anything. */
  take(): number {
    const freed = this.#free;
    if (freed !== NONE) {
      this.#free = this.words[freed + NEXT_FREE];
      return freed;
    }
    const fresh = this.#used;
    if (fresh === this.words.length) this.#grow();
    this.#used = fresh + RECORD_WORDS;
    return fresh;
  }

  free(reference: number): void {
    this.words[reference + NEXT_FREE] = this.#free;
    this.#free = reference;
  }
  // #endregion slab

  #grow(): void {
    const larger = new Int32Array(this.words.length * 2);
    larger.set(this.words);
    this.words = larger;
    this.numbers = new Float64Array(larger.buffer);
  }
}
