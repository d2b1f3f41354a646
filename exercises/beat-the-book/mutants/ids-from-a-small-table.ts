// Caught by: event for event
// The lower bits of an id are taken for the id.
/** A book in arrays of integers: nothing is made for a command, an order or an event. */

const COMMAND_WORDS = 6;
const EVENT_WORDS = 5;
const ADD = 1;
const BUY = 1;
const LIMIT = 0;

const ACCEPTED = 1;
const EXECUTED = 2;
const CANCELED_BY_USER = 3 | (1 << 8);
const CANCELED_WITHOUT_LIQUIDITY = 3 | (4 << 8);
const REJECTED_UNKNOWN = 5 | (27 << 8) | (2 << 16);

/** Above every price, and below it as a number of the other sign. */
const EVERY_PRICE = 2 ** 24;

/**
 * Words of a record, which is an order or a level. A queue is a ring, in which the level stands between the last order and the first: so
 * no link is ever missing.
 */
const ID = 0;
const OPEN = 1;
const PREVIOUS = 2;
const NEXT = 3;
const LEVEL = 4;
const PRICE = 5;
/** Of a level: 1 for bids, −1 for asks. */
const SIGN = 6;
const RECORD_WORDS = 8;
const NONE = 0;

/** Events of the last call; the room is kept for the next one. */
let events = new Int32Array(1 << 16);
let eventWords = 0;

function put(codes: number, id: number, maker: number, price: number, size: number): void {
  if (eventWords + EVENT_WORDS > events.length) {
    const larger = new Int32Array(events.length * 2);
    larger.set(events);
    events = larger;
  }
  events[eventWords] = codes;
  events[eventWords + 1] = id;
  events[eventWords + 2] = maker;
  events[eventWords + 3] = price;
  events[eventWords + 4] = size;
  eventWords += EVENT_WORDS;
}

/** From ids to records, in pairs: open addressing, at most half full, and without tombstones. */
class Ids {
  #pairs = new Int32Array(2 << 10);
  #shift = 32 - 10;
  #count = 0;

  add(whole: number, record: number): void {
    const id = (whole & 0xfff) + 1;
    if (++this.#count * 4 > this.#pairs.length) this.#grow();
    this.#place(id, record);
  }

  /** Takes the id out, and gives its record; `NONE` where it has none. */
  take(whole: number): number {
    const id = (whole & 0xfff) + 1;
    const pairs = this.#pairs;
    let at = this.#home(id);
    while (pairs[at] !== id) {
      if (pairs[at] === 0) return NONE;
      at = (at + 2) & (pairs.length - 1);
    }
    const record = pairs[at + 1];
    this.#count--;
    this.#closeGap(at);
    return record;
  }

  /** What a probe would no longer reach across the gap moves into it. */
  #closeGap(gap: number): void {
    const pairs = this.#pairs;
    const wrap = pairs.length - 1;
    let hole = gap;
    for (let at = (gap + 2) & wrap; pairs[at] !== 0; at = (at + 2) & wrap) {
      if (((at - this.#home(pairs[at])) & wrap) < ((at - hole) & wrap)) continue;
      pairs[hole] = pairs[at];
      pairs[hole + 1] = pairs[at + 1];
      hole = at;
    }
    pairs[hole] = 0;
  }

  /** Multiplied by 2^32 over the golden ratio, ids in a row lie far apart. */
  #home(whole: number): number {
    const id = whole & 0xfff;
    return (Math.imul(id, 0x9e3779b1) >>> this.#shift) << 1;
  }

  #place(id: number, record: number): void {
    const pairs = this.#pairs;
    let at = this.#home(id);
    while (pairs[at] !== 0) at = (at + 2) & (pairs.length - 1);
    pairs[at] = id;
    pairs[at + 1] = record;
  }

  #grow(): void {
    const old = this.#pairs;
    this.#pairs = new Int32Array(old.length * 2);
    this.#shift--;
    for (let at = 0; at < old.length; at += 2) if (old[at] !== 0) this.#place(old[at], old[at + 1]);
  }
}

/** The levels of a side. Keys are prices with the side's sign, in ascending order: the best price is the last. */
class Side {
  readonly sign: number;
  keys = new Int32Array(64);
  levels = new Int32Array(64);
  count = 0;

  constructor(sign: number) {
    this.sign = sign;
  }

  /** Where the key stands, or would have to. */
  place(key: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.keys[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  insert(place: number, key: number, level: number): void {
    if (this.count === this.keys.length) {
      this.keys = doubled(this.keys);
      this.levels = doubled(this.levels);
    }
    this.keys.copyWithin(place + 1, place, this.count);
    this.levels.copyWithin(place + 1, place, this.count);
    this.keys[place] = key;
    this.levels[place] = level;
    this.count++;
  }

  delete(place: number): void {
    this.keys.copyWithin(place, place + 1, this.count);
    this.levels.copyWithin(place, place + 1, this.count);
    this.count--;
  }
}

function doubled(words: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(words.length * 2);
  larger.set(words);
  return larger;
}

class Book {
  #words = new Int32Array(1024 * RECORD_WORDS);
  /** Records that were freed, linked by their `NEXT`: the last one is taken first, as it is still in the cache. */
  #free = NONE;
  #used = RECORD_WORDS;
  readonly #ids = new Ids();
  readonly #bids = new Side(1);
  readonly #asks = new Side(-1);

  add(id: number, isBuy: boolean, isLimit: boolean, price: number, size: number): void {
    put(ACCEPTED, id, 0, 0, 0);
    const makers = isBuy ? this.#asks : this.#bids;
    const left = this.#match(id, makers, isLimit ? makers.sign * price : -EVERY_PRICE, size);
    if (left === 0) return;
    if (isLimit) this.#rest(id, isBuy ? this.#bids : this.#asks, price, left);
    else put(CANCELED_WITHOUT_LIQUIDITY, id, 0, 0, left);
  }

  cancel(id: number): void {
    const order = this.#ids.take(id);
    if (order === NONE) {
      put(REJECTED_UNKNOWN, id, 0, 0, 0);
      return;
    }
    put(CANCELED_BY_USER, id, 0, 0, this.#words[order + OPEN]);
    const level = this.#words[order + LEVEL];
    this.#unlink(order);
    if (this.#words[level + NEXT] === level) this.#close(level);
  }

  /** @param lowest key that still crosses @returns the lots that are left */
  #match(id: number, makers: Side, lowest: number, size: number): number {
    const words = this.#words;
    let left = size;
    while (left > 0 && makers.count > 0 && makers.keys[makers.count - 1] >= lowest) {
      const level = makers.levels[makers.count - 1];
      const price = words[level + PRICE];
      let maker = words[level + NEXT];
      while (left > 0 && maker !== level) {
        const open = words[maker + OPEN];
        if (open > left) {
          put(EXECUTED, id, words[maker + ID], price, left);
          words[maker + OPEN] = open - left;
          return 0;
        }
        put(EXECUTED, id, words[maker + ID], price, open);
        left -= open;
        const next = words[maker + NEXT];
        this.#ids.take(words[maker + ID]);
        this.#unlink(maker);
        maker = next;
      }
      if (maker === level) this.#close(level);
    }
    return left;
  }

  #rest(id: number, side: Side, price: number, size: number): void {
    const key = side.sign * price;
    const place = side.place(key);
    const isOpen = place < side.count && side.keys[place] === key;
    const level = isOpen ? side.levels[place] : this.#open(side, place, price);
    const order = this.#take();
    const words = this.#words;
    const last = words[level + PREVIOUS];
    words[order + ID] = id;
    words[order + OPEN] = size;
    words[order + PREVIOUS] = last;
    words[order + NEXT] = level;
    words[order + LEVEL] = level;
    words[last + NEXT] = order;
    words[level + PREVIOUS] = order;
    this.#ids.add(id, order);
  }

  #unlink(order: number): void {
    const words = this.#words;
    const previous = words[order + PREVIOUS];
    const next = words[order + NEXT];
    words[previous + NEXT] = next;
    words[next + PREVIOUS] = previous;
    this.#release(order);
  }

  #open(side: Side, place: number, price: number): number {
    const level = this.#take();
    const words = this.#words;
    words[level + PREVIOUS] = level;
    words[level + NEXT] = level;
    words[level + PRICE] = price;
    words[level + SIGN] = side.sign;
    side.insert(place, side.sign * price, level);
    return level;
  }

  #close(level: number): void {
    const sign = this.#words[level + SIGN];
    const side = sign === 1 ? this.#bids : this.#asks;
    side.delete(side.place(sign * this.#words[level + PRICE]));
    this.#release(level);
  }

  #take(): number {
    const freed = this.#free;
    if (freed !== NONE) {
      this.#free = this.#words[freed + NEXT];
      return freed;
    }
    if (this.#used === this.#words.length) this.#words = doubled(this.#words);
    this.#used += RECORD_WORDS;
    return this.#used - RECORD_WORDS;
  }

  #release(record: number): void {
    this.#words[record + NEXT] = this.#free;
    this.#free = record;
  }
}

/** Leaves the events in `events`, `eventWords` of them. */
function executeAll(commands: Int32Array): void {
  const book = new Book();
  eventWords = 0;
  for (let at = 0; at < commands.length; at += COMMAND_WORDS) {
    const codes = commands[at];
    const id = commands[at + 1];
    if ((codes & 0xff) !== ADD) book.cancel(id);
    else {
      const isBuy = ((codes >>> 8) & 0xf) === BUY;
      book.add(id, isBuy, ((codes >>> 12) & 0xf) === LIMIT, commands[at + 2], commands[at + 3]);
    }
  }
}

/** The events of the commands on an empty book, five words each. */
export function execute(commands: Int32Array): Int32Array {
  executeAll(commands);
  return events.slice(0, eventWords);
}

/** A hash of the same events: what is timed. */
export function run(commands: Int32Array): string {
  executeAll(commands);
  return hashOf(events, eventWords);
}

/** As the contract has it: two streams of events are the same where their hashes are. */
function hashOf(words: Int32Array, length: number): string {
  let first = 0;
  let second = 0;
  for (let at = 0; at < length; at++) {
    first = Math.imul(((first << 5) | (first >>> 27)) ^ words[at], 0x9e3779b1);
    second = Math.imul(((second << 13) | (second >>> 19)) ^ words[at], 0x85ebca6b);
  }
  return [first, second].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
}
