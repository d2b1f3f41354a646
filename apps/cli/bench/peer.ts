import { type IProcessOrder, OrderBook, Side } from "nodejs-order-book";
import { COMMAND_WORDS, OP, SIDE, SIDE_SHIFT, TYPE, TYPE_SHIFT } from "../../../engines/contract/binary.ts";
import type { Outcome, Work } from "./work.ts";

/** A command as the peer takes it. */
interface PeerCommand {
  op: "limit" | "market" | "cancel";
  id: string;
  side: Side;
  price: number;
  size: number;
}

/**
 * nodejs-order-book, driven by commands of level `core`. Its ids are strings, made before the clock starts. It tells of no
 * single trades, so what is compared is the number of fills, the volume and the book at the end.
 */
export class PeerWork implements Work {
  readonly #book = new OrderBook();
  #commands: PeerCommand[] = [];
  #lead = 0;
  #fills = 0;
  #volume = 0;
  /** So that no answer is unused. */
  answers = 0;

  load(records: Int32Array, lead = 0): void {
    this.#lead = lead;
    this.#commands = [];
    for (let at = 0; at < records.length; at += COMMAND_WORDS) this.#commands.push(peerCommand(records, at));
  }

  lead(): void {
    for (let place = 0; place < this.#lead; place++) this.one(place);
  }

  run(): void {
    for (let place = this.#lead; place < this.#commands.length; place++) this.one(place);
  }

  one(place: number): void {
    if (this.#execute(this.#commands[place]) !== undefined) this.answers++;
  }

  check(): void {
    for (const command of this.#commands) {
      const answer = this.#execute(command);
      if (command.op !== "cancel") this.#count(answer as IProcessOrder, command);
    }
  }

  outcome(): Outcome {
    return { eventHash: null, fills: this.#fills, volume: this.#volume };
  }

  book(): string {
    const [asks, bids] = this.#book.depth();
    return [...bids, ...asks].map(([price, size]) => `${price} ${size}`).join("\n");
  }

  #execute(command: PeerCommand): unknown {
    switch (command.op) {
      case "cancel":
        return this.#book.cancel(command.id);
      case "market":
        return this.#book.market(command);
      case "limit":
        return this.#book.limit(command);
    }
  }

  /** Makers that were filled are in `done`, the one that was filled in part is `partial`; either may be the order itself. */
  #count(answer: IProcessOrder, { id, size }: PeerCommand): void {
    for (const done of answer.done) if (done.id !== id) this.#fills++;
    if (answer.partial !== null && answer.partial.id !== id) this.#fills++;
    this.#volume += size - answer.quantityLeft;
  }
}

function peerCommand(records: Int32Array, at: number): PeerCommand {
  const codes = records[at];
  const isMarket = ((codes >>> TYPE_SHIFT) & 0xf) === TYPE.market;
  return {
    op: (codes & 0xff) === OP.cancel ? "cancel" : isMarket ? "market" : "limit",
    id: String(records[at + 1]),
    side: ((codes >>> SIDE_SHIFT) & 0xf) === SIDE.buy ? Side.BUY : Side.SELL,
    price: records[at + 2],
    size: records[at + 3],
  };
}
