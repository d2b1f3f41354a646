import { expect, test } from "vitest";
import { NATIVES } from "../apps/cli/bench/native.ts";
import { PEER } from "../apps/cli/bench/subject.ts";
import { publishedNumbers } from "../engines/published/figures.ts";
import { listEngines } from "../engines/registry.ts";

const published = publishedNumbers();
const manifests = listEngines().map(({ manifest }) => manifest);

test("every published figure is of something that there is", () => {
  const names = new Set([...manifests.map(({ name }) => name), PEER, ...NATIVES, "reading", "control"]);
  const gone = Object.keys(published.figures).filter((key) => !names.has(key.split(".")[0]));
  expect(gone, "engines/published/published.json: publish again, npm run bench -- --publish").toEqual([]);
});

test("every published figure is a number with a range around it", () => {
  const faulty = Object.entries(published.figures).filter(([, { value, low = value, high = value, unit }]) => {
    // The median ratio and the interval around the mean of its logarithms need not hold one another.
    const around = unit === "times" ? low <= high : low <= value && value <= high;
    return !Number.isFinite(value) || value < 0 || !around;
  });
  expect(faulty).toEqual([]);
});

/** A change of theirs is no failure: `checks/stale-figures.ts` warns of it. */
test("the published figures say of which source they are", () => {
  for (const { sources } of Object.values(published.engines)) expect(sources).toMatch(/^[0-9a-f]{64}$/);
});
