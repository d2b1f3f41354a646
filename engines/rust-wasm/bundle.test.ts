import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { build } from "vite";
import { expect, test } from "vitest";
import type { EngineEvent } from "../contract/events.ts";

test("bundled as a classic script, it runs where there is nothing but JavaScript and WebAssembly", async () => {
  const result = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL("engine.ts", import.meta.url)), formats: ["iife"], name: "rustWasm" },
    },
  });
  const [{ output }] = result as Extract<typeof result, unknown[]>;
  expect(output).toHaveLength(1);
  const readArtefact = async (path: string) =>
    new Uint8Array(await readFile(new URL(`../../${path}`, import.meta.url)));
  const events = await runInNewContext(
    `${output[0].code};
    rustWasm.load(readArtefact).then((create) => create().addOrder({ id: 1, side: "buy", price: 100, size: 5 }))`,
    { WebAssembly, readArtefact },
  );
  expect(JSON.parse(JSON.stringify(events)) as EngineEvent[]).toEqual([{ event: "accepted", id: 1 }]);
});
