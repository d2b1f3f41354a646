/** A book as it is written first: plain, right, and slow. Commands and events are records, as they cross to a core. */

interface Command {
  op: "add" | "cancel";
  id: number;
  side: "buy" | "sell";
  type: "limit" | "market";
  price: number;
  size: number;
}

interface EngineEvent {
  event: "accepted" | "executed" | "canceled" | "rejected";
  id: number;
  maker?: number;
  price?: number;
  size?: number;
  reason?: "user" | "no-liquidity" | "unknown-order";
}

interface Order {
  id: number;
  side: "buy" | "sell";
  price: number;
  open: number;
}

interface Level {
  price: number;
  /** The one that has been here longest first. */
  orders: Order[];
}

const COMMAND_WORDS = 6;
const KINDS = { accepted: 1, executed: 2, canceled: 3, rejected: 5 };
/** Of a reject, with the op that it answers: a cancel. */
const REASONS = { user: 1 << 8, "no-liquidity": 4 << 8, "unknown-order": (27 << 8) | (2 << 16) };

function decode(commands: Int32Array): Command[] {
  const decoded: Command[] = [];
  for (let at = 0; at < commands.length; at += COMMAND_WORDS) {
    const [codes, id, price, size] = commands.subarray(at, at + COMMAND_WORDS);
    decoded.push({
      op: (codes & 0xff) === 1 ? "add" : "cancel",
      id,
      side: ((codes >>> 8) & 0xf) === 1 ? "buy" : "sell",
      type: ((codes >>> 12) & 0xf) === 0 ? "limit" : "market",
      price,
      size,
    });
  }
  return decoded;
}

function encode(events: EngineEvent[]): Int32Array {
  const words: number[] = [];
  for (const { event, id, maker = 0, price = 0, size = 0, reason } of events) {
    words.push(KINDS[event] | (reason === undefined ? 0 : REASONS[reason]), id, maker, price, size);
  }
  return Int32Array.from(words);
}

class Book {
  /** Each with its best price first. */
  readonly #bids: Level[] = [];
  readonly #asks: Level[] = [];
  readonly #orders = new Map<number, Order>();

  add({ id, side, type, price, size }: Command): EngineEvent[] {
    const events: EngineEvent[] = [{ event: "accepted", id }];
    const makers = side === "buy" ? this.#asks : this.#bids;
    const crosses = (level: Level): boolean =>
      type === "market" || (side === "buy" ? level.price <= price : level.price >= price);
    let open = size;
    while (open > 0 && makers.length > 0 && crosses(makers[0])) {
      const [maker] = makers[0].orders;
      const lots = Math.min(open, maker.open);
      events.push({ event: "executed", id, maker: maker.id, price: maker.price, size: lots });
      open -= lots;
      maker.open -= lots;
      if (maker.open === 0) this.#remove(maker);
    }
    if (open > 0 && type === "limit") this.#rest({ id, side, price, open });
    else if (open > 0) events.push({ event: "canceled", id, size: open, reason: "no-liquidity" });
    return events;
  }

  cancel(id: number): EngineEvent[] {
    const order = this.#orders.get(id);
    if (order === undefined) return [{ event: "rejected", id, reason: "unknown-order" }];
    this.#remove(order);
    return [{ event: "canceled", id, size: order.open, reason: "user" }];
  }

  #rest(order: Order): void {
    const { side, price } = order;
    const levels = side === "buy" ? this.#bids : this.#asks;
    let level = levels.find((each) => each.price === price);
    if (level === undefined) {
      level = { price, orders: [] };
      levels.push(level);
      levels.sort((a, b) => (side === "buy" ? b.price - a.price : a.price - b.price));
    }
    level.orders.push(order);
    this.#orders.set(order.id, order);
  }

  #remove(order: Order): void {
    const levels = order.side === "buy" ? this.#bids : this.#asks;
    const index = levels.findIndex((level) => level.price === order.price);
    const { orders } = levels[index];
    orders.splice(orders.indexOf(order), 1);
    if (orders.length === 0) levels.splice(index, 1);
    this.#orders.delete(order.id);
  }
}

/** The events of the commands on an empty book, five words each. */
export function execute(commands: Int32Array): Int32Array {
  const book = new Book();
  const events = decode(commands).flatMap((command) =>
    command.op === "add" ? book.add(command) : book.cancel(command.id),
  );
  return encode(events);
}

/** A hash of the same events: what is timed. */
export function run(commands: Int32Array): string {
  const events = execute(commands);
  return hashOf(events, events.length);
}

/** As the contract has it: two streams of events are the same where their hashes are. Leave it as it is. */
function hashOf(events: Int32Array, words: number): string {
  let first = 0;
  let second = 0;
  for (let at = 0; at < words; at++) {
    first = Math.imul(((first << 5) | (first >>> 27)) ^ events[at], 0x9e3779b1);
    second = Math.imul(((second << 13) | (second >>> 19)) ^ events[at], 0x85ebca6b);
  }
  return [first, second].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
}
