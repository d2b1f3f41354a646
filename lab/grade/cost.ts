import { COMMAND_WORDS, EVENT_WORDS } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { encodeCommand, type UncheckedCommand } from "../../engines/contract/encode.ts";
import type { MatchingEngine } from "../../engines/contract/engine.ts";
import { EventHash } from "../../engines/contract/hash.ts";
import type { Check, CheckContext, Learner, Outcome } from "./check.ts";
import { partial } from "./parts.ts";
import { show, showCall, showNumber } from "./show.ts";

/** One crossing as the learner's code would make it. */
interface Batch {
  records: Int32Array;
  /** Event records that are copied out; the rest stays in the engine's memory. */
  read: number | "all";
}

/** What the parent counted while it sent the batches: nothing beside the learner's code counts. */
export interface CostCounts {
  /** Calls into the engine. */
  crossings: number;
  commands: number;
  /** Bytes of command records in and of event records out. */
  bytes: number;
  /** Event records that were read. */
  eventsRead: number;
}

export interface CostBound {
  what: keyof CostCounts;
  /** At most so many. */
  most: number;
  /** Its part of the check's points against the other bounds'. Default 1. */
  weight?: number;
}

export interface CostInput {
  /** What the learner's code is asked to have executed. */
  commands: readonly Command[];
  /** More arguments for its function, behind the commands. */
  rest?: readonly unknown[];
  bounds: readonly CostBound[];
}

/** A batch as the learner's code planned it. */
export interface PlannedBatch {
  commands: number;
  /** Event records that it would copy out. */
  read: number | "all";
}

/** Work that the learner's code plans, and the parent does and counts. */
export interface CostClaim {
  /**
   * The exported function: it takes the commands (and `rest`), and gives the batches, each one crossing: an `Int32Array` of command records,
   * or an array of commands, or `{ commands, read }`, where `read` says how many event records are copied out: a number,
   * or `"all"`, which is the default.
   */
  call: string;
  /** A registered engine; default `typescript-ladder`. */
  engine?: string;
  input(context: CheckContext): CostInput;
  /** What else must hold of the batches, such as how long a command may wait for its own: why it doesn't, or undefined. Then nothing is earned. */
  refuse?(batches: readonly PlannedBatch[], input: CostInput): string | undefined;
  passed: string;
}

const WORDS: Record<keyof CostCounts, string> = {
  crossings: "crossings",
  commands: "commands",
  bytes: "bytes",
  eventsRead: "events read",
};

/**
 * A check of cost. The batches must come to the same events as the commands sent one by one, or nothing is earned; then each bound
 * that is kept earns its part.
 */
export function cost(claim: CostClaim): Check {
  return {
    async run(learner, context) {
      const input = claim.input(context);
      return judge(claim, input, learner, context);
    },
    rerun: (learner, data, context) => judge(claim, data as CostInput, learner, context),
  };
}

async function judge(claim: CostClaim, input: CostInput, learner: Learner, context: CheckContext): Promise<Outcome> {
  const returned = await learner.call(claim.call, input.commands, ...(input.rest ?? []));
  const batches = readBatches(returned);
  const asked = showCall(claim.call, input.commands, ...(input.rest ?? []));
  if (typeof batches === "string") {
    const expected = "an array of batches: Int32Arrays of records, arrays of commands, or { commands, read }";
    return fault(
      `\`${claim.call}\` must give the batches that it would send. ${batches}`,
      asked,
      expected,
      show(returned),
      input,
    );
  }
  const engine = claim.engine ?? "typescript-ladder";
  const wanted = oneByOne(await context.engine(engine), input.commands);
  const { counts, hash } = sent(await context.engine(engine), batches);
  if (hash !== wanted.hash) {
    const reason =
      counts.commands === input.commands.length
        ? "Your batches come to other events than the commands one by one: a command was changed, or its place."
        : `Your batches hold ${showNumber(counts.commands)} commands; ${showNumber(input.commands.length)} were to be executed, each once and in order.`;
    return fault(reason, asked, `events ${wanted.hash}`, `events ${hash}`, input);
  }
  const plan = batches.map(({ records, read }) => ({ commands: records.length / COMMAND_WORDS, read }));
  const refused = claim.refuse?.(plan, input);
  if (refused !== undefined) return fault(refused, asked, "batches that may be sent", show(plan), input);
  return counted(claim, input, counts, wanted.counts);
}

function fault(reason: string, asked: string, expected: string, got: string, data: CostInput): Outcome {
  return { share: 0, reason, failing: { input: asked, expected, got, data } };
}

function counted(claim: CostClaim, { bounds }: CostInput, counts: CostCounts, naive: CostCounts): Outcome {
  const parts = bounds.map(({ what, most, weight = 1 }) => ({
    what: WORDS[what],
    weight,
    share: counts[what] <= most ? 1 : 0,
    reason: `${showNumber(counts[what])}, where at most ${showNumber(most)} are asked for.`,
  }));
  const rows = (Object.keys(WORDS) as (keyof CostCounts)[]).map((what) => {
    const bound = bounds.find((each) => each.what === what);
    return [WORDS[what], naive[what], counts[what], bound === undefined ? "any" : bound.most];
  });
  const columns = ["counted", "one command a call", "yours", "at most"];
  return {
    ...partial(parts, claim.passed),
    see: [{ kind: "table", title: "What crossed the boundary", columns, rows }],
  };
}

/** A learner's batches, or what is wrong with them. */
function readBatches(value: unknown): Batch[] | string {
  if (!Array.isArray(value)) return "It gave no array.";
  const batches: Batch[] = [];
  for (const [index, each] of value.entries()) {
    const batch = readBatch(each);
    if (typeof batch === "string") return `Batch ${index} ${batch}.`;
    batches.push(batch);
  }
  return batches;
}

function readBatch(value: unknown): Batch | string {
  const isPlan = typeof value === "object" && value !== null && "commands" in value;
  const { commands, read = "all" } = isPlan ? (value as { commands: unknown; read?: unknown }) : { commands: value };
  if (read !== "all" && !(Number.isInteger(read) && (read as number) >= 0))
    return 'has a `read` that is no count and not "all"';
  const most = read as number | "all";
  if (commands instanceof Int32Array) {
    if (commands.length % COMMAND_WORDS !== 0)
      return `has ${commands.length} words, which is no multiple of ${COMMAND_WORDS}`;
    return { records: commands, read: most };
  }
  if (!Array.isArray(commands)) return "is neither an Int32Array nor an array of commands";
  const records = new Int32Array(commands.length * COMMAND_WORDS);
  for (const [index, command] of commands.entries()) {
    if (typeof command !== "object" || command === null) return `has ${show(command)} where a command must stand`;
    encodeCommand(command as UncheckedCommand, records, index * COMMAND_WORDS);
  }
  return { records, read: most };
}

function oneByOne(engine: MatchingEngine, commands: readonly Command[]): { counts: CostCounts; hash: string } {
  const batches = commands.map((command): Batch => {
    const records = new Int32Array(COMMAND_WORDS);
    encodeCommand(command, records, 0);
    return { records, read: "all" };
  });
  return sent(engine, batches);
}

function sent(engine: MatchingEngine, batches: readonly Batch[]): { counts: CostCounts; hash: string } {
  const counts: CostCounts = { crossings: 0, commands: 0, bytes: 0, eventsRead: 0 };
  const hash = new EventHash();
  for (const { records, read } of batches) {
    engine.reserve(Math.max(1, records.length / COMMAND_WORDS));
    engine.commands.set(records);
    const words = engine.submit(records.length);
    hash.add(engine.events, words);
    const events = words / EVENT_WORDS;
    const taken = read === "all" ? events : Math.min(read, events);
    counts.crossings++;
    counts.commands += records.length / COMMAND_WORDS;
    counts.eventsRead += taken;
    counts.bytes += 4 * (records.length + taken * EVENT_WORDS);
  }
  return { counts, hash: hash.value };
}
