/** Memory of one queue, as an `Int32Array` is read and written. Every load and every store is counted. */
export interface Words {
  readonly length: number;
  [word: number]: number;
}

/** Words of a slot. Slot 0 is no order but the queue itself. */
const SLOT = 4;
/** Who stands behind; of the queue, the oldest. */
const NEXT = 0;
/** Of the queue, the newest. */
const PREVIOUS = 1;
const LOTS = 2;
/** Of the queue: how many slots were ever used. */
const USED = 2;
const NONE = 0;

/** Puts an order at the end. Gives its slot; 0 where there is no room. */
export function join(words: Words, lots: number): number {
  const slot = words[USED] + 1;
  if ((slot + 1) * SLOT > words.length) return NONE;
  words[USED] = slot;
  words[slot * SLOT + LOTS] = lots;
  words[words[PREVIOUS] * SLOT + NEXT] = slot;
  words[PREVIOUS] = slot;
  return slot;
}

/** Takes an order out, wherever it stands. Gives its lots. */
export function leave(words: Words, slot: number): number {
  // Right for the oldest alone.
  words[NEXT] = words[slot * SLOT + NEXT];
  if (words[NEXT] === NONE) words[PREVIOUS] = NONE;
  return words[slot * SLOT + LOTS];
}

/** The slot of the order that has waited longest; 0 where nobody waits. */
export function oldest(words: Words): number {
  return words[NEXT];
}

/** The slot of the order that stands behind this one; 0 where nobody does. */
export function behind(words: Words, slot: number): number {
  return words[slot * SLOT + NEXT];
}
