import { randomUUID } from "node:crypto";
import type { Made } from "./made.ts";

/** A new exercise, small and whole: it passes its checks as it is, to be changed bit by bit. */
export function newExercise(slug: string, chapter: string): Made {
  const manifest = {
    id: randomUUID(),
    title: "Round to the tick",
    chapter,
    kind: "code",
    minutes: 10,
    checks: [{ name: "rounds to the tick", points: 1, credit: "correctness" }],
    limits: { timeMs: 1000, memoryMiB: 256 },
    prerequisites: [],
  };
  const folder = `exercises/${slug}`;
  // The formatter writes short lists and objects on one line.
  const text = `${JSON.stringify(manifest, null, 2)
    .replace(/\{\s+("name".*),\s+("points".*),\s+("credit".*)\s+\}/, "{ $1, $2, $3 }")
    .replace(/\[\s+(\{ "name".*\})\s+\]/, "[$1]")
    .replace(/\{\s+("timeMs".*),\s+("memoryMiB".*)\s+\}/, "{ $1, $2 }")}\n`;
  return {
    files: {
      [`${folder}/exercise.json`]: text,
      [`${folder}/brief.mdx`]: BRIEF,
      [`${folder}/hints.md`]: HINTS,
      [`${folder}/starter.ts`]: `/** The nearest price on a tick of five, both in cents; the higher one where two are as near. */\n${rounding("cents")}`,
      [`${folder}/solution.ts`]: rounding("Math.round(cents / TICK) * TICK"),
      [`${folder}/mutants/rounds-down.ts`]: mutant("Math.floor(cents / TICK) * TICK"),
      [`${folder}/mutants/rounds-up.ts`]: mutant("Math.ceil(cents / TICK) * TICK"),
      [`${folder}/mutants/gives-ticks.ts`]: mutant("Math.round(cents / TICK)"),
      [`${folder}/checks.ts`]: CHECKS,
    },
    changed: {},
    check: ["checks/exercises.ts", slug],
    next: `Show it in chapters/${chapter}/index.mdx by <Exercise slug="${slug}" />, then change it bit by bit: exercises/README.md says how, npm run check:exercises -- ${slug} whether it still holds.`,
  };
}

function rounding(value: string): string {
  const tick = value.includes("TICK") ? "const TICK = 5;\n\n" : "";
  return `${tick}export function toTick(cents: number): number {\n  return ${value};\n}\n`;
}

function mutant(value: string): string {
  return `// Caught by: rounds to the tick\n${rounding(value)}`;
}

const BRIEF = `A price comes in cents, and the market trades in ticks of five. Write \`toTick(cents)\`: the nearest price on a tick, in cents.

| check | points | what it asks |
| --- | --- | --- |
| rounds to the tick | 1 | the nearest tick of any price |
`;

const HINTS = `## How far is it?

How many ticks is the price, and what is left over?

## Count in ticks

Divide, round, and multiply again.
`;

const CHECKS = `import type { Checks } from "../../lab/grade/check.ts";
import { property } from "../../lab/grade/property.ts";
import { show, showCall } from "../../lab/grade/show.ts";
import { shrinkInteger } from "../../lab/grade/shrink.ts";

export const checks: Checks = {
  "rounds to the tick": property<number>({
    cases: 30,
    passed: "Every price is on its nearest tick.",
    generate: (draws) => draws.integer(1, 10_000_000),
    async judge(learner, cents) {
      const got = await learner.call("toTick", cents);
      const nearest = Math.round(cents / 5) * 5;
      if (got === nearest) return undefined;
      return {
        input: showCall("toTick", cents),
        expected: String(nearest),
        got: show(got),
        reason: "Another tick is nearer.",
      };
    },
    show: (cents) => showCall("toTick", cents),
    shrink: (cents) => shrinkInteger(cents, 1),
  }),
};
`;
