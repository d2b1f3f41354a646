import type { Level } from "../../../engines/contract/engine.ts";
import { failureText } from "./check.ts";
import { HOSTILE_RECORDS } from "./records.ts";
import type { Asked, ConformFailure, ConformResult, LevelTally } from "./result.ts";

/** A result for a terminal. @param replayCommand what runs the failing commands again; none where nothing failed */
export function resultText(result: ConformResult, replayCommand?: string): string {
  const lines = [`${result.subject}, held to level ${result.level}`];
  for (const tally of result.tallies) lines.push(`  ${tally.level.padEnd(9)} ${tallyText(tally)}`);
  for (const { name, why } of result.tallies.flatMap(({ admitted }) => admitted)) {
    lines.push(`  left out: ${name} (${why})`);
  }
  if (result.deepCommands !== undefined) lines.push(`  ${deepText(result)}`);
  if (result.throughput !== undefined) lines.push(`  ${throughputText(result)}`);
  const { failure } = result;
  if (failure === undefined) lines.push("It conforms.");
  else {
    lines.push(
      "",
      `First failure: ${failure.name}`,
      failure.text,
      "",
      `The ${failure.records ? "records" : "commands"}:`,
      failureText(failure).trimEnd(),
    );
    if (replayCommand !== undefined) lines.push("", `Again: ${replayCommand}`);
  }
  return `${lines.join("\n")}\n`;
}

/** A result in Markdown, to paste into a pull request. @param machine Node's version and the system, in words */
export function resultMarkdown(result: ConformResult, machine: string): string {
  const { failure } = result;
  const lines = [
    `### \`${result.subject}\`: ${failure === undefined ? `conforms at level \`${result.level}\`` : "does not conform"}`,
    "",
    "| level | passed | failed | not tried | left out |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...result.tallies.map(
      (each) => `| ${each.level} | ${each.passed} | ${each.failed} | ${each.untried} | ${each.admitted.length} |`,
    ),
    "",
  ];
  for (const { name, why } of result.tallies.flatMap(({ admitted }) => admitted)) {
    lines.push(`- left out: ${name} (${why})`);
  }
  if (result.deepCommands !== undefined) lines.push(`- ${deepText(result)}`);
  if (result.throughput !== undefined) lines.push(`- ${throughputText(result)}`);
  lines.push(`- ${machine}`);
  if (failure !== undefined) {
    const text = `${failure.text}\n\n${failureText(failure)}`;
    lines.push(
      "",
      `First failure: ${failure.name}`,
      "",
      ...text
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`),
    );
  }
  return `${lines.join("\n")}\n`;
}

function tallyText({ passed, failed, untried, admitted }: LevelTally): string {
  const parts = [`${passed} passed`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (untried > 0) parts.push(`${untried} not tried after these`);
  if (admitted.length > 0) parts.push(`${admitted.length} left out by its manifest`);
  return parts.join(", ");
}

function deepText({ deepCommands, deepRecords, seed }: ConformResult): string {
  const records = deepRecords === undefined ? "" : ` and ${deepRecords.toLocaleString("en")} hostile records`;
  return `agrees with the oracle on ${deepCommands?.toLocaleString("en")} hostile commands${records}, seed ${seed}`;
}

function throughputText({ throughput }: ConformResult): string {
  return `${throughput?.perSecond.toLocaleString("en")} commands/s through the text form, on ${throughput?.commands.toLocaleString("en")} of the flow std`;
}

/** What runs again what failed on records, which no file of commands can hold. */
export function recordsCommandOf(engine: string, level: Level, { name }: ConformFailure, seed: number): string {
  const isHostile = name.startsWith(HOSTILE_RECORDS);
  return `npm run --silent conform -- --engine ${engine} --level ${level}${isHostile ? ` --deep --seed ${seed}` : ""}`;
}

/** What runs a file of commands again. */
export function replayCommandOf(asked: Asked, file: string, platform: NodeJS.Platform): string {
  if ("engine" in asked) return `npm run --silent replay -- --engine ${asked.engine} "${file}"`;
  const program = asked.command.map((word) => (/[\s'"]/.test(word) ? `"${word}"` : word)).join(" ");
  return platform === "win32" ? `Get-Content "${file}" | ${program}` : `${program} < "${file}"`;
}
