import { CallFailure, type Check, type CheckContext, type Learner, type Outcome } from "./check.ts";
import type { Draws } from "./draws.ts";
import { withHarness } from "./harness.ts";
import type { Picture } from "./see.ts";

/** What was wrong with one case: texts for the learner. */
export interface Fault {
  /** The calls, as the learner would write them. */
  input: string;
  expected: string;
  got: string;
  /** What is wrong, in a sentence. */
  reason: string;
  /** Of the learner's file, from 1, where an error came from. */
  line?: number;
}

/** A claim that holds for every case, tried on random ones. `Case` is plain data. */
export interface Property<Case> {
  /** How many random cases are tried. */
  cases: number;
  /** Draws case number `index`, from 0: make the first ones small and telling. */
  generate(draws: Draws, index: number): Case;
  /** @returns what is wrong with the learner's answer, or undefined where the claim holds */
  judge(learner: Learner, input: Case): Promise<Fault | undefined>;
  /** How the case is called, for when the learner's code throws. */
  show(input: Case): string;
  /** Smaller cases, those that leave most away first. */
  shrink?(input: Case): Iterable<Case>;
  /**
   * Text put behind the learner's code, whose names all begin with `$`: what the code is handed that no call can carry, such as an object
   * with methods. The claim's `learner` is then the code with it, in a place of its own.
   */
  behind?(context: CheckContext): string;
  /** The reason shown where every case holds. */
  passed: string;
  /** Something to see of the learner's answers, right or wrong; where the code throws, there is nothing. */
  see?(learner: Learner, context: CheckContext): Promise<readonly Picture[]>;
}

/** Judgements that finding a smaller case may cost. */
const SHRINK_BUDGET = 60;

/** Makes a check of a property. A case that fails is made smaller before it is shown. */
export function property<Case>(claim: Property<Case>): Check {
  const judge = async (learner: Learner, input: Case): Promise<Fault | undefined> => {
    try {
      return await claim.judge(learner, input);
    } catch (failure) {
      if (!(failure instanceof CallFailure) || failure.kind !== "thrown") throw failure;
      const where = failure.line === undefined ? "" : ` (line ${failure.line})`;
      return {
        input: claim.show(input),
        expected: "an answer",
        got: `an error${where}: ${failure.message}`,
        reason: `Your code throws here${where}.`,
        ...(failure.line === undefined ? {} : { line: failure.line }),
      };
    }
  };
  return {
    async run(learner, context) {
      const asked = await asking(claim, learner, context);
      const outcome = await tried(claim, judge, asked, context);
      const see = await pictures(claim, asked, context);
      return see.length === 0 ? outcome : { ...outcome, see };
    },
    async rerun(learner, data, context) {
      const input = data as Case;
      const fault = await judge(await asking(claim, learner, context), input);
      return fault === undefined ? { share: 1, reason: "This case is right now." } : failed({ input, fault });
    },
  };
}

/** Who is asked: the learner, or the code with what the claim puts behind it. */
async function asking<Case>({ behind }: Property<Case>, learner: Learner, context: CheckContext): Promise<Learner> {
  return behind === undefined ? learner : context.open(withHarness(context.code, behind(context)));
}

async function tried<Case>(
  claim: Property<Case>,
  judge: (learner: Learner, input: Case) => Promise<Fault | undefined>,
  learner: Learner,
  context: CheckContext,
): Promise<Outcome> {
  for (let index = 0; index < claim.cases; index++) {
    const input = claim.generate(context.draws, index);
    const fault = await judge(learner, input);
    if (fault === undefined) continue;
    context.beginShrinking();
    return failed(await smallest(claim, judge, learner, { input, fault }));
  }
  return { share: 1, reason: claim.passed };
}

async function pictures<Case>(
  { see }: Property<Case>,
  learner: Learner,
  context: CheckContext,
): Promise<readonly Picture[]> {
  try {
    return (await see?.(learner, context)) ?? [];
  } catch (failure) {
    if (failure instanceof CallFailure) return [];
    throw failure;
  }
}

interface Failing<Case> {
  input: Case;
  fault: Fault;
}

async function smallest<Case>(
  claim: Property<Case>,
  judge: (learner: Learner, input: Case) => Promise<Fault | undefined>,
  learner: Learner,
  failing: Failing<Case>,
): Promise<Failing<Case>> {
  let best = failing;
  let budget = claim.shrink === undefined ? 0 : SHRINK_BUDGET;
  let smaller = true;
  while (smaller && budget > 0) {
    smaller = false;
    for (const input of claim.shrink?.(best.input) ?? []) {
      if (budget-- <= 0) break;
      const fault = await tryJudge(judge, learner, input);
      if (fault === "closed") return best;
      if (fault === undefined) continue;
      best = { input, fault };
      smaller = true;
      break;
    }
  }
  return best;
}

async function tryJudge<Case>(
  judge: (learner: Learner, input: Case) => Promise<Fault | undefined>,
  learner: Learner,
  input: Case,
): Promise<Fault | undefined | "closed"> {
  try {
    return await judge(learner, input);
  } catch (failure) {
    // Time ran out while making the case smaller: the one that was found first is still a true failing case.
    if (failure instanceof CallFailure) return "closed";
    throw failure;
  }
}

function failed<Case>({ input, fault }: Failing<Case>): Outcome {
  const { reason, line, ...texts } = fault;
  return { share: 0, reason, ...(line === undefined ? {} : { line }), failing: { ...texts, data: input } };
}
