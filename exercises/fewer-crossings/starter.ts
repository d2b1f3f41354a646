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

/** A call for each command, and every answer is read. */
export function plan(commands: readonly Command[], _arrivals: readonly number[], _rules: Rules): Batch[] {
  return commands.map((command) => ({ commands: [command], read: "all" }));
}
