import { COMMAND_WORDS, OP, SIDE, SIDE_SHIFT, TYPE, TYPE_SHIFT } from "../contract/binary.ts";
import { MAX_ID, MAX_LIMIT, MAX_PRICE } from "../contract/commands.ts";
import { ModelBook } from "./model-book.ts";
import { type CoreProfile, MAX_DRIFT_TICKS, MAX_LOTS, START_PRICE } from "./profiles.ts";
import { Random } from "./random.ts";

/** Of 8 passive orders, that many are near the touch. */
const TOUCH_EIGHTHS = 2;
/** An aggressor is 1 … AGGRESSOR_LOTS lots while the other side holds half of the profile's live orders. */
const AGGRESSOR_LOTS = 280;
/** One aggressor in so many moves the centre by a tick. */
const AGGRESSORS_PER_MOVE = 16;

/** A flow of passive and aggressive orders and cancels; README.md states it step by step. */
export class CoreFlow {
  readonly #profile: CoreProfile;
  readonly #random: Random;
  readonly #book: ModelBook;
  #centre = START_PRICE;
  #lastId = 0;
  #openingLeft: number;
  readonly #owners: number;
  /** Owners that are held to limits already. */
  #limited = 0;

  constructor(profile: CoreProfile, seed: number) {
    this.#profile = profile;
    this.#random = new Random(seed);
    const reach = MAX_DRIFT_TICKS + profile.spanTicks + 1;
    this.#book = new ModelBook(START_PRICE - reach, START_PRICE + reach);
    this.#openingLeft = profile.liveOrders;
    this.#owners = profile.owners ?? 0;
  }

  /** Orders that rest in the book after the commands given so far. */
  get liveOrders(): number {
    return this.#book.liveOrders;
  }

  next(into: Int32Array, offset: number): void {
    if (this.#limited < this.#owners) {
      writeHighestLimits(into, offset, ++this.#limited);
      return;
    }
    this.#trading(into, offset);
    if (this.#owners > 0 && into[offset] !== OP.cancel) into[offset + 4] = 1 + (into[offset + 1] % this.#owners);
  }

  #trading(into: Int32Array, offset: number): void {
    if (this.#openingLeft > 0) {
      this.#openingLeft--;
      this.#passive(into, offset);
      return;
    }
    const { passiveShare, cancelShare, marketShare } = this.#profile;
    const draw = this.#random.below(1024);
    if (draw < passiveShare) this.#passive(into, offset);
    else if (draw < passiveShare + cancelShare) this.#cancel(into, offset);
    else if (draw < passiveShare + cancelShare + marketShare) this.#market(into, offset);
    else this.#crossing(into, offset);
  }

  #passive(into: Int32Array, offset: number): void {
    const random = this.#random;
    const isBuy = random.below(2) === 0;
    const { spanTicks, touchTicks } = this.#profile;
    const distance = 1 + random.below(random.below(8) < TOUCH_EIGHTHS ? touchTicks : spanTicks);
    const lots = 1 + random.below(MAX_LOTS);
    const price = isBuy
      ? Math.min(this.#centre - distance, this.#book.bestAsk - 1)
      : Math.max(this.#centre + distance, this.#book.bestBid + 1);
    const id = this.#nextId();
    this.#book.rest(id, isBuy, price, lots);
    writeAdd(into, offset, id, isBuy, TYPE.limit, price, lots);
  }

  #cancel(into: Int32Array, offset: number): void {
    if (this.#book.liveOrders === 0) {
      this.#passive(into, offset);
      return;
    }
    const place = this.#random.below(this.#book.liveOrders);
    const id = this.#book.idAt(place);
    this.#book.cancelAt(place);
    into.fill(0, offset, offset + COMMAND_WORDS);
    into[offset] = OP.cancel;
    into[offset + 1] = id;
  }

  #market(into: Int32Array, offset: number): void {
    const isBuy = this.#random.below(2) === 0;
    const lots = this.#aggressorLots(isBuy);
    this.#book.take(isBuy, isBuy ? START_PRICE * 2 : 0, lots);
    writeAdd(into, offset, this.#nextId(), isBuy, TYPE.market, 0, lots);
    this.#moveCentre(isBuy);
  }

  #crossing(into: Int32Array, offset: number): void {
    const isBuy = this.#random.below(2) === 0;
    const lots = this.#aggressorLots(isBuy);
    const beyond = this.#random.below(this.#profile.touchTicks);
    // Never beyond what a passive order may reach, so that prices stay in the model's range.
    const { spanTicks } = this.#profile;
    const price = isBuy
      ? Math.min(this.#book.bestAsk + beyond, this.#centre + spanTicks)
      : Math.max(this.#book.bestBid - beyond, this.#centre - spanTicks);
    const id = this.#nextId();
    const left = this.#book.take(isBuy, price, lots);
    if (left > 0) this.#book.rest(id, isBuy, price, left);
    writeAdd(into, offset, id, isBuy, TYPE.limit, price, lots);
    this.#moveCentre(isBuy);
  }

  /** The more the other side holds, the more is taken from it: that is what keeps the book at its size. */
  #aggressorLots(isBuy: boolean): number {
    const others = 2 * this.#book.liveOrdersOf(!isBuy);
    return 1 + this.#random.below(1 + Math.floor((AGGRESSOR_LOTS * others) / this.#profile.liveOrders));
  }

  #moveCentre(isBuy: boolean): void {
    if (this.#random.below(AGGRESSORS_PER_MOVE) > 0) return;
    const centre = this.#centre + (isBuy ? 1 : -1);
    if (Math.abs(centre - START_PRICE) <= MAX_DRIFT_TICKS) this.#centre = centre;
  }

  #nextId(): number {
    this.#lastId = this.#lastId === MAX_ID ? 1 : this.#lastId + 1;
    return this.#lastId;
  }
}

function writeHighestLimits(into: Int32Array, offset: number, owner: number): void {
  into[offset] = OP.limits;
  into[offset + 1] = MAX_LIMIT;
  into[offset + 2] = MAX_PRICE;
  into[offset + 3] = MAX_LIMIT;
  into[offset + 4] = owner;
  into[offset + 5] = MAX_LIMIT;
}

function writeAdd(
  into: Int32Array,
  offset: number,
  id: number,
  isBuy: boolean,
  type: number,
  price: number,
  size: number,
): void {
  into[offset] = OP.add | ((isBuy ? SIDE.buy : SIDE.sell) << SIDE_SHIFT) | (type << TYPE_SHIFT);
  into[offset + 1] = id;
  into[offset + 2] = price;
  into[offset + 3] = size;
  into[offset + 4] = 0;
  into[offset + 5] = 0;
}
