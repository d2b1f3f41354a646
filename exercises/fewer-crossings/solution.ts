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

/** Each batch takes all that may still go with its first command: with both limits, no plan has fewer batches. */
export function plan(commands: readonly Command[], arrivals: readonly number[], rules: Rules): Batch[] {
  const { recovered, patienceNs, room } = rules;
  const batches: Batch[] = [];
  for (let first = 0; first < commands.length; ) {
    const isRecovered = first < recovered;
    const end = isRecovered ? recovered : commands.length;
    const leavesNs = arrivals[first] + patienceNs;
    let next = first + 1;
    while (next < end && next - first < room && (isRecovered || arrivals[next] <= leavesNs)) next++;
    batches.push({ commands: commands.slice(first, next), read: isRecovered ? 0 : "all" });
    first = next;
  }
  return batches;
}
