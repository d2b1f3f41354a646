import { backgroundId } from "./ids.ts";

/** Where an order stands that is not among the live ones. */
const ON_ITS_WAY = -1;
const IMMEDIATE = -2;
const CANCEL_SENT = -3;

/**
 * The background's own orders, as the engine's answers leave them. Ids are dense: one whose order is gone is the next to be
 * given again. An answer about an order that is not there changes nothing: a wrong engine must not break the market.
 */
export class LiveOrders {
  /** By number; an id is twice the number. Open lots, 0 where there is no such order. */
  #open = new Int32Array(1024);
  /** By number: its place among the live ones, or one of the above. */
  #place = new Int32Array(1024);
  #live: number[] = [];
  #free: number[] = [];
  #last = 0;

  get count(): number {
    return this.#live.length;
  }

  /** A new order is sent. @param rests whether what is left of it stays in the book @returns its id */
  send(lots: number, rests: boolean): number {
    const number = this.#free.pop() ?? ++this.#last;
    if (number === this.#open.length) this.#grow();
    this.#open[number] = lots;
    this.#place[number] = rests ? ON_ITS_WAY : IMMEDIATE;
    return backgroundId(number);
  }

  /** Takes the order at `place`, 0 … count − 1, from the live ones, because its cancel is sent. @returns its id */
  takeForCancel(place: number): number {
    const number = this.#live[place];
    this.#leave(number, CANCEL_SENT);
    return backgroundId(number);
  }

  accepted(id: number): void {
    const number = id >> 1;
    if (!this.#isThere(number) || this.#place[number] !== ON_ITS_WAY) return;
    this.#place[number] = this.#live.length;
    this.#live.push(number);
  }

  traded(id: number, lots: number): void {
    const number = id >> 1;
    if (!this.#isThere(number)) return;
    if (this.#open[number] > lots) this.#open[number] -= lots;
    else this.gone(id);
  }

  gone(id: number): void {
    const number = id >> 1;
    if (!this.#isThere(number)) return;
    if (this.#place[number] >= 0) this.#leave(number, ON_ITS_WAY);
    this.#open[number] = 0;
    this.#free.push(number);
  }

  #isThere(number: number): boolean {
    return number > 0 && number <= this.#last && this.#open[number] > 0;
  }

  #leave(number: number, place: number): void {
    const last = this.#live.pop() as number;
    if (last !== number) {
      this.#live[this.#place[number]] = last;
      this.#place[last] = this.#place[number];
    }
    this.#place[number] = place;
  }

  #grow(): void {
    const doubled = (old: Int32Array) => {
      const larger = new Int32Array(2 * old.length);
      larger.set(old);
      return larger;
    };
    this.#open = doubled(this.#open);
    this.#place = doubled(this.#place);
  }
}
