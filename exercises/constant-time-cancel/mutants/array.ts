// Caught by: few accesses however long the queue
// The queue is an array: who leaves is looked for, and those behind move up.

/** Memory of one queue, as an `Int32Array` is read and written. Every load and every store is counted. */
export interface Words {
  readonly length: number;
  [word: number]: number;
}

/** The first words: how many wait, and which ticket was given last. Then, from the oldest on, a ticket and its lots for each. */
const ORDERS = 0;
const LAST_TICKET = 1;
const FIRST = 2;
const PAIR = 2;

/** Puts an order at the end. Gives its slot; 0 where there is no room. */
export function join(words: Words, lots: number): number {
  const orders = words[ORDERS];
  if (orders === words.length / 4 - 1) return 0;
  const ticket = words[LAST_TICKET] + 1;
  words[FIRST + orders * PAIR] = ticket;
  words[FIRST + orders * PAIR + 1] = lots;
  words[ORDERS] = orders + 1;
  words[LAST_TICKET] = ticket;
  return ticket;
}

/** Takes an order out, wherever it stands. Gives its lots. */
export function leave(words: Words, slot: number): number {
  const at = placeOf(words, slot);
  const lots = words[at + 1];
  const end = FIRST + words[ORDERS] * PAIR;
  for (let word = at; word < end - PAIR; word++) words[word] = words[word + PAIR];
  words[ORDERS] -= 1;
  return lots;
}

/** The slot of the order that has waited longest; 0 where nobody waits. */
export function oldest(words: Words): number {
  return words[ORDERS] === 0 ? 0 : words[FIRST];
}

/** The slot of the order that stands behind this one; 0 where nobody does. */
export function behind(words: Words, slot: number): number {
  const next = placeOf(words, slot) + PAIR;
  return next < FIRST + words[ORDERS] * PAIR ? words[next] : 0;
}

function placeOf(words: Words, slot: number): number {
  let at = FIRST;
  while (words[at] !== slot) at += PAIR;
  return at;
}
