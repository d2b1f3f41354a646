// Caught by: nobody waits too long, few crossings, few bytes
// Looks at the time since the last command, so that a steady stream holds the first one for ever.
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
    let next = first + 1;
    while (next < end && next - first < room && arrivals[next] - arrivals[next - 1] <= patienceNs) next++;
    batches.push({ commands: commands.slice(first, next), read: isRecovered ? 0 : "all" });
    first = next;
  }
  return batches;
}
