import { join } from "node:path";
import { expect, test } from "vitest";
import type { CreateEngine, MatchingEngine } from "../../engines/contract/engine.ts";
import { load as loadCpp } from "../../engines/cpp-wasm/engine.ts";
import { load as loadTypescript } from "../../engines/typescript/engine.ts";
import { BOOK as CPP } from "./cpp.ts";
import { haveSameEvents, type LoadEngine } from "./same-events.ts";

const built = join(CPP.folder, "pkg", CPP.output);
const ownText = join(CPP.folder, "engine.json");

/** The built file as it is; any other file as `createOther` has it. */
function loading(createOther: CreateEngine): LoadEngine {
  return async (readArtefact) => {
    const bytes = await readArtefact("");
    const isWasm = bytes[0] === 0;
    return isWasm ? await loadCpp(async () => bytes) : createOther;
  };
}

test("two built files that answer alike have the same events, whatever is in them", async () => {
  const createTypescript = await loadTypescript(async () => new Uint8Array());
  expect(await haveSameEvents(loading(createTypescript), built, ownText)).toBe(true);
});

test("one event that is not told makes them others", async () => {
  const createTypescript = await loadTypescript(async () => new Uint8Array());
  const withoutOne = (): MatchingEngine => {
    const engine = createTypescript();
    const submit = engine.submit.bind(engine);
    let batches = 0;
    engine.submit = (words) => submit(words) - (++batches === 200 ? 5 : 0);
    return engine;
  };
  expect(await haveSameEvents(loading(withoutOne), built, ownText)).toBe(false);
});
