const counts = new WeakMap<Request, number>();

/** An id that no other figure of the same page has, and the same one in each build. */
export function nextId(page: Request): string {
  const count = (counts.get(page) ?? 0) + 1;
  counts.set(page, count);
  return `measured-${count}`;
}
