import { type ConformanceCase, conformanceCases, stepsOf } from "../../engines/conformance/cases.ts";
import { hostileCommands } from "../../engines/conformance/differential.ts";
import { reasonToSkip } from "../../engines/conformance/runner.ts";
import type { Level } from "../../engines/contract/engine.ts";
import { answersTable } from "./answers-table.ts";
import { CallFailure, type Check, type CheckContext, type Learner, type Outcome } from "./check.ts";
import { bookRunner, withHarness } from "./harness.ts";
import { partial } from "./parts.ts";
import { referenceEvents } from "./reference.ts";
import type { Picture } from "./see.ts";
import { showNumber } from "./show.ts";

/** A learner's book, made by an exported function that gives an empty one with the methods of the object door. */
export interface BookClaim {
  /** The exported function; default `createBook`. */
  factory?: string;
  level: Level;
}

export interface SuiteClaim extends BookClaim {
  /** Parts of the contract whose cases are run, by their subject; default all of the level. */
  subjects?: readonly string[];
  /** Cases of lower levels are left out where true, so that each level can be a check of its own. */
  onlyThisLevel?: boolean;
  /** Only cases that stand at this level of the contract are run, on a book of the claim's own level: a lower part of a higher book. */
  casesOf?: Level;
  passed: string;
}

export interface FlowClaim extends BookClaim {
  /** Flows, each on a fresh book. Default 4. */
  flows?: number;
  /** Commands of one flow. Default 400. */
  commands?: number;
  /** Commands that ask for more than this level has are left out: a lower part of a higher book. */
  commandsOf?: Level;
  /** Draws one flow's commands; default: hostile commands of all kinds, as the project's own engines get them. */
  generate?(context: CheckContext, index: number, commands: number): object[];
  /** Commands whose answers are shown where no flow fails; where one does, its own are. Default none, and then no answers are shown. */
  shown?: readonly object[];
  passed: string;
}

type Answer = unknown;

/** Runs lists of commands, each on a fresh book, in one call. @returns for each list the answers, one for each command */
export type RunBooks = (lists: readonly (readonly object[])[]) => Promise<Answer[][]>;

/** The learner's books in a place of their own. @throws CallFailure where the code doesn't load */
export async function openBooks(context: CheckContext, factory = "createBook", code = context.code): Promise<RunBooks> {
  const place: Learner = await context.open(withHarness(code, bookRunner(factory)));
  return async (lists) => {
    const answers = await place.call("$run", lists);
    return Array.isArray(answers) ? answers : [];
  };
}

/** Where a book's answers part from the right ones. */
export interface Mismatch {
  /** Index of the command, from 0. */
  at: number;
  expected: string;
  got: string;
}

/** The first command whose answer isn't the expected one, byte by byte as text. @param got what a `bookRunner` gave for each command */
export function mismatch(expected: readonly unknown[], got: readonly Answer[] | undefined): Mismatch | undefined {
  for (const [at, events] of expected.entries()) {
    const [wanted, actual] = [JSON.stringify(events), answerText(got?.[at])];
    if (wanted !== actual) return { at, expected: wanted, got: actual };
  }
  return undefined;
}

function answerText(answer: Answer): string {
  if (typeof answer === "object" && answer !== null && "threw" in answer) return `an error: ${String(answer.threw)}`;
  return JSON.stringify(answer) ?? "nothing";
}

/**
 * A check that runs the conformance cases of a level. Each part of the contract earns its share where all its cases pass;
 * the first case that doesn't is shown, cut off at the command where it goes wrong.
 */
export function conformance(claim: SuiteClaim): Check {
  return {
    async run(_learner, context) {
      context.reference(claim.level);
      const cases = suiteCases(claim);
      const steps = cases.map((each) => stepsOf(each));
      const run = await openBooks(context, claim.factory);
      const answers = await run(steps.map((list) => list.map(({ command }) => command)));
      const wrong = cases.map((_, index) =>
        mismatch(
          steps[index].map((step) => step.expected),
          answers[index],
        ),
      );
      return suiteOutcome(claim, cases, wrong);
    },
    rerun: (_learner, data, context) => rerunCommands(claim, data, context),
  };
}

/** What a learner's book has methods for; an unknown op is the business of who reads the text. */
function isForBook(command: object, level: Level): boolean {
  const { op } = command as { op?: unknown };
  if (op === "limits" || op === "kill" || op === "lift") return level === "extended";
  return op === "add" || op === "cancel" || op === "replace" || op === "book";
}

function suiteCases({ level, subjects, onlyThisLevel = false, casesOf }: SuiteClaim): ConformanceCase[] {
  const own = casesOf ?? (onlyThisLevel ? level : undefined);
  return conformanceCases.filter(
    (each) =>
      stepsOf(each).every(({ command }) => isForBook(command, level)) &&
      reasonToSkip(each, level) === undefined &&
      (own === undefined || each.level === own) &&
      (subjects === undefined || subjects.includes(each.subject)),
  );
}

function suiteOutcome(
  claim: SuiteClaim,
  cases: readonly ConformanceCase[],
  wrong: readonly (Mismatch | undefined)[],
): Outcome {
  const subjects = [...new Set(cases.map(({ subject }) => subject))];
  const rows = subjects.map((subject) => {
    const own = cases
      .map((each, index) => ({ each, fault: wrong[index] }))
      .filter(({ each }) => each.subject === subject);
    const passed = own.filter(({ fault }) => fault === undefined).length;
    return { subject, passed, of: own.length, first: own.find(({ fault }) => fault !== undefined)?.each };
  });
  const see: Picture[] = [
    {
      kind: "table",
      title: "Cases of each part of the contract",
      columns: ["part", "right", "of"],
      rows: rows.map(({ subject, passed, of }) => [subject, passed, of]),
    },
  ];
  const parts = rows.map(({ subject, passed, of, first }) => ({
    what: subject,
    weight: 1,
    share: passed === of ? 1 : 0,
    reason: first === undefined ? "" : `${of - passed} of ${of} cases are wrong, such as "${first.name}".`,
  }));
  const index = wrong.findIndex((fault) => fault !== undefined);
  const earned = partial(parts, claim.passed);
  if (index === -1) return { ...earned, see };
  const commands = stepsOf(cases[index]).map(({ command }) => command);
  return { ...earned, reason: brief(rows), failing: failingCase(commands, wrong[index] as Mismatch), see };
}

function brief(rows: readonly { subject: string; passed: number; of: number; first?: ConformanceCase }[]): string {
  const wrong = rows.filter(({ passed, of }) => passed < of);
  const [{ subject, first }] = wrong;
  const more =
    wrong.length === 1
      ? ""
      : ` Wrong as well: ${wrong
          .slice(1)
          .map((row) => row.subject)
          .join("; ")}.`;
  return `${rows.length - wrong.length} of ${rows.length} parts of the contract are right. In "${subject}", the case "${first?.name}" goes wrong.${more}`;
}

function failingCase(commands: readonly object[], { at, expected, got }: Mismatch) {
  const upTo = commands.slice(0, at + 1);
  return { input: commandText(upTo), expected, got, data: upTo };
}

/** Commands as lines of the contract's text form, the first ones left out where there are many. */
export function commandText(commands: readonly object[]): string {
  const shown = commands.slice(-12).map((command) => JSON.stringify(command));
  const left = commands.length - shown.length;
  return [...(left > 0 ? [`… ${showNumber(left)} commands before`] : []), ...shown].join("\n");
}

/** Judgements that making a failing flow smaller may cost: each is a call. */
const SHRINK_ROUNDS = 40;

/**
 * A check that compares the learner's book with the reference, event by event, on seeded flows. A flow that shows a difference is
 * made as small as it goes, many candidates to a call.
 */
export function agreesWithReference(claim: FlowClaim): Check {
  return {
    async run(_learner, context) {
      context.reference(claim.level);
      const { flows = 4, commands = 400, generate = hostile } = claim;
      const lists = Array.from({ length: flows }, (_, index) => askedOf(claim, generate(context, index, commands)));
      const run = await openBooks(context, claim.factory);
      const answers = await run(lists);
      for (const [index, list] of lists.entries()) {
        const fault = mismatch(referenceEvents(claim.level, list), answers[index]);
        if (fault === undefined) continue;
        context.beginShrinking();
        const failing = await smallest(run, claim, list.slice(0, fault.at + 1));
        const outcome = await differs(claim.level, failing, run);
        return {
          ...outcome,
          ...(await bothAnswers(claim, "The failing commands, and both books' answers", failing, run)),
        };
      }
      const shown = claim.shown ?? [];
      const see = await bothAnswers(claim, "A few commands, and both books' answers", shown, run);
      return { share: 1, reason: claim.passed, ...see };
    },
    rerun: (_learner, data, context) => rerunCommands(claim, data, context),
  };
}

function hostile({ draws }: CheckContext, _index: number, commands: number): object[] {
  return hostileCommands(draws.integer(0, 2 ** 32 - 1), commands);
}

/** What is asked of the book: what it has methods for, and what the level of `commandsOf` does. */
function askedOf({ level, commandsOf }: FlowClaim, commands: readonly object[]): object[] {
  const own = commands.filter((command) => isForBook(command, level));
  if (commandsOf === undefined) return own;
  const answers = referenceEvents(commandsOf, own);
  // What is beyond a level changes nothing there, so the others' answers stay the same without it.
  return own.filter(
    (_, at) => !answers[at].some((event) => event.event === "rejected" && event.reason === "unsupported"),
  );
}

async function rerunCommands({ level, factory }: BookClaim, data: unknown, context: CheckContext): Promise<Outcome> {
  const commands = data as object[];
  const run = await openBooks(context, factory);
  const [answers] = await run([commands]);
  const fault = mismatch(referenceEvents(level, commands), answers);
  if (fault === undefined) return { share: 1, reason: "This case is right now." };
  return { share: 0, reason: "This case is still wrong.", failing: failingCase(commands, fault) };
}

/** What the contract and the learner's book say to the same commands. */
async function bothAnswers(
  { level, shown }: FlowClaim,
  title: string,
  commands: readonly object[],
  run: RunBooks,
): Promise<Pick<Outcome, "see">> {
  if (shown === undefined) return {};
  try {
    const [answers = []] = await run([commands]);
    return { see: [answersTable(title, commands, referenceEvents(level, commands), answers)] };
  } catch (failure) {
    if (failure instanceof CallFailure) return {};
    throw failure;
  }
}

async function differs(level: Level, commands: readonly object[], run: RunBooks): Promise<Outcome> {
  const [answers] = await run([commands]);
  const fault = mismatch(referenceEvents(level, commands), answers);
  const shown = fault ?? { at: commands.length - 1, expected: "the same each time", got: "something else each time" };
  const reason = `After ${showNumber(shown.at + 1)} ${shown.at === 0 ? "command" : "commands"} your book answers otherwise than the contract says.`;
  return { share: 0, reason, failing: failingCase(commands, shown) };
}

/**
 * Parts are left out, ever smaller ones, as `shrink` of the conformance suite does; but all candidates of a round go over in one call,
 * because a call costs more than a book.
 */
async function smallest(run: RunBooks, claim: FlowClaim, commands: readonly object[]): Promise<readonly object[]> {
  let best = commands;
  let part = Math.ceil(best.length / 2);
  for (let round = 0; round < SHRINK_ROUNDS && part >= 1; round++) {
    const candidates: object[][] = [];
    for (let from = 0; from < best.length; from += part) candidates.push(askedOf(claim, best.toSpliced(from, part)));
    const answers = await run(candidates);
    const cut = candidates.map((list, index) =>
      cutAt(list, mismatch(referenceEvents(claim.level, list), answers[index])),
    );
    const wrong = cut.find((list) => list !== undefined);
    if (wrong !== undefined) best = wrong;
    else if (part === 1) break;
    else part = Math.ceil(part / 2);
  }
  return best;
}

function cutAt(list: readonly object[], fault: Mismatch | undefined): readonly object[] | undefined {
  return fault === undefined ? undefined : list.slice(0, fault.at + 1);
}
