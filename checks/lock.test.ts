import { describe, expect, test } from "vitest";
import { completeLock, type Lock, lockedPlatform, missingPackages } from "./lock.ts";
import { readProjectFile } from "./tree.ts";

describe("package-lock.json", () => {
  const text = readProjectFile("package-lock.json");
  const lock = JSON.parse(text) as Lock;

  test("holds the native packages of every platform; else run: node checks/lock.ts", () => {
    expect(missingPackages(lock)).toEqual([]);
  });

  test("names no registry's address, so that any registry serves", () => {
    expect(text).not.toContain('"resolved"');
  });
});

describe("completing a lock", () => {
  const wanting = { dev: true, optionalDependencies: { "@a/linux-x64-musl": "1.0.0", "@a/windows-arm64": "1.0.0" } };

  test("adds what a package wants, with its platform", () => {
    const lock = completeLock({ packages: { "": {}, "node_modules/a": wanting } });
    expect(lock.packages["node_modules/@a/linux-x64-musl"]).toEqual({
      version: "1.0.0",
      cpu: ["x64"],
      dev: true,
      libc: ["musl"],
      optional: true,
      os: ["linux"],
    });
    expect(lock.packages["node_modules/@a/windows-arm64"].os).toEqual(["win32"]);
    expect(missingPackages(lock)).toEqual([]);
  });

  test("finds a package that is nested in the one that wants it", () => {
    const nested = { version: "1.0.0" };
    const packages = {
      "node_modules/b/node_modules/a": wanting,
      "node_modules/b/node_modules/@a/linux-x64-musl": nested,
      "node_modules/@a/windows-arm64": nested,
    };
    expect(missingPackages({ packages })).toEqual([]);
  });

  test("refuses a name that tells no platform", () => {
    expect(() => lockedPlatform("fsevents", "2.3.3", true)).toThrow("fsevents@2.3.3");
  });
});
