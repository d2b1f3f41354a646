/** Command records read back as objects: for engines that take objects, and for people. */

import { OP, POST_ONLY_SHIFT, SIDE_SHIFT, STP_SHIFT, TIF_SHIFT, TYPE_SHIFT } from "./binary.ts";
import type { UncheckedCommand } from "./encode.ts";

const SIDES = [null, "buy", "sell"] as const;
const TYPES = ["limit", "market"] as const;
const TIFS = [undefined, "gtc", "ioc", "fok"] as const;
const POST_ONLY = [false, true] as const;
const STPS = ["none", "cancel-resting", "cancel-incoming", "cancel-both"] as const;

const FIELD = 0xf;
/** The op, and the four bits above the add's fields: they are zero, or the op is unknown. */
const OP_BITS = 0xf00000ff;

/** The word for a field's code; null, which is never valid, where there is none. `undefined` stands for left out. */
function word<T>(words: readonly T[], codes: number, shift: number): T | null {
  const code = (codes >>> shift) & FIELD;
  return code < words.length ? words[code] : null;
}

function unlessLeftOut(value: number): number | undefined {
  return value === 0 ? undefined : value;
}

/**
 * The command whose record is at word `at`; null where its op is unknown. Whatever the words hold, the command that comes
 * out is rejected with the reason that the record itself is due, or is the same valid command.
 */
export function decodeCommand(words: Int32Array, at: number): UncheckedCommand | null {
  const codes = words[at];
  const id = words[at + 1];
  const price = words[at + 2];
  const size = words[at + 3];
  switch (codes & OP_BITS) {
    case OP.add:
      return {
        op: "add",
        id,
        side: word(SIDES, codes, SIDE_SHIFT),
        type: word(TYPES, codes, TYPE_SHIFT),
        price: unlessLeftOut(price),
        size,
        tif: word(TIFS, codes, TIF_SHIFT),
        postOnly: word(POST_ONLY, codes, POST_ONLY_SHIFT),
        owner: words[at + 4],
        stp: word(STPS, codes, STP_SHIFT),
      };
    case OP.cancel:
      return { op: "cancel", id };
    case OP.replace:
      return { op: "replace", id, price, size };
    case OP.book:
      return { op: "book", depth: size };
    case OP.limits:
      return {
        op: "limits",
        owner: words[at + 4],
        maxOrderSize: unlessLeftOut(words[at + 1]),
        maxOpenOrders: unlessLeftOut(words[at + 3]),
        positionLimit: unlessLeftOut(words[at + 5]),
        priceBand: unlessLeftOut(words[at + 2]),
      };
    case OP.kill:
      return { op: "kill", owner: words[at + 4] };
    case OP.lift:
      return { op: "lift", owner: words[at + 4] };
    default:
      return null;
  }
}
