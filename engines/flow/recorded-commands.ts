import { COMMAND_WORDS, OP, POST_ONLY_SHIFT, SIDE, SIDE_SHIFT } from "../contract/binary.ts";
import { RecordedOrders } from "./recorded-orders.ts";
import { LEFT_OUT } from "./recorded-price.ts";

/** How many commands a record gives at most. */
export const MAX_COMMANDS = 2;

const ADD_BUY = OP.add | (SIDE.buy << SIDE_SHIFT) | (1 << POST_ONLY_SHIFT);
const ADD_SELL = OP.add | (SIDE.sell << SIDE_SHIFT) | (1 << POST_ONLY_SHIFT);

/** What became of a recorded change. Where it is not `done`, nothing has changed and no command was written. */
export const OUTCOME = { done: 0, unknown: 1, duplicate: 2, tooLarge: 3 } as const;

/**
 * What a recording says of its orders, as commands that make an engine's book the recorded one: `recorded.md` says which
 * and why. References are two 32-bit halves; prices are ticks, below 0 for a sell; an order at
 * `LEFT_OUT` is followed, but no command tells of it.
 */
export class RecordedCommands {
  readonly orders = new RecordedOrders();
  #into: Int32Array = new Int32Array(0);
  #at = 0;

  /** Writes from the start of `into`, which must have room for what follows: each change takes `MAX_COMMANDS` at most. */
  start(into: Int32Array): void {
    this.#into = into;
    this.#at = 0;
  }

  /** Words written since `start`. */
  get words(): number {
    return this.#at;
  }

  add(high: number, low: number, price: number, size: number): number {
    const id = this.orders.add(high, low, price, size);
    if (id === 0) return OUTCOME.duplicate;
    if (price > 0) this.#write(ADD_BUY, id, price, size);
    else this.#write(ADD_SELL, id, -price, size);
    return OUTCOME.done;
  }

  /** Takes `size` lots off an order: an execution, or a partial cancel. It keeps its place; with no lots left it goes. */
  reduce(high: number, low: number, size: number): number {
    const place = this.orders.find(high, low);
    if (place < 0) return OUTCOME.unknown;
    const open = this.orders.openAt(place) - size;
    if (open < 0) return OUTCOME.tooLarge;
    if (open === 0) {
      this.#remove(place);
      return OUTCOME.done;
    }
    this.orders.setOpen(place, open);
    const id = this.orders.idAt(place);
    const price = this.orders.priceOf(id);
    this.#write(OP.replace, id, price < 0 ? -price : price, open);
    return OUTCOME.done;
  }

  remove(high: number, low: number): number {
    const place = this.orders.find(high, low);
    if (place < 0) return OUTCOME.unknown;
    this.#remove(place);
    return OUTCOME.done;
  }

  /** An order under a new reference at the end of its queue, on the side it was. @param ticks above 0 */
  move(high: number, low: number, newHigh: number, newLow: number, ticks: number, size: number): number {
    const place = this.orders.find(high, low);
    if (place < 0) return OUTCOME.unknown;
    const isSame = high === newHigh && low === newLow;
    if (!isSame && this.orders.find(newHigh, newLow) >= 0) return OUTCOME.duplicate;
    const isBuy = this.orders.priceOf(this.orders.idAt(place)) > 0;
    this.#remove(place);
    return this.add(newHigh, newLow, isBuy ? ticks : -ticks, size);
  }

  #remove(place: number): void {
    const id = this.orders.idAt(place);
    const price = this.orders.priceOf(id);
    if (price !== LEFT_OUT && price !== -LEFT_OUT) this.#write(OP.cancel, id, 0, 0);
    this.orders.remove(place);
  }

  #write(codes: number, id: number, price: number, size: number): void {
    if (price === LEFT_OUT) return;
    const into = this.#into;
    const at = this.#at;
    into[at] = codes;
    into[at + 1] = id;
    into[at + 2] = price;
    into[at + 3] = size;
    into[at + 4] = 0;
    into[at + 5] = 0;
    this.#at = at + COMMAND_WORDS;
  }
}
