// Caught by: answers in order, few crossings, few bytes
// Puts a batch's cancels behind its adds: another order of commands is another book.
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
    const batch = commands.slice(first, next);
    const sorted = [...batch.filter(({ op }) => op !== "cancel"), ...batch.filter(({ op }) => op === "cancel")];
    batches.push({ commands: sorted, read: isRecovered ? 0 : "all" });
    first = next;
  }
  return batches;
}
