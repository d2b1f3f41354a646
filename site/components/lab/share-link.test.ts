import { deflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readShareFragment, type SharedRun, shareFragment } from "./share-link.ts";

const run: SharedRun = {
  lab: "market-maker",
  files: { "market-maker.ts": "export default { onBook() {} }; // größer als 0 €\n" },
  engines: ["typescript", "rust-wasm"],
  settings: {
    seed: 7,
    profile: "bursts",
    orders: 100_000,
    latencyNs: 5000,
    fees: { makerTicks: -0.1, takerTicks: 0.3 },
  },
  hash: "0123456789abcdef",
};
const linkTo = (value: unknown): string => `#run=1.${deflateRawSync(JSON.stringify(value)).toString("base64url")}`;

describe("a link", () => {
  test("gives back any code, name for name and letter for letter", { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 300 }), fc.nat(), async (code, seed) => {
        const sent = { ...run, files: { "a.ts": code.toWellFormed() }, settings: { ...run.settings, seed } };
        expect(await readShareFragment(await shareFragment(sent))).toEqual(sent);
      }),
      { numRuns: 15 },
    );
  });

  test("works without a hash, a latency and fees", async () => {
    const { hash: _, ...rest } = run;
    const plain = { ...rest, settings: { seed: 0, profile: "std", orders: 1000 } };
    expect(await readShareFragment(await shareFragment(plain))).toEqual(plain);
  });

  test("that is too long is not made", async () => {
    const noise = Array.from({ length: 200_000 }, (_, i) =>
      String.fromCharCode(33 + ((i * 7919 + ((i * i) >> 3)) % 90)),
    ).join("");
    const code = Array.from({ length: 3 }, (_, i) => noise.slice(i * 997)).join(String(Math.sqrt(2)));
    const long =
      Array.from({ length: 60_000 }, (_, i) => Math.sin(i).toString(36))
        .join("")
        .slice(0, 450_000) + code;
    await expect(shareFragment({ ...run, files: { "a.ts": long } })).rejects.toThrow(/too long for a link/);
  });
});

describe("a link is refused, and says why,", () => {
  test.each<[string, string, RegExp]>([
    ["where it was cut off", "#run=1.q1bKLUpUsgIA", /not whole/],
    ["where it holds other letters", "#run=1.<script>", /not whole/],
    ["where it holds nothing", "#run=1.", /not whole/],
    ["where it is of another version", "#run=2.abc", /version 2/],
    ["where it is far too long", `#run=1.${"A".repeat(100_000)}`, /longer than any/],
    ["where it unpacks to far more", linkTo({ ...run, files: { a: "x".repeat(5_000_000) } }), /more than a lab takes/],
    ["where a seed is none", linkTo({ ...run, settings: { ...run.settings, seed: -1 } }), /not whole/],
    ["where it asks for too many orders", linkTo({ ...run, settings: { ...run.settings, orders: 1e9 } }), /not whole/],
    ["where it has a key too many", linkTo({ ...run, html: "<b>" }), /not whole/],
    ["where a hash is a text", linkTo({ ...run, hash: "<img src=x>" }), /not whole/],
    ["where it has no file", linkTo({ ...run, files: {} }), /not whole/],
  ])("%s", async (_, link, message) => {
    await expect(readShareFragment(link)).rejects.toThrow(message);
  });
});
