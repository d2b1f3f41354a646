/**
 * A running hash of event records: two streams of events are taken to be the same where their hashes are. It depends on
 * the records and their order alone, not on how they were cut into batches. Not proof against an adversary.
 *
 * Each word w goes into two lanes of 32 bits: `lane = (rotateLeft(lane, r) xor w) × m mod 2^32`, with r, m = 5,
 * 0x9E3779B1 and 13, 0x85EBCA6B. Both start at 0. The value is the first lane and then the second, 8 hexadecimal digits
 * each.
 */
export class EventHash {
  #first = 0;
  #second = 0;

  /** Takes in the records in the first `words` words of `events`. */
  add(events: Int32Array, words: number): void {
    let first = this.#first;
    let second = this.#second;
    for (let i = 0; i < words; i++) {
      const word = events[i];
      first = Math.imul(((first << 5) | (first >>> 27)) ^ word, 0x9e3779b1);
      second = Math.imul(((second << 13) | (second >>> 19)) ^ word, 0x85ebca6b);
    }
    this.#first = first;
    this.#second = second;
  }

  /** 16 hexadecimal digits. */
  get value(): string {
    return hex(this.#first) + hex(this.#second);
  }
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, "0");
}
