import { resolve } from "node:path";
import type { Command } from "commander";
import { callersFolder } from "./callers-folder.ts";
import { readAssignment } from "./grade/assignment-file.ts";
import { readable } from "./grade/give/readable.ts";
import { toldAssignment, toldText } from "./grade/told.ts";
import { Output } from "./output.ts";

/** Adds the command `assign`: checks a class's assignment, and shows what the class is told. */
export function addAssign(program: Command): void {
  program
    .command("assign")
    .summary("check a class's assignment, and print what students are told")
    .description(
      "Checks an assignment's file: its fields, its exercises, and its hidden checks, which are loaded. Then prints what students get: exercises, points, shares, deadlines, late policy; never the seed, nor a hidden check's name.",
    )
    .argument("<class.json>", "the assignment's file")
    .addHelpText("after", EXAMPLES)
    .action(assign);
}

const EXAMPLES = `
Examples:
  npm run hotpath -- assign class.json
  npm run hotpath -- assign class.json > homework-1.md

The file:
  {
    "title": "Homework 1",
    "seed": 20261201,
    "exercises": [
      {
        "slug": "prices-as-ticks", "weight": 2, "deadline": "2026-12-01T23:59:00+01:00",
        "hidden": {
          "file": "hidden/prices.ts",
          "checks": [{ "name": "ticks of a thousandth", "category": "edge cases", "points": 3 }]
        }
      }
    ],
    "late": { "keep": "best", "penaltyPerDay": 0.1, "maxDays": 3 },
    "extensions": { "student-03": "2026-12-03T23:59:00+01:00" }
  }
  keep: "best", "last" or "last-before-deadline". Times need their offset from UTC. Paths are meant from the file's folder.
  A weight is 1 where none is given, and a hidden check's "credit" is "correctness".

Exit codes: 0 the assignment is right; 1 it isn't, or can't be read; 2 a wrong command line.`;

async function assign(file: string): Promise<void> {
  const read = await readAssignment(resolve(callersFolder("assign"), file), file);
  await new Output(process.stdout).write(readable(toldText(toldAssignment(read)), 1_000_000));
  const { exercises, extensions } = read.assignment;
  const hidden = exercises.reduce((count, exercise) => count + (exercise.hidden?.checks.length ?? 0), 0);
  process.stderr.write(
    `${file} is right: exercises ${exercises.length}, hidden checks ${hidden}, extensions ${Object.keys(extensions).length}.\n`,
  );
}
