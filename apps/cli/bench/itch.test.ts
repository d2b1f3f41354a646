import { describe, expect, test } from "vitest";
import { enginesFor, type ItchRequest, ItchTeam, makeDay, measureItch } from "./itch.ts";
import { PLANS } from "./plan.ts";
import { reportText } from "./report.ts";
import { ITCH, runBench } from "./run.ts";

const plan = {
  ...PLANS.quick,
  ...{ instances: 2, rounds: 2, itchWarmUps: 2, itchMessages: 3000, itchChecked: 1000, itchInstances: 2 },
};
const request: ItchRequest = {
  ...{ engines: [], seed: 5, plan },
  ...{ signal: new AbortController().signal, onProgress: () => {} },
};

describe("the bench of recorded markets", () => {
  test("times the reading alone, and each engine of level full", async () => {
    const { speeds, messages, checkedMessages, eventHash } = await measureItch(request);
    expect(speeds.map(({ engine }) => engine)).toEqual([null, ...enginesFor([])]);
    for (const { cpuNs, wallNs } of speeds) {
      expect(cpuNs).toBeGreaterThan(0);
      expect(wallNs).toBeGreaterThan(0);
    }
    expect([messages, checkedMessages]).toEqual([3000, 1000]);
    expect(eventHash).toMatch(/^[0-9a-f]{16}$/);
  }, 60_000);

  test("times no engine whose events or book are wrong", async () => {
    const engines = ["typescript"];
    const { day, book } = makeDay(request);
    const wrongBook = new ItchTeam({ ...request, engines }, { day, book: { ...book, bids: [] } });
    await wrongBook.askOracle();
    await expect(wrongBook.start()).rejects.toThrow(
      "typescript gave a wrong answer on an ITCH day with seed 5: its book",
    );
    await wrongBook.end();
    const wrongEvents = new ItchTeam({ ...request, engines }, { day, book });
    await expect(wrongEvents.start()).rejects.toThrow("its events");
    await wrongEvents.end();
  }, 60_000);

  test("is in the report where it is asked for by name", async () => {
    const { engines, against, profiles } = { engines: ["typescript"], against: [], profiles: [ITCH] };
    const result = await runBench({ ...request, engines, against, profiles });
    const report = reportText(result);
    expect(report).toContain("ITCH 5.0, a made-up day of one stock: 3,000 messages");
    expect(report).toMatch(/^reading alone.*\nand typescript /m);
    expect(result.profiles).toEqual([]);
  }, 60_000);
});
