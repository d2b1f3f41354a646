import type { Check, Checks, Learner } from "../../lab/grade/check.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import { referenceEvents } from "../../lab/grade/reference.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { show, showCall } from "../../lab/grade/show.ts";
import { shrinkList } from "../../lab/grade/shrink.ts";
import { createWrongBook } from "../../lab/grade/wrong-books.ts";
import { drawReplay, type Kind, type Replay, streamsOf, type Truth, truthOf } from "./checks/streams.ts";

type Field = keyof Truth;

/** What each field of a report is, for when it is wrong. */
const MEANINGS: Readonly<Record<Field, string>> = {
  event: "The streams part first at another event.",
  expected: "The expected stream has something else there.",
  actual: "The actual stream has something else there.",
  command: "Another command is the first that was answered differently.",
  around: "Around that command stand others: two before it, itself and two after it, as far as there are any.",
  history: "Other earlier commands name the orders of these two events.",
};

function textOf(replay: Replay): string {
  const { expected, actual } = streamsOf(replay);
  const lines = (list: readonly object[]): string => list.map((each) => `  ${JSON.stringify(each)}\n`).join("");
  return `commands\n${lines(replay.commands)}expected\n${lines(expected)}actual\n${lines(actual)}`.trimEnd();
}

/** Whatever came, as a report; undefined where it is none. */
function reportOf(got: unknown): Partial<Truth> | undefined {
  if (typeof got !== "object" || got === null || Array.isArray(got)) return undefined;
  const { around, ...report } = got as Partial<Truth>;
  if (!Array.isArray(around)) return got;
  // In which order somebody writes the two keys is no matter.
  const inOrder = around.map((each) => ({ index: each?.index, command: each?.command }));
  return { ...report, around: inOrder };
}

async function judge(learner: Learner, replay: Replay, fields: readonly Field[]): Promise<Fault | undefined> {
  const { expected, actual } = streamsOf(replay);
  const got = await learner.call("firstDifference", replay.commands, expected, actual);
  const [truth, report] = [truthOf(replay), reportOf(got)];
  const fault = (wanted: unknown, given: unknown, reason: string): Fault => ({
    input: textOf(replay),
    expected: show(wanted, 600),
    got: show(given, 600),
    reason,
  });
  if (truth === null) return got === null ? undefined : fault(null, got, "These two streams are the same.");
  if (report === undefined) return fault("a report", got, "These two streams differ.");
  // Values that JSON has, in the order of the contract's keys: their text says it all.
  const wrong = fields.find((field) => JSON.stringify(report[field]) !== JSON.stringify(truth[field]));
  if (wrong === undefined) return undefined;
  return fault({ [wrong]: truth[wrong] }, { [wrong]: report[wrong] }, MEANINGS[wrong]);
}

interface Asked {
  kinds: readonly Kind[];
  fields: readonly Field[];
  passed: string;
  see?: typeof aReport;
}

function reports({ kinds, fields, passed, see }: Asked): Check {
  return property<Replay>({
    cases: 24,
    passed,
    generate: (draws, index) => drawReplay(draws, kinds, index < 4 ? 4 : 30),
    judge: (learner, replay) => judge(learner, replay, fields),
    show: (replay) => showCall("firstDifference", replay.commands),
    *shrink(replay) {
      for (const commands of shrinkList(replay.commands, undefined, 1)) {
        const removed = replay.commands.length - commands.length;
        yield { ...replay, commands };
        if (removed <= replay.at) yield { ...replay, commands, at: replay.at - removed };
      }
    },
    ...(see && { see }),
  });
}

/** A day on a right book, and on one that lets the newest order of a price trade first. */
const DAY = [
  { op: "add", id: 1, side: "sell", price: 101, size: 5 },
  { op: "add", id: 2, side: "buy", price: 99, size: 4 },
  { op: "add", id: 3, side: "sell", price: 101, size: 2 },
  { op: "add", id: 4, side: "buy", price: 100, size: 1 },
  { op: "cancel", id: 2 },
  { op: "add", id: 5, side: "buy", price: 101, size: 3 },
  { op: "cancel", id: 4 },
  { op: "book" },
];

async function aReport(learner: Learner): Promise<Picture[]> {
  const wrong = createWrongBook("last-in-first-out");
  const expected = referenceEvents("core", DAY).flat();
  const actual = DAY.flatMap((command) => wrong.execute(command));
  const report = reportOf(await learner.call("firstDifference", DAY, expected, actual));
  if (report === undefined || !Array.isArray(report.around) || !Array.isArray(report.history)) return [];
  const rows = report.around.slice(0, 8).map(({ index, command }): (string | number)[] => {
    const isIt = index === report.command;
    return [show(index), show(command), isIt ? show(report.expected) : "", isIt ? show(report.actual) : ""];
  });
  const columns = ["number", "command", "the right book", "the newest first"];
  const title = `Your report of a book that lets the newest order trade first; earlier commands of these orders: ${show(report.history)}`;
  return [{ kind: "table", title, columns, rows }];
}

export const checks: Checks = {
  "says whether they differ": reports({
    kinds: ["none", "none", "value", "missing", "extra", "cut"],
    fields: [],
    passed: "What was equal gave `null`, and what wasn't, a report.",
    see: aReport,
  }),
  "the first event": reports({
    kinds: ["value", "extra", "missing"],
    fields: ["event", "expected", "actual"],
    passed: "Each report named the first event that differs, and both versions of it.",
  }),
  "the command that is to blame": reports({
    kinds: ["value", "missing", "extra"],
    fields: ["command"],
    passed: "Each report named the first command that was answered differently.",
  }),
  "a stream that ends": reports({
    kinds: ["cut"],
    fields: ["event", "expected", "actual", "command"],
    passed: "What one stream still had was found, with its command.",
  }),
  "the commands around it": reports({
    kinds: ["first"],
    fields: ["around"],
    passed: "Two before, itself, two after, and no more than there are.",
  }),
  "the history of its orders": reports({
    kinds: ["first", "trade", "trade"],
    fields: ["history"],
    passed: "Every earlier command of these orders was named.",
  }),
};
