// Caught by: few bytes
// Copies out the answers of recovered commands, which nobody reads.
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
    while (next < end && next - first < room && (isRecovered || arrivals[next] <= arrivals[first] + patienceNs)) next++;
    batches.push({ commands: commands.slice(first, next), read: "all" });
    first = next;
  }
  return batches;
}
