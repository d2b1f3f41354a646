import {
  type CANCEL_REASON,
  EVENT_OP_SHIFT,
  EVENT_SIDE_SHIFT,
  EVENT_WORDS,
  KIND,
  REASON_SHIFT,
  type REJECT_REASON,
} from "../contract/binary.ts";

type CancelCode = (typeof CANCEL_REASON)[keyof typeof CANCEL_REASON];
type RejectCode = (typeof REJECT_REASON)[keyof typeof REJECT_REASON];

const TWO_32 = 2 ** 32;

/** Event records in one array that is used again for each batch, and grows to what the largest batch needed. */
export class EventLog {
  /** Replaced where it grows. */
  words = new Int32Array(1024 * EVENT_WORDS);
  #length = 0;

  /** Words written since `clear`. */
  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  accepted(id: number): void {
    this.#write(KIND.accepted, id, 0, 0, 0);
  }

  executed(taker: number, maker: number, price: number, size: number): void {
    this.#write(KIND.executed, taker, maker, price, size);
  }

  canceled(id: number, size: number, reason: CancelCode): void {
    this.#write(KIND.canceled | (reason << REASON_SHIFT), id, 0, 0, size);
  }

  replaced(id: number, price: number, size: number): void {
    this.#write(KIND.replaced, id, 0, price, size);
  }

  /** @param op its code, 0 where it is unknown @param id 0 where it is left out */
  rejected(op: number, id: number, reason: RejectCode): void {
    this.#write(KIND.rejected | (reason << REASON_SHIFT) | (op << EVENT_OP_SHIFT), id, 0, 0, 0);
  }

  limits(owner: number): void {
    this.#write(KIND.limits, owner, 0, 0, 0);
  }

  killed(owner: number): void {
    this.#write(KIND.killed, owner, 0, 0, 0);
  }

  lifted(owner: number): void {
    this.#write(KIND.lifted, owner, 0, 0, 0);
  }

  /** Starts a book, whose levels follow. @returns what `closeBook` needs to say how many there are */
  openBook(): number {
    this.#write(KIND.book, 0, 0, 0, 0);
    return this.#length - EVENT_WORDS;
  }

  level(side: number, price: number, size: number, orders: number): void {
    this.#write(KIND.level | (side << EVENT_SIDE_SHIFT), orders, Math.floor(size / TWO_32), price, size | 0);
  }

  closeBook(at: number, bidLevels: number, askLevels: number): void {
    this.words[at + 1] = bidLevels;
    this.words[at + 2] = askLevels;
  }

  #write(first: number, second: number, third: number, fourth: number, fifth: number): void {
    const at = this.#length;
    if (at + EVENT_WORDS > this.words.length) this.#grow();
    const words = this.words;
    words[at] = first;
    words[at + 1] = second;
    words[at + 2] = third;
    words[at + 3] = fourth;
    words[at + 4] = fifth;
    this.#length = at + EVENT_WORDS;
  }

  #grow(): void {
    const larger = new Int32Array(this.words.length * 2);
    larger.set(this.words);
    this.words = larger;
  }
}
