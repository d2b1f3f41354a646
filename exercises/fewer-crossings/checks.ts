import type { Command } from "../../engines/contract/commands.ts";
import type { CheckContext, Checks, Learner } from "../../lab/grade/check.ts";
import { type CostBound, type CostInput, cost, type PlannedBatch } from "../../lab/grade/cost.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { show, showCall } from "../../lab/grade/show.ts";
import { shrinkList } from "../../lab/grade/shrink.ts";

interface Rules {
  recovered: number;
  patienceNs: number;
  room: number;
}

interface Case {
  commands: Command[];
  arrivals: number[];
  rules: Rules;
}

/** How many orders of now come at the first pace. */
const FIRST_STRETCH = 8;

/** Times of arrival: the log at 0, then orders of now at a first pace, then bursts, steady stretches and pauses. */
function drawArrivals(draws: Draws, count: number, { recovered, patienceNs }: Rules, firstGapNs: number): number[] {
  const arrivals: number[] = [];
  let nowNs = 0;
  let longestGapNs = firstGapNs;
  for (let index = 0; index < count; index++) {
    if (index < recovered) arrivals.push(0);
    else {
      // Another pace now and then: from many in a batch's time to fewer than one.
      if (index >= recovered + FIRST_STRETCH && draws.integer(0, 9) === 0)
        longestGapNs = draws.pick([patienceNs >> 6, patienceNs >> 3, patienceNs, 4 * patienceNs]);
      nowNs += draws.integer(1, longestGapNs);
      arrivals.push(nowNs);
    }
  }
  return arrivals;
}

function drawCase(draws: Draws, index: number): Case {
  const count = 4 + 5 * index;
  const rules = {
    recovered: draws.integer(0, count >> 1),
    patienceNs: 64 * draws.integer(100, 1_000),
    room: draws.integer(2, 8),
  };
  const commands = Array.from({ length: count }, (_, each): Command => {
    if (each > 2 && draws.integer(0, 3) === 0) return { op: "cancel", id: draws.integer(1, each) };
    const side = draws.pick(["buy", "sell"] as const);
    return { op: "add", id: each + 1, side, price: 100 + draws.integer(-3, 3), size: draws.integer(1, 9) } as Command;
  });
  // In turn close to the log, and a steady stream in which nobody pauses for as long as the patience is.
  const firstGapNs = index % 2 === 0 ? rules.patienceNs >> 6 : rules.patienceNs;
  return { commands, arrivals: drawArrivals(draws, count, rules, firstGapNs), rules };
}

function* smaller({ commands, arrivals, rules }: Case): Generator<Case> {
  const places = commands.map((_, index) => index);
  for (const kept of shrinkList(places, undefined, 1)) {
    const recovered = kept.filter((index) => index < rules.recovered).length;
    yield {
      commands: kept.map((index) => commands[index]),
      arrivals: kept.map((index) => arrivals[index]),
      rules: { ...rules, recovered },
    };
  }
}

const written = ({ commands, arrivals, rules }: Case): string => showCall("plan", commands, arrivals, rules);

const MOST_BARS = 40;

interface Planned {
  commands: unknown[];
  read: unknown;
}

async function planned(learner: Learner, { commands, arrivals, rules }: Case): Promise<Planned[] | undefined> {
  const answer = await learner.call("plan", commands, arrivals, rules);
  if (!Array.isArray(answer)) return undefined;
  const batches = answer as Partial<Planned>[];
  const isPlan = batches.every((batch) => Array.isArray(batch?.commands) && (batch.read === "all" || batch.read === 0));
  return isPlan ? (batches as Planned[]) : undefined;
}

const NO_PLAN = 'It must give an array of batches, each `{ commands: [...], read: "all" or 0 }`.';

async function judgeOrder(learner: Learner, input: Case): Promise<Fault | undefined> {
  const batches = await planned(learner, input);
  const fault = (expected: string, got: string, reason: string): Fault => ({
    input: written(input),
    expected,
    got,
    reason,
  });
  if (batches === undefined) return fault("batches", "something else", NO_PLAN);
  const sent = batches.flatMap(({ commands }) => commands);
  for (let index = 0; index < Math.max(sent.length, input.commands.length); index++) {
    const [wanted, got] = [show(input.commands[index]), show(sent[index])];
    if (wanted !== got)
      return fault(wanted, got, `Command ${index} of those sent is another one: each goes once, in the order given.`);
  }
  const plan = batches.map(({ commands, read }) => ({ commands: commands.length, read: read as "all" | 0 }));
  const unread = unreadAnswer(plan, input.rules);
  return unread === undefined ? undefined : fault('read: "all"', "read: 0", unread);
}

/** The batch that leaves an answer unread which somebody waits for. */
function unreadAnswer(plan: readonly PlannedBatch[], { recovered }: Rules): string | undefined {
  let end = 0;
  for (const [index, { commands, read }] of plan.entries()) {
    end += commands;
    if (commands > 0 && end > recovered && read !== "all")
      return `Batch ${index} holds an order of now, and its events are not read: whoever sent it waits for its answer.`;
  }
  return undefined;
}

/** The batch that keeps a command waiting too long, or is too large. */
function brokenRule(plan: readonly PlannedBatch[], arrivals: readonly number[], rules: Rules): string | undefined {
  let first = 0;
  for (const [index, { commands }] of plan.entries()) {
    if (commands > rules.room) return `Batch ${index} has ${commands} commands, and there is room for ${rules.room}.`;
    const firstOfNow = Math.max(first, rules.recovered);
    const waitNs = arrivals[first + commands - 1] - arrivals[firstOfNow];
    if (firstOfNow < first + commands && waitNs > rules.patienceNs)
      return `Command ${firstOfNow} waits ${waitNs} ns for the last one of batch ${index}; ${rules.patienceNs} ns is its patience.`;
    first += commands;
  }
  return undefined;
}

async function judgeWaits(learner: Learner, input: Case): Promise<Fault | undefined> {
  const batches = await planned(learner, input);
  const plan = (batches ?? []).map(({ commands, read }) => ({ commands: commands.length, read: read as "all" | 0 }));
  // Sending nothing keeps nobody waiting, so that all must be there.
  const sent = plan.reduce((sum, { commands }) => sum + commands, 0);
  const all = sent === input.commands.length ? undefined : `${sent} of ${input.commands.length} commands are sent.`;
  const reason = batches === undefined ? NO_PLAN : (all ?? brokenRule(plan, input.arrivals, input.rules));
  return reason === undefined
    ? undefined
    : { input: written(input), expected: "both rules kept", got: show(plan.map(({ commands }) => commands)), reason };
}

/** How long the first command of each batch waits for its last one, in one drawn stream. */
async function waits(learner: Learner, { draws }: CheckContext): Promise<Picture[]> {
  const drawn = drawCase(draws, 7);
  const { arrivals, rules } = drawn;
  const batches = await planned(learner, drawn);
  if (batches === undefined || batches.length === 0 || batches.length > MOST_BARS) return [];
  const ends = batches.map((_, index) =>
    batches.slice(0, index + 1).reduce((sum, each) => sum + each.commands.length, 0),
  );
  const values = ends.map((end, index) => {
    const first = end - batches[index].commands.length;
    return first < rules.recovered ? 0 : (arrivals[end - 1] ?? 0) - (arrivals[first] ?? 0);
  });
  const labels = batches.map(({ commands }) => `${commands.length}`);
  const bound = { name: "patience", value: rules.patienceNs };
  const title = "How long the first command of each batch waits; below, how many commands it has";
  return [{ kind: "bars", title, unit: "ns", labels, series: [{ name: "your batches", values }], bound }];
}

/** Batches of a plan that takes as much as it may, each time: the fewest that there can be. */
function fewest(arrivals: readonly number[], { recovered, patienceNs, room }: Rules): number {
  let batches = Math.ceil(recovered / room);
  for (let first = recovered; first < arrivals.length; batches++) {
    const most = first + room;
    const leavesNs = arrivals[first] + patienceNs;
    while (first < arrivals.length && first < most && arrivals[first] <= leavesNs) first++;
  }
  return batches;
}

const COMMANDS = 600;

/** The log ends within a batch, and the first order of now comes soon: who mixes the two does it here. */
function drawDay({ draws, flow }: CheckContext): Case {
  const room = 32;
  const rules = { recovered: room * draws.integer(3, 5) + draws.integer(1, room - 1), patienceNs: 50_000, room };
  const commands = flow("std", draws.integer(0, 2 ** 32 - 1), 4_000).slice(-COMMANDS);
  return { commands, arrivals: drawArrivals(draws, COMMANDS, rules, rules.patienceNs >> 6), rules };
}

function counted(passed: string, bounds: (context: CheckContext, day: Case) => CostBound[]) {
  return cost({
    call: "plan",
    input(context) {
      const day = drawDay(context);
      return { commands: day.commands, rest: [day.arrivals, day.rules], bounds: bounds(context, day) };
    },
    refuse(batches, { rest = [] }: CostInput) {
      const [arrivals, rules] = rest as [number[], Rules];
      return unreadAnswer(batches, rules) ?? brokenRule(batches, arrivals, rules);
    },
    passed,
  });
}

/** Bytes of each command in, and of each event out that somebody reads. */
function fewestBytes({ reference }: CheckContext, { commands, rules }: Case): number {
  const book = reference("core");
  const events = commands.map((command) => book.execute(command).length);
  const read = events.slice(rules.recovered).reduce((sum, count) => sum + count, 0);
  return 24 * commands.length + 20 * read;
}

export const checks: Checks = {
  "answers in order": property<Case>({
    cases: 12,
    passed: "Every command went once and in order, and every answer that somebody waits for was read.",
    generate: drawCase,
    judge: judgeOrder,
    show: written,
    shrink: smaller,
  }),
  "nobody waits too long": property<Case>({
    cases: 12,
    passed: "Nobody waited too long, and every batch fitted.",
    generate: drawCase,
    judge: judgeWaits,
    show: written,
    shrink: smaller,
    see: waits,
  }),
  "few crossings": counted("As few crossings as there can be.", (_context, { arrivals, rules }) => [
    { what: "crossings", most: fewest(arrivals, rules) },
  ]),
  "few bytes": counted("No byte crossed for nothing.", (context, day) => [
    { what: "bytes", most: fewestBytes(context, day) },
  ]),
};
