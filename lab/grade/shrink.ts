/** Lengths tried before anything else: most faults show in a handful of elements. */
const SHORT = [1, 2, 3, 4, 6, 8, 12, 16];

/** Shorter lists: the first few elements, then halves, then ever smaller pieces left out, then single elements made smaller. */
export function* shrinkList<T>(
  list: readonly T[],
  shrinkElement?: (element: T) => Iterable<T>,
  shortest = 0,
): Generator<T[]> {
  for (const length of SHORT) {
    if (length >= shortest && length < list.length / 2) yield list.slice(0, length);
  }
  for (let piece = Math.ceil(list.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    if (list.length - piece < shortest) continue;
    for (let from = 0; from < list.length; from += piece) {
      yield [...list.slice(0, from), ...list.slice(from + piece)];
    }
  }
  if (shrinkElement === undefined || list.length > 8) return;
  for (const [index, element] of list.entries()) {
    for (const smaller of shrinkElement(element)) yield list.with(index, smaller);
  }
}

/** Integers between `towards` and the value, the far ones first: small steps come last. */
export function* shrinkInteger(value: number, towards = 0): Generator<number> {
  let distance = value - towards;
  while (Math.abs(distance) >= 1) {
    yield value - Math.trunc(distance);
    distance /= 2;
  }
}
