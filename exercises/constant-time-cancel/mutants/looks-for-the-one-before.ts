// Caught by: few accesses however long the queue
// Links in one direction: who stands before is looked for from the oldest on.

/** Memory of one queue, as an `Int32Array` is read and written. Every load and every store is counted. */
export interface Words {
  readonly length: number;
  [word: number]: number;
}

/** Words of a slot: its neighbours, then its lots. Slot 0 is no order but the queue itself, a link of the ring between the newest and the oldest. */
const SLOT = 4;
/** Who stands behind; of the queue, the oldest; of a free slot, the next free one. */
const NEXT = 0;
/** Who stands before; of the queue, the newest. */
const PREVIOUS = 1;
const LOTS = 2;
/** Of the queue: how many slots were ever used. */
const USED = 2;
/** Of the queue: the slot that was freed last. */
const FREE = 3;
/** The queue where a slot is told, and the end of the list of free ones. */
const NONE = 0;

/** Puts an order at the end. Gives its slot; 0 where there is no room. */
export function join(words: Words, lots: number): number {
  const slot = take(words);
  if (slot === NONE) return NONE;
  const newest = words[PREVIOUS];
  words[slot * SLOT + NEXT] = NONE;
  words[slot * SLOT + PREVIOUS] = newest;
  words[slot * SLOT + LOTS] = lots;
  words[newest * SLOT + NEXT] = slot;
  words[PREVIOUS] = slot;
  return slot;
}

/** Takes an order out, wherever it stands. Gives its lots. */
export function leave(words: Words, slot: number): number {
  const next = words[slot * SLOT + NEXT];
  let previous = NONE;
  while (words[previous * SLOT + NEXT] !== slot) previous = words[previous * SLOT + NEXT];
  words[previous * SLOT + NEXT] = next;
  words[next * SLOT + PREVIOUS] = previous;
  words[slot * SLOT + NEXT] = words[FREE];
  words[FREE] = slot;
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

/** The slot that was freed last, or else one that was never used; 0 where there is neither. */
function take(words: Words): number {
  const freed = words[FREE];
  if (freed !== NONE) {
    words[FREE] = words[freed * SLOT + NEXT];
    return freed;
  }
  const fresh = words[USED] + 1;
  if ((fresh + 1) * SLOT > words.length) return NONE;
  words[USED] = fresh;
  return fresh;
}
