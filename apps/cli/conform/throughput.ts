import { oracleSteps } from "../../../engines/conformance/differential.ts";
import { flowText } from "../../../engines/conformance/flow-text.ts";
import { COMMAND_WORDS } from "../../../engines/contract/binary.ts";
import { decodeCommand } from "../../../engines/contract/decode.ts";
import { generate } from "../../../engines/flow/flow.ts";
import { Failure } from "../failure.ts";
import type { Throughput } from "./result.ts";
import { runProgram } from "./subject.ts";

const RUNS = 3;

/**
 * Times a program on the flow `std` as text: the median of three runs, less the median of three starts without input.
 *
 * @param commands how many of the flow
 * @throws Failure where its answer is wrong: that is never timed
 */
export function throughputOf(
  [program, ...args]: readonly [string, ...string[]],
  folder: string,
  commands: number,
): Throughput {
  const words = generate("std", 1, commands);
  const sent = Array.from({ length: commands }, (_, i) => decodeCommand(words, i * COMMAND_WORDS) as object);
  const due = oracleSteps(sent, "core").flatMap(({ expected }) =>
    expected.map((event) => `${JSON.stringify(event)}\n`),
  );
  const input = flowText(sent);
  if (runProgram(program, args, folder, input) !== due.join("")) {
    throw new Failure(`${program} passes the cases, but not the flow std, so it is not timed. Run it with --deep.`);
  }
  const startMs = medianMs(() => runProgram(program, args, folder, ""));
  const wholeMs = medianMs(() => runProgram(program, args, folder, input));
  // The clock may find a run no longer than a start; what is left is then too short to tell.
  const runMs = Math.max(wholeMs - startMs, 1);
  return { commands, perSecond: Math.round((commands / runMs) * 1000) };
}

function medianMs(run: () => void): number {
  const timesMs = Array.from({ length: RUNS }, () => {
    const beginMs = performance.now();
    run();
    return performance.now() - beginMs;
  });
  return timesMs.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)];
}
