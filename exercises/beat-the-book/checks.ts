import { COMMAND_WORDS, EVENT_WORDS } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { encodeCommand } from "../../engines/contract/encode.ts";
import { EventWriter } from "../../engines/contract/event-records.ts";
import type { EngineEvent } from "../../engines/contract/events.ts";
import { commandText } from "../../lab/grade/book.ts";
import type { Check, CheckContext, Checks, Learner, Outcome } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { OpenOrders } from "../../lab/grade/open-orders.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import { createReference, eventsHash, flowRecords, referenceEvents } from "../../lab/grade/reference.ts";
import { show, showNumber } from "../../lab/grade/show.ts";
import { shrinkList } from "../../lab/grade/shrink.ts";
import { speed } from "../../lab/grade/speed.ts";

const MOST_ID = 2 ** 31 - 1;
const MOST_PRICE = 2 ** 24 - 1;

/** A short day. Its ids and prices lie close together or anywhere, and some ids come again. */
function drawDay(draws: Draws, index: number): Command[] {
  const book = createReference("core");
  const open = new OpenOrders();
  const step = draws.pick([1, 1, 4_096, 2 ** 20]);
  const [low, high] = draws.pick([
    [100, 104],
    [100, 104],
    [1, MOST_PRICE],
  ]);
  const commands: Command[] = [];
  let lastId = draws.integer(0, 9);
  const nextId = (): number => {
    const again = open.gone.filter((id) => open.list.every((each) => each.id !== id));
    if (again.length > 0 && draws.integer(0, 5) === 0) return draws.pick(again);
    lastId = Math.min(MOST_ID, lastId + step);
    return lastId;
  };
  const draw = (): Command => {
    const kind = draws.integer(0, 9);
    if (kind < 3 && lastId > 0) {
      const gone = draws.integer(0, 3) === 0 && open.gone.length > 0;
      if (gone) return { op: "cancel", id: draws.pick(open.gone) };
      if (open.list.length > 0) return { op: "cancel", id: draws.pick(open.list).id };
    }
    const side = draws.pick(["buy", "sell"] as const);
    const size = draws.pick([draws.integer(1, 9), draws.integer(1, 9), draws.integer(1, 40), MOST_ID]);
    if (kind === 3) return { op: "add", id: nextId(), side, type: "market", size } as Command;
    return { op: "add", id: nextId(), side, price: draws.integer(low, high), size } as Command;
  };
  for (let count = 0; count < 4 + 3 * index; count++) {
    const command = draw();
    commands.push(command);
    open.follow(command, book.execute(command));
  }
  return commands;
}

function recordsOf(commands: readonly Command[]): Int32Array {
  const records = new Int32Array(commands.length * COMMAND_WORDS);
  for (const [index, command] of commands.entries()) encodeCommand(command, records, index * COMMAND_WORDS);
  return records;
}

interface Told {
  words: string;
  event: EngineEvent;
  command: number;
}

/** Each event that is right, with the command that it answers. */
function rightEvents(commands: readonly Command[]): Told[] {
  return referenceEvents("core", commands).flatMap((events, command) =>
    events.map((event) => {
      const writer = new EventWriter();
      writer.write(event);
      return { words: writer.events.subarray(0, EVENT_WORDS).join(" "), event, command };
    }),
  );
}

async function judgeDay(learner: Learner, commands: Command[]): Promise<Fault | undefined> {
  const got = await learner.call("execute", recordsOf(commands));
  const right = rightEvents(commands);
  const input = commandText(commands);
  if (!(got instanceof Int32Array))
    return { input, expected: "an Int32Array", got: show(got), reason: "`execute` must give an `Int32Array`." };
  for (const [index, { words, event, command }] of right.entries()) {
    const yours = got.subarray(index * EVENT_WORDS, (index + 1) * EVENT_WORDS).join(" ");
    if (yours === words) continue;
    const reason = `Event ${index}, of command ${command}, must be ${show(event)}.`;
    return { input: commandText(commands.slice(0, command + 1)), expected: words, got: yours || "no event", reason };
  }
  if (got.length === right.length * EVENT_WORDS) return undefined;
  const [expected, yours] = [`${right.length * EVENT_WORDS} words`, `${got.length} words`];
  return { input, expected, got: yours, reason: "Behind the last event there is something else." };
}

interface Flow {
  profile: "std" | "wide";
  seed: number;
  commands: number;
}

const FLOWS: readonly Omit<Flow, "seed">[] = [
  { profile: "std", commands: 4_000 },
  { profile: "wide", commands: 3_000 },
  { profile: "std", commands: 100 },
];

/** Flows one after the other in one place: what a call leaves behind must not show in the next. */
const wholeFlows: Check = {
  async run(learner, context): Promise<Outcome> {
    for (const flow of FLOWS) {
      const drawn = { ...flow, seed: context.draws.integer(0, 2 ** 32 - 1) };
      const wrong = await judgeFlow(learner, drawn, context);
      if (wrong !== undefined) return wrong;
    }
    return { share: 1, reason: "The hash of every flow is right." };
  },
  async rerun(learner, data, context) {
    const wrong = await judgeFlow(learner, data as Flow, context);
    return wrong ?? { share: 1, reason: "This flow is right now." };
  },
};

async function judgeFlow(learner: Learner, flow: Flow, context: CheckContext): Promise<Outcome | undefined> {
  const { profile, seed, commands } = flow;
  const records = flowRecords(profile, seed, commands);
  const expected = eventsHash(await context.engine("typescript-ladder"), records);
  const got = await learner.call("run", records);
  if (got === expected) return undefined;
  const input = `run(${showNumber(commands)} commands of the flow ${profile}, seed ${seed})`;
  const reason = `The hash of ${showNumber(commands)} commands is another one. If short days are right, look at what grows: orders, levels, ids, events.`;
  return { share: 0, reason, failing: { input, expected, got: show(got), data: flow } };
}

export const checks: Checks = {
  "event for event": property<Command[]>({
    cases: 20,
    passed: "Every day came to the right events.",
    generate: drawDay,
    judge: judgeDay,
    show: commandText,
    shrink: (commands) => shrinkList(commands, undefined, 1),
  }),
  "whole flows": wholeFlows,
  "two and a half times as fast": speed({
    call: "run",
    baseline: "baseline.ts",
    bar: 2.5,
    partly: [
      { bar: 2, share: 4 / 6 },
      { bar: 1.5, share: 2 / 6 },
    ],
    unit: "command",
    input: (draws, units) => [flowRecords("std", draws.integer(0, 2 ** 32 - 1), units)],
    expected: async ([records], { engine }) => eventsHash(await engine("typescript-ladder"), records as Int32Array),
  }),
};
