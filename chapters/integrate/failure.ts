import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { BinaryDoor } from "../../engines/contract/engine.ts";
import { eventText } from "./journal.ts";
import { ShadowRouter } from "./shadow.ts";

export interface TrapReport {
  /** What the client's next command met. */
  error: string;
  /** Of all that was told before the trap, and of what the new instance gave for the same commands. */
  told: string;
  restored: string;
  /** What the command that met the trap gave in the end. */
  answered: string;
}

// #region recover
/**
 * Ends a real instance in the middle of a day, and brings a new one to its state by the journal.
 *
 * @param day command records, 6 words each @param trapAt the command, from 1, before which the instance ends
 * @throws RangeError where the day has no such command
 */
export function trapAndRecover(makeBook: () => BinaryDoor, day: Int32Array, trapAt: number): TrapReport {
  const commands = day.length / COMMAND_WORDS;
  if (!(trapAt >= 1 && trapAt <= commands)) throw new RangeError(`trap at ${trapAt}: give 1 to ${commands}`);
  const live = makeBook();
  const router = new ShadowRouter(live, makeBook());
  const recordAt = (index: number): Int32Array => day.subarray(index * COMMAND_WORDS, (index + 1) * COMMAND_WORDS);
  for (let index = 0; index < trapAt - 1; index++) router.execute(recordAt(index));
  const told = router.journal.hash;
  let error = endInstance(live);
  try {
    router.execute(recordAt(trapAt - 1));
  } catch (trap) {
    error = (trap as Error).message;
  }
  const { unanswered, hash: restored } = router.rollBack(makeBook());
  return { error, told, restored, answered: unanswered.map(eventText).join(" ") };
}

/** More than a Wasm memory can ever hold: the allocation fails, and the instance traps. */
function endInstance(book: BinaryDoor): string {
  try {
    book.reserve(2 ** 28);
    return "it did not trap";
  } catch (trap) {
    return (trap as Error).message;
  }
}
// #endregion recover

/** What the page prints. */
export function trapLines({ error, told, restored, answered }: TrapReport): string[] {
  return [
    `the client's command met: ${error}`,
    `told before the trap: hash ${told}`,
    `a new instance, after the journal: hash ${restored}`,
    `the command is answered now: ${answered}`,
  ];
}
