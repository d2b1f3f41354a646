import { describe, expect, test } from "vitest";
import { listEngines } from "../engines/registry.ts";
import { staleFigures, warningText } from "./stale-figures.ts";

const manifests = listEngines()
  .map(({ manifest }) => manifest)
  .slice(0, 2);
const [first, second] = manifests;
const measured = (sources: string) => ({ title: "", language: "", sources });

function published(engines: Record<string, ReturnType<typeof measured>>) {
  return { engines, machine: { date: "2026-01-02" } } as Parameters<typeof staleFigures>[0];
}

describe("the published figures", () => {
  test("of engines as they are now give no warning", () => {
    const engines = { [first.name]: measured("now"), [second.name]: measured("now") };
    expect(staleFigures(published(engines), manifests, () => "now")).toEqual([]);
  });

  test("warn of an engine that changed, and of one that they lack", () => {
    expect(staleFigures(published({ [first.name]: measured("then") }), manifests, () => "now")).toEqual([
      `${first.name} has changed since its figures were published on 2026-01-02`,
      `${second.name} has no published figures yet`,
    ]);
  });

  test("have a hash of the real sources to be compared with", () => {
    const engines = { [first.name]: measured("then"), [second.name]: measured("then") };
    expect(staleFigures(published(engines), manifests)).toHaveLength(2);
  });
});

test("a warning says what renews them, and on GitHub stands at the file", () => {
  expect(warningText("x has changed", false)).toBe("warning: x has changed: npm run bench -- --publish");
  expect(warningText("x has changed", true)).toMatch(/^::warning file=engines\/published\/published\.json::x has/);
});
