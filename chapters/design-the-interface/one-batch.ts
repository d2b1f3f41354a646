import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { encodeAdd, encodeCancel } from "../../engines/contract/encode.ts";
import type { BinaryDoor } from "../../engines/contract/engine.ts";

// #region one-batch
/** An order and its cancel in one batch: possible only because the caller knows the id before the engine has seen it. */
export function quoteAndWithdraw(engine: BinaryDoor, id: number, price: number): number {
  encodeAdd({ id, side: "buy", price, size: 10 }, engine.commands, 0);
  encodeCancel(id, engine.commands, COMMAND_WORDS);
  return engine.submit(2 * COMMAND_WORDS);
}
// #endregion one-batch
