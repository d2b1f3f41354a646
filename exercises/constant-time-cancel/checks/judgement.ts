import type { WordsRun } from "../../../lab/grade/counted-words.ts";
import type { Fault } from "../../../lab/grade/property.ts";
import type { Table } from "../../../lab/grade/see.ts";
import type { Asked } from "./script.ts";

/** Calls that are shown before the one that goes wrong. */
const MOST_LINES = 12;

/** The first call whose answer isn't the one that it must be. */
export function firstFault(asked: readonly Asked[], { answers }: WordsRun): Fault | undefined {
  const at = asked.findIndex((_, index) => !isRight(asked, answers, index));
  if (at === -1) return undefined;
  const lines = asked.slice(0, at + 1).map((_, index) => callText(asked, answers, index));
  const given = lines.map((line, index) => (index === at ? line : `${line} → ${answers[index]}`));
  return {
    input: given.slice(-MOST_LINES).join("\n"),
    expected: wantedText(asked, answers, at),
    got: String(answers[at]),
    reason: asked[at].reason,
  };
}

/** Calls with what they had to give, and what they gave. */
export function answersTable(title: string, asked: readonly Asked[], { answers }: WordsRun): Table {
  const rows = asked.map((_, at) => [callText(asked, answers, at), wantedText(asked, answers, at), answers[at]]);
  return { kind: "table", title, columns: ["call", "must give", "gave"], rows: rows.slice(0, 20) };
}

function isRight(asked: readonly Asked[], answers: WordsRun["answers"], at: number): boolean {
  const { wanted } = asked[at];
  const answer = answers[at];
  if (wanted.kind === "number") return answer === wanted.of;
  if (wanted.kind === "same") return answer === answers[wanted.as];
  const isTaken = wanted.taken.some((joined) => answers[joined] === answer);
  return Number.isInteger(answer) && (answer as number) >= 1 && !isTaken;
}

function wantedText(asked: readonly Asked[], answers: WordsRun["answers"], at: number): string {
  const { wanted } = asked[at];
  if (wanted.kind === "number") return String(wanted.of);
  if (wanted.kind === "same") return String(answers[wanted.as]);
  const taken = wanted.taken.map((joined) => answers[joined]);
  return taken.length === 0 ? "a slot" : `a slot, not ${taken.slice(-8).join(", ")}`;
}

/** As the learner would write it; with two queues, the memory of each has a name. */
function callText(asked: readonly Asked[], answers: WordsRun["answers"], at: number): string {
  const { name, args, memory = 0 } = asked[at].call;
  const isOne = asked.every(({ call }) => (call.memory ?? 0) === 0);
  const words = isOne ? "words" : ["first", "second"][memory];
  return `${name}(${[words, ...args.map((arg) => (typeof arg === "number" ? arg : answers[arg.of]))].join(", ")})`;
}
