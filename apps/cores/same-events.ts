/** What another compiler made has other bytes. What it answers must be the same. */

import { readFileSync } from "node:fs";
import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { CreateEngine, ReadArtefact } from "../../engines/contract/engine.ts";
import { EventHash } from "../../engines/contract/hash.ts";
import { generate } from "../../engines/flow/flow.ts";

/** How an engine makes books of its built file. */
export type LoadEngine = (readArtefact: ReadArtefact) => Promise<CreateEngine>;

/** Of the flow `full`, which has all of the contract in it, invalid commands too. */
export const COMPARED_COMMANDS = 100_000;
const BATCH_WORDS = 256 * COMMAND_WORDS;

/** Whether two built files of one engine give the same events, to that many commands. */
export async function haveSameEvents(load: LoadEngine, one: string, other: string): Promise<boolean> {
  const records = generate("full", 1, COMPARED_COMMANDS);
  return (await eventHash(load, one, records)) === (await eventHash(load, other, records));
}

async function eventHash(load: LoadEngine, file: string, records: Int32Array): Promise<string> {
  const createEngine = await load(async () => new Uint8Array(readFileSync(file)));
  const engine = createEngine();
  const hash = new EventHash();
  engine.reserve(BATCH_WORDS / COMMAND_WORDS);
  for (let at = 0; at < records.length; at += BATCH_WORDS) {
    const batch = records.subarray(at, at + BATCH_WORDS);
    engine.commands.set(batch);
    const words = engine.submit(batch.length);
    hash.add(engine.events, words);
  }
  return hash.value;
}
