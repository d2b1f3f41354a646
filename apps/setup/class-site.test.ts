import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readAssignment } from "../cli/grade/assignment-file.ts";
import { toldAssignment } from "../cli/grade/told.ts";
import { buildSiteInto } from "./site.ts";

/** What only the instructor has: each is like nothing else in the site. */
const SECRETS = [
  "314159265",
  "secret-checks",
  "a name to be kept",
  "a category to be kept",
  "what the check says",
  "student-to-be-kept",
  "2031-12-24",
];
const [SEED, FILE, NAME, CATEGORY, REASON, STUDENT, DAY] = SECRETS;

const ASSIGNMENT = {
  title: "Homework 1",
  seed: Number(SEED),
  exercises: [
    {
      slug: "prices-as-ticks",
      deadline: "2031-12-01T23:59:00+01:00",
      hidden: { file: `${FILE}.mjs`, checks: [{ name: NAME, category: CATEGORY, points: 4 }] },
    },
  ],
  extensions: { [STUDENT]: `${DAY}T12:00:00Z` },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hotpath-class-"));
  const check = `{ run: async () => ({ share: 1, reason: "${REASON}" }) }`;
  writeFileSync(join(folder, `${FILE}.mjs`), `export const checks = { "${NAME}": ${check} };\n`);
  writeFileSync(join(folder, "class.json"), JSON.stringify(ASSIGNMENT));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function secretsIn(text: string): string[] {
  return SECRETS.filter((secret) => text.includes(secret));
}

describe("the site for one class", () => {
  test("is told no seed, no student, and of hidden checks their points alone", async () => {
    const told = toldAssignment(await readAssignment(join(folder, "class.json")));
    expect(secretsIn(JSON.stringify(told))).toEqual([]);
    expect(told).toMatchObject({ title: "Homework 1", exercises: [{ points: 11, hiddenPoints: 4, share: 100 }] });
  });

  // A build takes minutes on a busy machine: `.ci/run` asks for it.
  test.runIf(process.env.HOTPATH_CLASS_SITE !== undefined)(
    "has its exercises and dates alone, and nothing that the instructor keeps",
    { timeout: 600_000 },
    async () => {
      const site = join(folder, "site");
      await buildSiteInto(site, "/", toldAssignment(await readAssignment(join(folder, "class.json"))));
      const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const leaks = files.flatMap(({ parentPath, name }) =>
        secretsIn(readFileSync(join(parentPath, name), "latin1")).map((secret) => `${name}: ${secret}`),
      );
      expect(leaks).toEqual([]);
      const page = (chapter: string) => readFileSync(join(site, chapter, "index.html"), "utf8");
      expect(page("exercises").match(/data-exercise=/g)).toHaveLength(1);
      expect(page("exercises")).toContain('datetime="2031-12-01T23:59:00+01:00"');
      expect(page("design-the-interface").match(/<hp-exercise role/g)).toHaveLength(1);
      expect(page("identify-bottlenecks")).not.toContain("<hp-exercise role");
    },
  );
});
