import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { describeMachine } from "./machine.ts";
import { PLANS } from "./plan.ts";
import { changesText, compareWithBase } from "./pull-request.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const plan = { ...PLANS.quick, instances: 2, rounds: 1, chunk: 500, mostLead: 100, checked: 1_000 };
const options = { plan, signal: new AbortController().signal, onProgress: () => {} };

test("an engine is compared with itself in another checkout, and a new one is told of", {
  timeout: 60_000,
}, async () => {
  const manifests = [
    { name: "typescript", door: "objects" as const },
    { name: "not-there-yet", door: "binary" as const },
  ];
  const [change, fresh] = await compareWithBase(root, { ...options, manifests });
  expect(change).toMatchObject({ engine: "typescript", outcome: { ratio: expect.any(Number), instances: 2 } });
  expect(fresh).toEqual({ engine: "not-there-yet", outcome: "new: the base hasn't it" });
});

test("a folder that is no checkout is an error, which names it", async () => {
  await expect(compareWithBase("/nowhere-at-all", { ...options, manifests: [] })).rejects.toThrow("nowhere-at-all");
});

test("the summary has a row for each engine, and a reason where there is no ratio", () => {
  const outcome = { ratio: 1.234, low: 1.2, high: 1.3, verdict: "faster" as const, instances: 6 };
  const changes = [
    { engine: "a", outcome },
    { engine: "b", outcome: "not compared: its\nanswer | is wrong" },
  ];
  const text = changesText(changes, plan, describeMachine());
  expect(text).toContain("| a | 1.23 | 1.20 to 1.30 | faster |");
  expect(text).toContain("| b | | | not compared: its answer \\| is wrong |");
});
