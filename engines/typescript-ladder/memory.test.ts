import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

describe("the memory of a book", async () => {
  const probe = fileURLToPath(new URL("memory.probe.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", probe]);
  const heldMiB = JSON.parse(stdout) as Record<"empty" | "dense" | "spreadIds" | "spreadIdsAndPrices", number>;

  test("is small while it is empty", () => expect(heldMiB.empty).toBeLessThan(24));

  test("is below 160 MiB with a million live orders", () => expect(heldMiB.dense).toBeLessThan(160));

  test("depends little on how ids are spread", () => {
    expect(heldMiB.spreadIds).toBeLessThan(2 * heldMiB.dense);
  });

  test("is below 160 MiB with each of a million orders at a price of its own", () => {
    expect(heldMiB.spreadIdsAndPrices).toBeLessThan(160);
  });
});
