import { Command, CommanderError } from "commander";
import { addAssign } from "./assign.ts";
import { addBench } from "./bench.ts";
import { addConform } from "./conform.ts";
import { Failure } from "./failure.ts";
import { addGrade } from "./grade.ts";
import { addGradeWorker } from "./grade-worker.ts";
import { addGradebook } from "./gradebook.ts";
import { addNew } from "./new.ts";
import { OutputClosed } from "./output.ts";
import { addRegrade } from "./regrade.ts";
import { addReplay } from "./replay.ts";

const program = new Command("hotpath")
  .description("Matching engines, compared: the programs beside the workbook.")
  .exitOverride();

addReplay(program);
addBench(program);
addConform(program);
addNew(program);
addGrade(program);
addGradeWorker(program);
addAssign(program);
addGradebook(program);
addRegrade(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Tells the user what went wrong, in words and not as a stack. @returns the exit code */
function report(error: unknown): number {
  if (error instanceof OutputClosed) return 0;
  // Commander has told of its own errors by now, and ends with one for --help too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof Failure ? error.exitCode : 1;
}
