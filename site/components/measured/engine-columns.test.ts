import { expect, test } from "vitest";
import type { Published } from "../../../engines/published/figures.ts";
import { engineColumns } from "./engine-columns.ts";
import { machineText } from "./provenance.ts";

const figure = (value: number) => ({ value, unit: "ns" as const, about: "" });

test("the fastest engine comes first, and those not measured yet last", () => {
  const figures = {
    "slow.std.submit.ns": figure(90),
    "slow.std.objects.ns": figure(5),
    "objects-only.std.objects.ns": figure(50),
    "fast.std.submit.ns": figure(10),
    "new.lines": figure(1),
  };
  const manifests = ["new", "slow", "newer", "objects-only", "fast"].map((name) => ({ name, title: name }));
  expect(engineColumns(manifests, { figures }).map(({ name, isMeasured }) => [name, isMeasured])).toEqual([
    ["fast", true],
    ["objects-only", true],
    ["slow", true],
    ["new", false],
    ["newer", false],
  ]);
});

test("the machine, the day, the commit and a draft are named", () => {
  const machine = { cpu: "A", cores: 2, memoryGiB: 4, system: "linux", commit: "abc", date: "2026-01-02" };
  const published = { machine, versions: { node: "v24.1.0" }, plan: "quick" } as unknown as Published;
  expect(machineText(published)).toBe(
    "A, 2 cores, linux, Node 24.1.0, on 2026-01-02, at commit abc, by a quick run with wide ranges.",
  );
  const elsewhere = { ...published, plan: "full" as const, machine: { ...machine, commit: null } };
  expect(machineText(elsewhere)).toBe("A, 2 cores, linux, Node 24.1.0, on 2026-01-02, at commit unknown.");
});
