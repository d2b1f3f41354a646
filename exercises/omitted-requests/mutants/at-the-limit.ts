// Caught by: the slow share
// Counts what took as long as the limit as longer.
export interface Order {
  sentNs: number;
  doneNs: number;
}

export function fromIntended(orders: Order[], intervalNs: number): number[] {
  return orders.map(({ doneNs }, index) => doneNs - (orders[0].sentNs + index * intervalNs));
}

export function filledIn(latenciesNs: number[], intervalNs: number): number[] {
  const all = [...latenciesNs];
  for (const ns of latenciesNs) {
    for (let hidden = ns - intervalNs; hidden >= intervalNs; hidden -= intervalNs) all.push(hidden);
  }
  return all;
}

export function slowShare(latenciesNs: number[], intervalNs: number, limitNs: number): number {
  let slow = 0;
  let all = 0;
  for (const ns of latenciesNs) {
    all += 1 + hiddenAbove(ns, intervalNs, intervalNs);
    if (ns >= limitNs) slow++;
    // Longer than the limit is at least one nanosecond more.
    slow += hiddenAbove(ns, intervalNs, Math.max(intervalNs, limitNs));
  }
  return all === 0 ? 0 : slow / all;
}

/** How many of ns − interval, ns − 2 × interval, … are at least `least`. */
function hiddenAbove(ns: number, intervalNs: number, least: number): number {
  return Math.max(0, Math.floor((ns - least) / intervalNs));
}
