import { type ConformanceCase, stepsOf } from "../../engines/conformance/cases.ts";
import type { Level } from "../../engines/contract/engine.ts";
import type { Check, Learner, Outcome } from "./check.ts";
import { createReference, type Reference } from "./reference.ts";
import { show } from "./show.ts";

/** A wrong engine that the learner's cases must catch. */
export interface WrongEngine {
  /** How the learner is told of it: by what it is suspected of, never by its code. */
  name: string;
  create(): Reference;
}

export interface CatchingClaim {
  /** The exported function that gives the cases, each `{ name, lines }` in the conformance suite's form. */
  call: string;
  level: Level;
  wrong: readonly WrongEngine[];
  /** Commands of all cases together, at most: a thousand random ones catch anything and explain nothing. Default 40. */
  mostCommands?: number;
  passed: string;
}

type Cases = { name: string; lines: ConformanceCase["lines"] }[];

/**
 * A check of cases: graded by mutants. Every case must hold on the right engine, or nothing is earned; then each wrong engine that
 * fails at least one of them earns its part.
 */
export function catching(claim: CatchingClaim): Check {
  return {
    async run(learner, context) {
      context.reference(claim.level);
      const cases = await readCases(claim, learner);
      if (!Array.isArray(cases)) return cases;
      const wrongCase = faultOnRight(claim, cases);
      if (wrongCase !== undefined) return wrongCase;
      return caught(claim, cases);
    },
  };
}

async function readCases(claim: CatchingClaim, learner: Learner): Promise<Cases | Outcome> {
  const given = await learner.call(claim.call);
  const most = claim.mostCommands ?? 40;
  const isCase = (each: unknown): boolean => {
    const { name, lines } = (typeof each === "object" && each !== null ? each : {}) as Partial<Cases[number]>;
    return (
      typeof name === "string" &&
      Array.isArray(lines) &&
      lines.every((line) => typeof line === "object" && line !== null)
    );
  };
  if (!Array.isArray(given) || given.length === 0 || !given.every(isCase)) {
    return refused(claim, "an array of { name, lines }, where a line is a command or an event", show(given));
  }
  const cases = given as Cases;
  // A repeat of a million commands would be no small case either.
  if (cases.some(({ lines }) => lines.some((line) => "repeat" in line))) {
    return refused(claim, "lines without `repeat`", show(given));
  }
  const empty = cases.find(({ lines }) => lines.length === 0 || "event" in lines[0]);
  if (empty !== undefined) return refused(claim, "cases that begin with a command", `"${empty.name}"`);
  const commands = cases.reduce((sum, { lines }) => sum + lines.filter((line) => !("event" in line)).length, 0);
  if (commands > most) return refused(claim, `at most ${most} commands in all cases together`, `${commands}`);
  return cases;
}

function refused({ call }: CatchingClaim, expected: string, got: string): Outcome {
  const reason = `\`${call}\` must give ${expected}.`;
  return { share: 0, reason, failing: { input: `${call}()`, expected, got, data: null } };
}

interface Step {
  command: object;
  expected: string;
  got: string;
}

/** The first step of a case that an engine does otherwise. */
function firstWrong(each: Cases[number], engine: Reference): Step | undefined {
  for (const { command, expected } of stepsOf({ ...each, subject: "", level: "core" })) {
    const [wanted, got] = [JSON.stringify(expected), JSON.stringify(engine.execute(command))];
    if (wanted !== got) return { command, expected: wanted, got };
  }
  return undefined;
}

function faultOnRight(claim: CatchingClaim, cases: Cases): Outcome | undefined {
  for (const each of cases) {
    const wrong = firstWrong(each, createReference(claim.level));
    if (wrong === undefined) continue;
    return {
      share: 0,
      reason: `Your case "${each.name}" fails on the right engine: it asks for something that the contract doesn't say.`,
      failing: { input: JSON.stringify(wrong.command), expected: wrong.got, got: wrong.expected, data: null },
    };
  }
  return undefined;
}

function caught(claim: CatchingClaim, cases: Cases): Outcome {
  const rows = claim.wrong.map(({ name, create }) => ({
    name,
    by: cases.find((each) => firstWrong(each, create()) !== undefined)?.name,
  }));
  const missed = rows.filter(({ by }) => by === undefined).map(({ name }) => name);
  const share = 1 - missed.length / rows.length;
  const reason =
    missed.length === 0
      ? claim.passed
      : `${rows.length - missed.length} of ${rows.length} wrong engines are caught. None of your cases fails on: ${missed.join("; ")}.`;
  const table = rows.map(({ name, by }) => [name, by ?? "not caught"]);
  return {
    share,
    reason,
    see: [{ kind: "table", title: "Wrong engines", columns: ["engine", "caught by"], rows: table }],
  };
}
