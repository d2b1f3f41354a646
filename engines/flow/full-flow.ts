import {
  COMMAND_WORDS,
  INVALID_CODE,
  OP,
  POST_ONLY_SHIFT,
  SIDE,
  SIDE_SHIFT,
  STP_SHIFT,
  TIF,
  TIF_SHIFT,
  TYPE,
  TYPE_SHIFT,
  UNKNOWN_OP,
} from "../contract/binary.ts";
import { MAX_ID, MAX_PRICE } from "../contract/commands.ts";
import { type FullProfile, MAX_DRIFT_TICKS, MAX_LOTS, START_PRICE } from "./profiles.ts";
import { Random } from "./random.ts";

/** Shares of the commands, in 1,024ths, in the order that a draw is compared with them. */
const SHARES = [
  ["add", 614],
  ["cancel", 215],
  ["replace", 154],
  ["book", 10],
  ["invalid", 31],
] as const;

/** Each makes a valid limit order invalid in one way, at `offset`. */
const SPOILERS: ((into: Int32Array, offset: number) => void)[] = [
  (into, offset) => setWord(into, offset + 1, 0),
  (into, offset) => setWord(into, offset + 1, -MAX_ID),
  (into, offset) => setCode(into, offset, SIDE_SHIFT, 0),
  (into, offset) => setCode(into, offset, SIDE_SHIFT, INVALID_CODE),
  (into, offset) => setCode(into, offset, TYPE_SHIFT, INVALID_CODE),
  (into, offset) => setWord(into, offset + 3, 0),
  (into, offset) => setWord(into, offset + 3, -1),
  (into, offset) => setWord(into, offset + 2, 0),
  (into, offset) => setWord(into, offset + 2, MAX_PRICE + 1),
  // A market order that carries a price.
  (into, offset) => setCode(into, offset, TYPE_SHIFT, TYPE.market),
  (into, offset) => setCode(into, offset, TIF_SHIFT, INVALID_CODE),
  (into, offset) => setCode(into, offset, POST_ONLY_SHIFT, INVALID_CODE),
  (into, offset) => setWord(into, offset + 4, -1),
  (into, offset) => setCode(into, offset, STP_SHIFT, INVALID_CODE),
  (into, offset) => setCode(into, offset, 0, 0),
  (into, offset) => setWord(into, offset, UNKNOWN_OP),
];

/**
 * A flow of everything in the contract. It keeps no book: it remembers the ids that may be live, so that some cancels
 * and replaces find nothing, and the orders that rest are never more than the profile's `candidates`. README.md states it.
 */
export class FullFlow {
  readonly #profile: FullProfile;
  readonly #random: Random;
  readonly #id: Int32Array;
  readonly #isBuy: Int8Array;
  readonly #price: Int32Array;
  readonly #size: Int32Array;
  #count = 0;
  #centre = START_PRICE;
  #lastId = 0;
  /** The id that was cancelled last, to be used again; 0 where it has been. */
  #freedId = 0;

  constructor(profile: FullProfile, seed: number) {
    this.#profile = profile;
    this.#random = new Random(seed);
    this.#id = new Int32Array(profile.candidates);
    this.#isBuy = new Int8Array(profile.candidates);
    this.#price = new Int32Array(profile.candidates);
    this.#size = new Int32Array(profile.candidates);
  }

  next(into: Int32Array, offset: number): void {
    into.fill(0, offset, offset + COMMAND_WORDS);
    let draw = this.#random.below(1024);
    for (const [what, share] of SHARES) {
      if (draw < share) {
        this.#write(what, into, offset);
        return;
      }
      draw -= share;
    }
  }

  #write(what: (typeof SHARES)[number][0], into: Int32Array, offset: number): void {
    if (what === "book") {
      into[offset] = OP.book;
      into[offset + 3] = this.#random.below(20);
    } else if (what === "invalid") this.#invalid(into, offset);
    else if (what === "add" && this.#count < this.#profile.candidates) this.#add(into, offset);
    else if (this.#count === 0) this.#add(into, offset);
    else if (what === "replace") this.#replace(into, offset);
    else this.#cancel(into, offset);
  }

  #add(into: Int32Array, offset: number): void {
    const random = this.#random;
    this.#moveCentre();
    const isBuy = random.below(2) === 0;
    const style = random.below(16);
    const isMarket = style === 0;
    const crosses = style < 7;
    const price = isMarket ? 0 : this.#priceOf(isBuy, crosses);
    const size = 1 + random.below(crosses ? MAX_LOTS * 3 : MAX_LOTS);
    const tif = isMarket ? random.below(2) * TIF.ioc : style < 3 ? TIF.ioc : style < 5 ? TIF.fok : random.below(2);
    const postOnly = !isMarket && tif <= TIF.gtc && random.below(4) === 0 ? 1 : 0;
    const owner = random.below(this.#profile.owners + 1);
    const stp = random.below(4);
    const id = this.#takeId();
    into[offset] =
      OP.add |
      ((isBuy ? SIDE.buy : SIDE.sell) << SIDE_SHIFT) |
      ((isMarket ? TYPE.market : TYPE.limit) << TYPE_SHIFT) |
      (tif << TIF_SHIFT) |
      (postOnly << POST_ONLY_SHIFT) |
      (stp << STP_SHIFT);
    into[offset + 1] = id;
    into[offset + 2] = price;
    into[offset + 3] = size;
    into[offset + 4] = owner;
    if (!isMarket && tif <= TIF.gtc) this.#remember(id, isBuy, price, size);
  }

  #cancel(into: Int32Array, offset: number): void {
    const place = this.#random.below(this.#count);
    into[offset] = OP.cancel;
    into[offset + 1] = this.#id[place];
    this.#freedId = this.#id[place];
    const last = --this.#count;
    this.#id[place] = this.#id[last];
    this.#isBuy[place] = this.#isBuy[last];
    this.#price[place] = this.#price[last];
    this.#size[place] = this.#size[last];
  }

  #replace(into: Int32Array, offset: number): void {
    const random = this.#random;
    const place = random.below(this.#count);
    const style = random.below(8);
    const keepsPrice = style < 4;
    const price = keepsPrice ? this.#price[place] : this.#priceOf(this.#isBuy[place] === 1, style === 4);
    const size = 1 + random.below(style < 3 ? this.#size[place] : MAX_LOTS);
    into[offset] = OP.replace;
    into[offset + 1] = this.#id[place];
    into[offset + 2] = price;
    into[offset + 3] = size;
    this.#price[place] = price;
    this.#size[place] = size;
  }

  #invalid(into: Int32Array, offset: number): void {
    const random = this.#random;
    const style = random.below(SPOILERS.length + 4);
    const id = this.#count > 0 ? this.#id[random.below(this.#count)] : 1;
    if (style < SPOILERS.length) {
      into[offset] = OP.add | (SIDE.buy << SIDE_SHIFT) | (TIF.gtc << TIF_SHIFT);
      into[offset + 1] = id;
      into[offset + 2] = this.#centre;
      into[offset + 3] = 1;
      SPOILERS[style](into, offset);
    } else if (style < SPOILERS.length + 2) {
      into[offset] = OP.cancel;
      into[offset + 1] = style === SPOILERS.length ? 0 : MAX_ID;
    } else {
      into[offset] = OP.replace;
      into[offset + 1] = id;
      into[offset + 2] = style === SPOILERS.length + 2 ? 0 : this.#centre;
      into[offset + 3] = style === SPOILERS.length + 2 ? 1 : -1;
    }
  }

  #priceOf(isBuy: boolean, crosses: boolean): number {
    const distance = crosses
      ? this.#random.below(4)
      : -1 - this.#random.below(this.#random.below(2) === 0 ? 4 : this.#profile.spanTicks);
    return this.#centre + (isBuy ? distance : -distance);
  }

  #remember(id: number, isBuy: boolean, price: number, size: number): void {
    const place = this.#count++;
    this.#id[place] = id;
    this.#isBuy[place] = isBuy ? 1 : 0;
    this.#price[place] = price;
    this.#size[place] = size;
  }

  /** One in four uses the id cancelled last again; one in 64 that of an order which may be live. */
  #takeId(): number {
    const draw = this.#random.below(64);
    if (draw < 16 && this.#freedId !== 0) {
      const id = this.#freedId;
      this.#freedId = 0;
      return id;
    }
    if (draw === 63 && this.#count > 0) return this.#id[this.#random.below(this.#count)];
    this.#lastId = this.#lastId === MAX_ID ? 1 : this.#lastId + 1;
    return this.#lastId;
  }

  #moveCentre(): void {
    const draw = this.#random.below(256);
    if (draw > 1) return;
    const centre = this.#centre + (draw === 0 ? 1 : -1);
    if (Math.abs(centre - START_PRICE) <= MAX_DRIFT_TICKS) this.#centre = centre;
  }
}

function setWord(into: Int32Array, index: number, value: number): void {
  into[index] = value;
}

function setCode(into: Int32Array, index: number, shift: number, code: number): void {
  const mask = shift === 0 ? 0xff : 0xf;
  into[index] = (into[index] & ~(mask << shift)) | (code << shift);
}
