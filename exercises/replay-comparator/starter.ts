export type Command = { op: string; id?: number; [field: string]: unknown };
export type Event = { event: string; id?: number; taker?: number; maker?: number; [field: string]: unknown };

export interface Difference {
  /** Where in the streams, from 0. */
  event: number;
  /** What stands there; null where that stream has ended. */
  expected: Event | null;
  actual: Event | null;
  /** The first command, from 0, that was answered differently. */
  command: number;
  /** Two commands before it, itself, two after it; as many of them as there are. */
  around: { index: number; command: Command }[];
  /** Earlier commands that name an order of the two events, in their order. */
  history: number[];
}

/** Compares what two engines answered to the same commands. @returns null where it is the same */
export function firstDifference(_commands: Command[], expected: Event[], actual: Event[]): Difference | null {
  if (JSON.stringify(expected) === JSON.stringify(actual)) return null;
  // True, and of no help: a day has a million events. Where do they part, at which command, and what was there before?
  return { event: 0, expected: null, actual: null, command: 0, around: [], history: [] };
}
