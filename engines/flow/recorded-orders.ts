/** Words of a slot: the reference's lower and upper half, the engine's id, the open size. An open size of 0 is a free slot. */
const SLOT_WORDS = 4;
const LOW = 0;
const HIGH = 1;
const ID = 2;
const OPEN = 3;

const FIRST_SLOTS = 1024;

/**
 * The live orders of a recording by their 64-bit reference, each with an id that an engine takes. Open addressing over
 * two 32-bit halves, at most a quarter full; nothing is allocated but when it doubles. An order that goes closes the gap that
 * it leaves in its run, so that no markers gather, however long the recording is. Ids are dense: one whose order is gone
 * is the next to be given again.
 *
 * A place is where an order stands; it holds until the next `add` or `remove`.
 */
export class RecordedOrders {
  #slots = new Int32Array(FIRST_SLOTS * SLOT_WORDS);
  /** Of a word index. */
  #mask = FIRST_SLOTS * SLOT_WORDS - 1;
  /** Takes a hash of 32 bits down to a slot number. */
  #shift = 32 - Math.log2(FIRST_SLOTS);
  #live = 0;
  /** By id: the price, below 0 for a sell; of an id that is free: the next free one. */
  #prices = new Int32Array(FIRST_SLOTS);
  #freeId = 0;
  #lastId = 0;

  /** Live orders. */
  get live(): number {
    return this.#live;
  }

  /** The order's place, or −1 where none has that reference. */
  find(high: number, low: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    let place = this.#home(high, low);
    while (slots[place + OPEN] !== 0) {
      if (slots[place + LOW] === low && slots[place + HIGH] === high) return place;
      place = (place + SLOT_WORDS) & mask;
    }
    return -1;
  }

  /**
   * @param price ticks, below 0 for a sell
   * @param size lots, 1 … 2^31 − 1
   * @returns the order's id, or 0 where the reference is live already
   */
  add(high: number, low: number, price: number, size: number): number {
    const slots = this.#slots;
    let place = this.#home(high, low);
    while (slots[place + OPEN] !== 0) {
      if (slots[place + LOW] === low && slots[place + HIGH] === high) return 0;
      place = (place + SLOT_WORDS) & this.#mask;
    }
    const id = this.#takeId();
    slots[place + LOW] = low;
    slots[place + HIGH] = high;
    slots[place + ID] = id;
    slots[place + OPEN] = size;
    this.#prices[id] = price;
    this.#live++;
    if (this.#live * 4 * SLOT_WORDS > slots.length) this.#doubleSlots();
    return id;
  }

  idAt(place: number): number {
    return this.#slots[place + ID];
  }

  openAt(place: number): number {
    return this.#slots[place + OPEN];
  }

  /** Ticks, below 0 for a sell. */
  priceOf(id: number): number {
    return this.#prices[id];
  }

  /** @param open lots, 1 … 2^31 − 1 */
  setOpen(place: number, open: number): void {
    this.#slots[place + OPEN] = open;
  }

  remove(place: number): void {
    const slots = this.#slots;
    const mask = this.#mask;
    const id = slots[place + ID];
    this.#prices[id] = this.#freeId;
    this.#freeId = id;
    this.#live--;
    let gap = place;
    let next = (place + SLOT_WORDS) & mask;
    while (slots[next + OPEN] !== 0) {
      const home = this.#home(slots[next + HIGH], slots[next + LOW]);
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        slots[gap] = slots[next];
        slots[gap + 1] = slots[next + 1];
        slots[gap + 2] = slots[next + 2];
        slots[gap + 3] = slots[next + 3];
        gap = next;
      }
      next = (next + SLOT_WORDS) & mask;
    }
    slots[gap + OPEN] = 0;
  }

  #home(high: number, low: number): number {
    return (Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> this.#shift) * SLOT_WORDS;
  }

  #takeId(): number {
    const id = this.#freeId;
    if (id !== 0) {
      this.#freeId = this.#prices[id];
      return id;
    }
    if (++this.#lastId === this.#prices.length) {
      const larger = new Int32Array(this.#prices.length * 2);
      larger.set(this.#prices);
      this.#prices = larger;
    }
    return this.#lastId;
  }

  #doubleSlots(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    this.#slots = slots;
    this.#mask = slots.length - 1;
    this.#shift--;
    for (let from = 0; from < old.length; from += SLOT_WORDS) {
      if (old[from + OPEN] === 0) continue;
      let place = this.#home(old[from + HIGH], old[from + LOW]);
      while (slots[place + OPEN] !== 0) place = (place + SLOT_WORDS) & this.#mask;
      for (let word = 0; word < SLOT_WORDS; word++) slots[place + word] = old[from + word];
    }
  }
}

/** A reference as text, for messages to people. */
export function referenceText(high: number, low: number): string {
  return ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)).toString();
}
