import { describe, expect, test } from "vitest";
import { PROFILES } from "../../../engines/flow/profiles.ts";
import { listEngines } from "../../../engines/registry.ts";
import { chartHtml, chartSvg } from "./chart.ts";
import { type MeasureRequest, measureProfile } from "./measure.ts";
import { type BenchPlan, PLANS } from "./plan.ts";
import { type BenchResult, reportText } from "./report.ts";
import { ITCH, LIVE_ORDERS, runBench } from "./run.ts";
import { PEER, type Subject, subjectsFor } from "./subject.ts";
import { askOracle, Team } from "./team.ts";
import type { Outcome } from "./work.ts";
import { Stopped } from "./worker-client.ts";

/** The whole bench, as small as it can be. */
const TINY: BenchPlan = {
  instances: 2,
  rounds: 2,
  chunk: 600,
  mostLead: 100,
  batch: 64,
  warmUp: { leastMs: 0, mostMs: 1 },
  checked: 2000,
  singles: 400,
  liveOrders: [100, 300],
  liveOrdersInstances: 1,
  itchMessages: 3000,
  itchChecked: 1000,
  itchInstances: 2,
  itchWarmUps: 2,
};

const oneEngine: MeasureRequest = {
  name: "std",
  profile: PROFILES.std,
  seed: 1,
  plan: TINY,
  subjects: [{ engine: "typescript-ladder", door: "submit" }],
  baselines: [],
  singles: false,
  signal: new AbortController().signal,
  onProgress: () => {},
};

/** Each start of a Python takes seconds, and the bench starts every subject anew: `.ci/run` measures it too. */
const engines = listEngines()
  .map(({ manifest }) => manifest)
  .filter(({ downloadMiB }) => downloadMiB === undefined || process.env.HOTPATH_HEAVY === "1")
  .map(({ name }) => name);
const subjectNames = [...engines, PEER];

const quiet = { signal: new AbortController().signal, onProgress: () => {} };
const everything = { engines: [], against: [PEER, "typescript"], profiles: [], seed: 3, plan: TINY, ...quiet };

/** The lines of a report that tell of an engine. */
function rowsOf(report: string, engine: string): string[] {
  return report.split("\n").filter((line) => line.startsWith(engine));
}

describe("the bench", async () => {
  const result: BenchResult = await runBench({
    ...everything,
    engines: subjectNames,
    profiles: ["std", "full", LIVE_ORDERS],
  });

  test("measures every engine by both doors, and the peer, on every profile that they can run", () => {
    expect(result.profiles.map(({ profile }) => profile)).toEqual(["std", "full"]);
    for (const { profile, subjects } of result.profiles) {
      expect(subjects.map(({ engine, door }) => `${engine} ${door}`)).toEqual(
        subjectsFor(PROFILES[profile as keyof typeof PROFILES], subjectNames).map(
          ({ engine, door }) => `${engine} ${door}`,
        ),
      );
    }
    expect(result.profiles[0].subjects).toHaveLength(2 * engines.length + 1);
  });

  test("gives times above 0 and a comparison with each baseline but itself", () => {
    for (const { subjects, baselines } of result.profiles) {
      for (const { engine, door, cpuNs, wallNs, against } of subjects) {
        expect(cpuNs).toBeGreaterThan(0);
        expect(wallNs).toBeGreaterThan(0);
        baselines.forEach((baseline, i) => {
          const isItself = baseline.engine === engine && baseline.door === door;
          expect(against[i] === null).toBe(isItself);
          if (against[i] !== null) expect(against[i].low).toBeLessThanOrEqual(against[i].high);
        });
      }
    }
  });

  test("times single commands by their kind, and the clock beside them", () => {
    for (const { profile, subjects } of result.profiles) {
      for (const { singles } of subjects) {
        const { all, clock, ...kinds } = singles;
        const counted = Object.values(kinds).reduce((sum, { count }) => sum + count, 0);
        expect(counted).toBe(all?.count);
        expect(clock?.count).toBe(all?.count);
        expect(Object.keys(kinds).includes("replace")).toBe(profile === "full");
      }
    }
  });

  test("measures the cost at each number of live orders, and says what it left out", () => {
    expect(result.liveOrders.map(({ engine }) => engine)).toEqual(subjectNames);
    for (const { points, leftOut } of result.liveOrders) expect(points.length + leftOut.length).toBe(2);
  });

  test("begins with a control: one engine against itself", () => {
    expect(result.control).toMatchObject({ engine: engines[0], profile: "std", instances: 2 });
  });

  test("the report has a row for each subject, and what was compared", () => {
    const report = reportText(result);
    for (const engine of engines) expect(rowsOf(report, engine).length).toBeGreaterThanOrEqual(result.profiles.length);
    for (const { eventHash } of result.profiles) expect(report).toContain(eventHash);
    expect(report).toContain("A/A control");
  });

  test("the drawings are whole, and have a bar for each subject and a line for each engine", () => {
    const svg = chartSvg(result);
    const subjects = result.profiles.reduce((sum, { subjects: each }) => sum + each.length, 0);
    expect(svg.match(/<rect x=/g)).toHaveLength(subjects);
    expect(svg.match(/stroke-width="2.5"/g)).toHaveLength(engines.length + 1);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(chartHtml(result)).toContain(svg);
  });

  test("all that it found can be written as JSON", () => {
    expect(JSON.parse(JSON.stringify(result)).profiles).toHaveLength(2);
  });
}, 120_000);

describe("what is asked of the bench", () => {
  test("an engine by name is measured with its baseline alone", async () => {
    const request = { ...everything, engines: ["typescript-ladder"], against: ["typescript"], profiles: ["std"] };
    const { profiles, liveOrders } = await runBench(request);
    expect(profiles).toHaveLength(1);
    expect(new Set(profiles[0].subjects.map(({ engine }) => engine))).toEqual(
      new Set(["typescript", "typescript-ladder"]),
    );
    expect(liveOrders).toEqual([]);
  }, 60_000);

  test("the flow that is held to limits runs through both doors", async () => {
    const request = { ...everything, engines: ["typescript-ladder"], against: ["typescript"], profiles: ["risk"] };
    const { profiles } = await runBench(request);
    expect(profiles.map(({ profile }) => profile)).toEqual(["risk"]);
    expect(new Set(profiles[0].subjects.map(({ door }) => door))).toEqual(new Set(["submit", "objects"]));
  }, 60_000);

  test("what lies beyond the level of all that is named is left out, and said to be", async () => {
    const profiles = ["risk", "full", ITCH];
    const result = await runBench({ ...everything, engines: [PEER], against: ["typescript"], profiles });
    expect(result).toMatchObject({ profiles: [], itch: null, leftOut: profiles });
    expect(reportText(result)).toContain("Left out, beyond the level of what is measured: risk, full, itch");
  });

  test("live orders alone measures no profile", async () => {
    const { profiles, liveOrders } = await runBench({
      ...everything,
      engines: ["typescript"],
      profiles: [LIVE_ORDERS],
    });
    expect(profiles).toEqual([]);
    expect(liveOrders.map(({ engine }) => engine)).toEqual(["typescript", PEER]);
  }, 60_000);

  test("a signal stops it, and no worker goes on", async () => {
    const stopping = new AbortController();
    const request = { ...everything, plan: PLANS.full, signal: stopping.signal, profiles: ["std"] };
    const stopped = runBench({
      ...request,
      onProgress: (what) => {
        if (what.includes("instance 1")) setTimeout(() => stopping.abort(new Stopped()), 50);
      },
    });
    await expect(stopped).rejects.toThrow(Stopped);
  }, 60_000);

  test("an engine that there is not is an error that lists them", async () => {
    const subjects: Subject[] = [{ engine: "no-such-engine", door: "submit" }];
    await expect(measureProfile({ ...oneEngine, subjects })).rejects.toThrow(
      /no-such-engine by submit failed: There is no/,
    );
  }, 60_000);
});

describe("a wrong answer is not timed", async () => {
  const expected = await askOracle(oneEngine);
  const right = expected.outcomes.get("submit") as Outcome;

  test.each([
    ["other events", { ...right, eventHash: "0123456789abcdef" }, /gave a wrong answer on std with seed 1: the hash/],
    ["another number of fills", { ...right, fills: right.fills + 1 }, /its fills, \d+ of \d+ lots and not/],
    ["another volume", { ...right, volume: right.volume - 1 }, /its fills, \d+ of \d+ lots and not/],
  ])(
    "where the oracle has %s",
    async (_, outcome, message) => {
      const team = new Team(oneEngine, { ...expected, outcomes: new Map([["submit", outcome]]) });
      await expect(team.start()).rejects.toThrow(message);
      await team.end();
    },
    60_000,
  );

  test("where the oracle has another book at the end", async () => {
    const team = new Team(oneEngine, { ...expected, books: new Map([["submit", "99999 1"]]) });
    await team.start();
    for (let round = 0; round < TINY.rounds; round++) await team.workers[0].ask({ ask: "round" });
    await expect(team.finish(false)).rejects.toThrow(/its book after the timed commands/);
    await team.end();
  }, 60_000);
});
