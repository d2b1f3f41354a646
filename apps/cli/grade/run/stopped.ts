import { TOLD } from "./child-globals.ts";
import type { Misdeed, SubmissionProcess } from "./submission-process.ts";

const MISDEEDS: Record<Misdeed, string> = {
  channel: "It wrote to the channel of the grader's own.",
  flood: "It wrote without end.",
  memory: "It took more memory than the exercise allows.",
};

/** What processes tried and were kept from, in sentences. */
export function sentencesOf(processes: readonly SubmissionProcess[]): string[] {
  return processes.flatMap(({ tried, misdeeds }) => [
    ...[...tried].map((name) => `It reached for ${TOLD[name as keyof typeof TOLD]} (${name}).`),
    ...[...misdeeds].map((misdeed) => MISDEEDS[misdeed]),
  ]);
}

/** What of a code's syntax tells of an attempt: it imports what it may not. */
export function sentenceOf(message: string): string | undefined {
  const named = /^Nothing can be (?:imported|exported) from ("[^"]{0,100}")/.exec(message);
  if (named !== null) return `It asked to import ${named[1]}.`;
  return message.startsWith("import() can load nothing") ? "It asked to import at run time, by import()." : undefined;
}
