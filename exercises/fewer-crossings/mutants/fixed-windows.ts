// Caught by: few crossings
// Sends at each tick of a clock: a batch is cut where the window ends, not where its first command must leave.
export interface Command {
  readonly op: string;
  readonly id?: number;
}

export interface Rules {
  /** Commands from the log, the first ones: nobody reads their answers. */
  readonly recovered: number;
  /** How long a command may wait for its batch, ns. */
  readonly patienceNs: number;
  /** Commands that a batch holds at most. */
  readonly room: number;
}

export interface Batch {
  readonly commands: readonly Command[];
  /** The events that are copied out of the core. */
  readonly read: "all" | 0;
}

export function plan(commands: readonly Command[], arrivals: readonly number[], rules: Rules): Batch[] {
  const { recovered, patienceNs, room } = rules;
  const batches: Batch[] = [];
  for (let first = 0; first < commands.length; ) {
    const isRecovered = first < recovered;
    const end = isRecovered ? recovered : commands.length;
    const window = Math.floor(arrivals[first] / patienceNs);
    let next = first + 1;
    while (next < end && next - first < room && (isRecovered || Math.floor(arrivals[next] / patienceNs) === window))
      next++;
    batches.push({ commands: commands.slice(first, next), read: isRecovered ? 0 : "all" });
    first = next;
  }
  return batches;
}
