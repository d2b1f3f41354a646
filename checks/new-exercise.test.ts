import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { newExercise } from "../apps/cli/new/exercise.ts";
import { exerciseReport } from "./exercise-faults.ts";
import { root } from "./tree.ts";

test("what npm run new writes is a whole exercise: its starter fails, its solution passes, its mutants are caught", async () => {
  const copy = mkdtempSync(join(tmpdir(), "hotpath-new-exercise-"));
  try {
    for (const folder of ["engines", "lab"]) cpSync(join(root, folder), join(copy, folder), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
    for (const [path, text] of Object.entries(newExercise("toy-rounding", "design-the-interface").files)) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), text);
    }
    const { found, faults } = await exerciseReport(join(copy, "exercises"), undefined, ["toy-rounding"]);
    expect(faults).toEqual([]);
    expect(found).toHaveLength(1);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}, 30_000);
