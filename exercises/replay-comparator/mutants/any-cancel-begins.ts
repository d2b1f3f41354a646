// Caught by: the command that is to blame, a stream that ends, the commands around it, the history of its orders
// A `canceled` is taken for the answer to a cancel, whatever its reason is.

export type Command = { op: string; id?: number; [field: string]: unknown };
export type Event = { event: string; id?: number; taker?: number; maker?: number; [field: string]: unknown };

export interface Difference {
  event: number;
  expected: Event | null;
  actual: Event | null;
  command: number;
  around: { index: number; command: Command }[];
  history: number[];
}

/** Commands shown on either side of the one that was answered differently. */
const REACH = 2;

export function firstDifference(commands: Command[], expected: Event[], actual: Event[]): Difference | null {
  const longer = Math.max(expected.length, actual.length);
  /** Commands whose answers had begun before this event, in both streams alike. */
  let begun = 0;
  for (let at = 0; at < longer; at++) {
    const [a, b] = [expected[at] ?? null, actual[at] ?? null];
    if (a !== null && b !== null && same(a, b)) {
      if (begins(a)) begun++;
      continue;
    }
    // Where just one of the two begins a new answer, the other is still at the one before.
    const bothMoveOn = (a === null || begins(a)) && (b === null || begins(b));
    return report(commands, at, a, b, bothMoveOn ? begun : begun - 1);
  }
  return null;
}

/** Both have their keys in the contract's order, so the text says it all, a book's levels too. */
function same(a: Event, b: Event): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Each command gives one event that nothing but a new command begins with. */
function begins({ event }: Event): boolean {
  return event !== "executed";
}

function report(commands: Command[], event: number, expected: Event | null, actual: Event | null, command: number) {
  const first = Math.max(0, command - REACH);
  const around = commands.slice(first, command + REACH + 1).map((each, at) => ({ index: first + at, command: each }));
  const named = new Set([expected, actual].flatMap((each) => [each?.id, each?.taker, each?.maker]));
  named.delete(undefined);
  const history = commands.slice(0, Math.max(0, command)).flatMap(({ id }, at) => (named.has(id) ? [at] : []));
  return { event, expected, actual, command, around, history };
}
