import { COMMAND_WORDS } from "../../../engines/contract/binary.ts";
import { generate } from "../../../engines/flow/flow.ts";
import { findEngine } from "../../../engines/registry.ts";
import { readArtefact } from "../../sandbox/artefacts.ts";

const COMMANDS = 50_000;
const BATCH = 256;
const ROUNDS = 5;

/** ns a command of the Rust core in this page, on the standard flow, in batches: the median of five rounds after one that warms up. */
export async function measureCore(): Promise<number> {
  const makeEngine = await findEngine("rust-wasm").load(readArtefact);
  const day = generate("std", 1, COMMANDS);
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const engine = makeEngine();
    engine.reserve(BATCH);
    const begin = performance.now();
    for (let at = 0; at < day.length; at += BATCH * COMMAND_WORDS) {
      const part = day.subarray(at, at + BATCH * COMMAND_WORDS);
      engine.commands.set(part);
      engine.submit(part.length);
    }
    if (round > 0) rounds.push(((performance.now() - begin) * 1e6) / COMMANDS);
    // The page stays alive between two rounds.
    await new Promise((resume) => setTimeout(resume));
  }
  return rounds.sort((a, b) => a - b)[(ROUNDS - 1) / 2];
}
