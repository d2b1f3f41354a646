import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAssignment } from "./assignment-file.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotpath-assignment-"));
  const check = "{ run: async () => ({ share: 1, reason: '' }) }";
  await writeFile(join(folder, "limit.mjs"), "export const LIMIT = 1;\n");
  await writeFile(
    join(folder, "hidden.mjs"),
    `import "./limit.mjs";\nexport const checks = { "far prices": ${check} };\n`,
  );
  await writeFile(join(folder, "none.mjs"), "export const other = 1;\n");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const exercise = { slug: "prices-as-ticks" };
const hidden = { file: "hidden.mjs", checks: [{ name: "far prices", category: "edge cases", points: 2 }] };
const least = { title: "Homework", seed: 7, exercises: [exercise] };

async function read(data: unknown) {
  const path = join(folder, "class.json");
  await writeFile(path, typeof data === "string" ? data : JSON.stringify(data));
  return readAssignment(path, "class.json");
}

describe("an assignment's file", () => {
  test("is read with what it leaves out", async () => {
    const { assignment, exercises } = await read(least);
    expect(assignment).toMatchObject({
      title: "Homework",
      seed: 7,
      exercises: [{ slug: "prices-as-ticks", weight: 1 }],
      late: { keep: "best", penaltyPerDay: 0 },
      extensions: {},
    });
    expect(exercises[0].manifest.title).not.toBe("");
  });

  test("finds hidden checks from its own folder, and takes them for correctness", async () => {
    const { assignment } = await read({ ...least, exercises: [{ ...exercise, hidden }] });
    expect(assignment.exercises[0].hidden).toEqual({
      file: join(folder, "hidden.mjs"),
      checks: [{ ...hidden.checks[0], credit: "correctness" }],
    });
  });

  test("has the same hash each time, and another one for other hidden checks, also in a file that they import", async () => {
    const data = { ...least, exercises: [{ ...exercise, hidden }] };
    const { hash } = (await read(data)).assignment;
    expect((await read(data)).assignment.hash).toBe(hash);
    await writeFile(join(folder, "limit.mjs"), "export const LIMIT = 2;\n");
    expect((await read(data)).assignment.hash).not.toBe(hash);
  });

  test("keeps an exercise's hash where only dates change, and gives another one for another seed", async () => {
    const hashOf = async (change: object) => (await read({ ...least, ...change })).assignment.exercises[0].hash;
    const hash = await hashOf({});
    expect(await hashOf({ extensions: { grace: "2026-12-01T12:00:00Z" } })).toBe(hash);
    expect(await hashOf({ seed: 8 })).not.toBe(hash);
  });

  test.each([
    ["{", "class.json: it is not JSON"],
    [[], "class.json: the whole:"],
    [{ ...least, exercises: [] }, "exercises: must list at least one exercise."],
    [{ ...least, seed: -1 }, "seed: must be at least 0."],
    [{ ...least, seed: 2 ** 32 }, "seed: must be at most 4294967295."],
    [{ ...least, titel: 1 }, 'the whole: it has no field "titel". Remove it, or mend its spelling.'],
    [{ ...least, exercises: [{ slug: "no-such" }] }, 'exercises.0.slug: there is no exercise "no-such". There are:'],
    [{ ...least, exercises: [{ slug: "../engines" }] }, 'exercises.0.slug: there is no exercise "../engines".'],
    [{ ...least, exercises: [exercise, exercise] }, 'exercises.1.slug: "prices-as-ticks" stands there twice.'],
    [{ ...least, exercises: [{ ...exercise, weight: 0 }] }, "exercises.0.weight: must be above 0."],
    [
      { ...least, exercises: [{ ...exercise, deadline: "2026-12-01" }] },
      "exercises.0.deadline: must be a date, a time",
    ],
    [{ ...least, exercises: [{ ...exercise, deadline: "2026-12-01T12:00:00" }] }, "and its offset, such as"],
    [{ ...least, late: { penaltyPerDay: 10 } }, "late.penaltyPerDay: must be a share from 0 to 1"],
    [{ ...least, late: { keep: "worst" } }, "late.keep:"],
    [{ ...least, extensions: { grace: "tomorrow" } }, "extensions.grace: must be a date"],
    [
      { ...least, exercises: [{ ...exercise, hidden: { ...hidden, file: "gone.ts" } }] },
      "exercises.0.hidden.file: there is no such file.",
    ],
    [
      { ...least, exercises: [{ ...exercise, hidden: { ...hidden, file: "none.mjs" } }] },
      "exercises.0.hidden.file: it exports no checks.",
    ],
    [
      {
        ...least,
        exercises: [{ ...exercise, hidden: { ...hidden, checks: [{ ...hidden.checks[0], name: "near" }] } }],
      },
      'exercises.0.hidden.checks.0.name: its file exports no check "near". It has: far prices.',
    ],
    [
      { ...least, exercises: [{ ...exercise, hidden: { ...hidden, checks: [hidden.checks[0], hidden.checks[0]] } }] },
      'exercises.0.hidden.checks.1.name: "far prices" stands there twice.',
    ],
  ])("%j is refused with its field and a remedy", async (data, message) => {
    await expect(read(data)).rejects.toThrow(message);
  });

  test("tells of all that is wrong at once", async () => {
    await expect(read({ title: "", seed: 0.5, exercises: [exercise] })).rejects.toThrow(/title: .*\n.*seed: /);
  });

  test("that is not there is named as the user named it", async () => {
    await expect(readAssignment(join(folder, "gone.json"), "gone.json")).rejects.toThrow("gone.json: there is no such");
  });
});
