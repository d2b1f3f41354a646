// Caught by: nobody waits too long, few crossings, few bytes
// Waits until a batch is full, however long that takes.
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

export function plan(commands: readonly Command[], _arrivals: readonly number[], rules: Rules): Batch[] {
  const { recovered, room } = rules;
  const batches: Batch[] = [];
  for (let first = 0; first < commands.length; ) {
    const end = first < recovered ? recovered : commands.length;
    const next = Math.min(end, first + room);
    batches.push({ commands: commands.slice(first, next), read: first < recovered ? 0 : "all" });
    first = next;
  }
  return batches;
}
