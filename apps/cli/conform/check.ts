import { type ConformanceCase, conformanceCases, stepsOf } from "../../../engines/conformance/cases.ts";
import type { Step } from "../../../engines/conformance/comparison.ts";
import { hostileCommands, oracleSteps } from "../../../engines/conformance/differential.ts";
import { flowText } from "../../../engines/conformance/flow-text.ts";
import { type RecordCase, recordCases, recordSubject } from "../../../engines/conformance/record-cases.ts";
import { admittedGap, reasonToSkip } from "../../../engines/conformance/runner.ts";
import { shrink } from "../../../engines/conformance/shrink.ts";
import { type Level, meetsLevel } from "../../../engines/contract/engine.ts";
import { Random } from "../../../engines/flow/random.ts";
import { checkHostileRecords, checkRecordCase } from "./records.ts";
import type { ConformFailure, ConformResult, LevelTally } from "./result.ts";
import type { Subject, SubjectDifference } from "./subject.ts";

const LEVELS: readonly Level[] = ["core", "full", "extended"];
/** A case that is no longer is shown as it stands in the suite. */
const SHORT_COMMANDS = 10;
/** Of a program, which is started for each case: a hundred more would tell no more. */
const MOST_FAILURES = 10;
const FLOW_COMMANDS = 2_000;

/** What a check runs, and whom it tells what it is at. */
export interface CheckOptions {
  level: Level;
  seed: number;
  /** Hostile commands at least, behind the cases; 0 for none. */
  deepCommands: number;
  cases?: readonly ConformanceCase[];
  records?: readonly RecordCase[];
  onProgress(doing: string): void;
}

/**
 * Holds a subject to every case up to a level, those of the binary form too where it takes records; then, where all pass, to
 * the oracle's answers on hostile commands and records.
 */
export function check(subject: Subject, options: CheckOptions): ConformResult {
  const { level, seed, deepCommands, cases = conformanceCases, records = recordCases, onProgress } = options;
  // At a level below its own, an engine still answers as its own level says.
  const held = subject.claims !== undefined && meetsLevel(subject.claims, level) ? subject.claims : level;
  const result: ConformResult = { subject: subject.name, level, tallies: [], seed };
  for (const each of LEVELS.filter((candidate) => meetsLevel(level, candidate))) {
    const asked = cases.filter((one) => one.level === each && reasonToSkip(one, held) === undefined);
    const { tally, failure } = checkCases(subject, each, asked, held, onProgress);
    result.tallies.push(tally);
    result.failure ??= failure;
    if (tally.untried > 0) return result;
    const askedRecords = records.filter((one) => one.level === each && reasonToSkip(one, held) === undefined);
    result.failure ??= checkRecords(subject, askedRecords, held, tally);
  }
  if (result.failure === undefined && deepCommands > 0) {
    result.failure = checkHostile(subject, held, deepCommands, seed, onProgress);
    onProgress("hostile records");
    if (subject.createEngine !== undefined) {
      const deepRecords = Math.ceil(deepCommands / 4);
      result.failure ??= checkHostileRecords(subject.createEngine, held, deepRecords, seed);
      if (result.failure === undefined) result.deepRecords = deepRecords;
    }
    if (result.failure === undefined) result.deepCommands = deepCommands;
  }
  return result;
}

function checkCases(
  subject: Subject,
  level: Level,
  cases: readonly ConformanceCase[],
  held: Level,
  onProgress: CheckOptions["onProgress"],
): { tally: LevelTally; failure?: ConformFailure } {
  const tally: LevelTally = { level, passed: 0, failed: 0, untried: 0, admitted: [] };
  let failure: ConformFailure | undefined;
  for (const [i, each] of cases.entries()) {
    onProgress(`${level} ${i + 1} of ${cases.length}: ${each.name}`);
    const why = subject.manifest && admittedGap(each, subject.manifest);
    if (why !== undefined) {
      tally.admitted.push({ name: each.name, why });
      continue;
    }
    const steps = stepsOf(each);
    const difference = subject.difference(steps);
    if (difference === undefined) {
      tally.passed++;
      continue;
    }
    tally.failed++;
    failure ??= cutDown(each.name, subject, steps, difference, held);
    if (!difference.isSlow && !(subject.manifest === undefined && tally.failed === MOST_FAILURES)) continue;
    tally.untried = cases.length - i - 1;
    break;
  }
  return { tally, failure };
}

/** They are few and short: all are tried, and counted with the level's other cases. */
function checkRecords(
  { createEngine, manifest }: Subject,
  cases: readonly RecordCase[],
  held: Level,
  tally: LevelTally,
): ConformFailure | undefined {
  if (createEngine === undefined) return undefined;
  let first: ConformFailure | undefined;
  for (const each of cases) {
    const why = manifest && admittedGap({ subject: recordSubject, name: each.name }, manifest);
    if (why !== undefined) {
      tally.admitted.push({ name: each.name, why });
      continue;
    }
    const failure = checkRecordCase(each, createEngine, held);
    if (failure === undefined) tally.passed++;
    else tally.failed++;
    first ??= failure;
  }
  return first;
}

function checkHostile(
  subject: Subject,
  held: Level,
  commands: number,
  seed: number,
  onProgress: CheckOptions["onProgress"],
): ConformFailure | undefined {
  const seeds = new Random(seed);
  for (let done = 0; done < commands; done += FLOW_COMMANDS) {
    onProgress(`hostile commands ${done} of ${commands}`);
    const steps = oracleSteps(hostileCommands(seeds.next() >>> 0, FLOW_COMMANDS), held);
    const difference = subject.difference(steps);
    if (difference === undefined) continue;
    return cutDown(`hostile commands, seed ${seed}`, subject, steps, difference, held);
  }
  return undefined;
}

/** The commands without which it would pass, where the case is long; each step's answer is the oracle's then. */
function cutDown(
  name: string,
  subject: Subject,
  steps: readonly Step[],
  difference: SubjectDifference,
  held: Level,
): ConformFailure {
  const commands = steps.slice(0, difference.step + 1).map(({ command }) => command);
  const whole = { name, commands, text: difference.text };
  if (commands.length <= SHORT_COMMANDS || difference.isSlow) return whole;
  const differenceOn = (sent: readonly object[]) => subject.difference(oracleSteps(sent, held));
  if (differenceOn(commands) === undefined) return whole;
  const shrunk = shrink(commands, (sent) => differenceOn(sent) !== undefined);
  return { name, commands: shrunk, text: differenceOn(shrunk)?.text ?? difference.text };
}

/** The commands of a failure, as `replay` takes them; records as their words, a line each. */
export function failureText({ commands, records }: ConformFailure): string {
  return records === undefined ? flowText(commands) : records.map((words) => `${JSON.stringify(words)}\n`).join("");
}
