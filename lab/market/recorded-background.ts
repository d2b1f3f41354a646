import { COMMAND_WORDS, OP, SIDE, SIDE_SHIFT } from "../../engines/contract/binary.ts";
import type { Command, Side } from "../../engines/contract/commands.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import { ItchReader } from "../../engines/flow/itch-reader.ts";
import { LobsterReader } from "../../engines/flow/lobster-reader.ts";
import { MAX_COMMANDS } from "../../engines/flow/recorded-commands.ts";
import type { RecordingReader } from "../../engines/flow/recording-reader.ts";
import type { RecordingFormat } from "../sandbox/protocol.ts";
import type { Account } from "./account.ts";
import type { Background } from "./background.ts";
import type { CommandLog } from "./command-log.ts";
import { backgroundId } from "./ids.ts";
import { PROFILE_GAP_NS } from "./profile-background.ts";

/** A file of a recorded market, as it was handed in. */
export interface RecordedFile extends RecordingFormat {
  bytes: Uint8Array;
}

const CHUNK_BYTES = 65_536;
const CODE = 0xf;
const BYTE = 0xff;
/** Even, as the background's are, and above all that a recording is given. An order of it never rests. */
const FILLING_ID = 2 ** 30;

interface Recorded {
  readonly command: Command;
  /** What may fill the strategy's orders before it; undefined where nothing does. */
  incoming: Incoming | undefined;
}

/** An order that came in, as far as the strategy's orders would have met it. */
interface Incoming {
  readonly side: Side;
  readonly price: number;
  readonly lots: number;
  /** Orders at `price` itself are met only where they came before this one; −1: none, infinite: all. */
  readonly before: number;
}

/**
 * A recorded market as a background. The recording tells of no order that came in and traded (`engines/flow/recorded.md`), so the
 * strategy's orders are filled by what can be inferred: where an order of the recording was executed at a price, an order came in that
 * would have met the strategy's own orders first, if they had a better price, or the same price and an earlier place; and a recorded
 * order that would cross one of the strategy's would have met it. The recorded market goes on as it was recorded: what the
 * strategy took from it or gave to it changes nothing, the usual assumption of a replay, good for small sizes only.
 *
 * Times are not read: like the bench's flows, its commands come evenly, 100,000 a simulated second.
 */
export class RecordedBackground implements Background {
  readonly #reader: RecordingReader;
  readonly #bytes: Uint8Array;
  readonly #account: Account;
  readonly #buffer = new Int32Array(MAX_COMMANDS * COMMAND_WORDS);
  #pushed = 0;
  #ended = false;
  #executedLots = 0;
  #queue: Recorded[] = [];
  #left: number;
  /** By the recording's id: price in ticks, below 0 for a sell, and when it took its place. */
  #prices = new Int32Array(1024);
  #places = new Float64Array(1024);
  /** Counts what takes a place. */
  #place = 0;
  /** Of the strategy's orders, when each took its place; and lots that will be filled before the account hears of it. */
  readonly #ownPlaces = new Map<number, number>();
  readonly #granted = new Map<number, number>();
  nextTimeNs = PROFILE_GAP_NS;

  /**
   * @param account of the strategy
   * @param orders commands at most
   * @throws RangeError where the tick is none @throws RecordingError where the recording begins wrong, and later from `next`
   */
  constructor(file: RecordedFile, account: Account, orders: number) {
    const { format, tick, symbol, bytes } = file;
    const options = { tick, farPrices: "skip" } as const;
    this.#reader = format === "itch" ? new ItchReader({ ...options, symbol }) : new LobsterReader(options);
    this.#bytes = bytes;
    this.#account = account;
    this.#left = orders;
    this.#fill();
  }

  get left(): number {
    return this.#queue.length === 0 ? 0 : this.#left;
  }

  next(log: CommandLog): Command {
    const head = this.#queue[0];
    const filling = head.incoming === undefined ? undefined : this.#fillingOrder(head.incoming);
    // Once only: next time it is the recorded command's turn.
    head.incoming = undefined;
    const command = filling ?? head.command;
    if (filling === undefined) {
      this.#queue.shift();
      // Now, not when it was read: the strategy's orders of the time between come before it.
      if (command.op === "add") this.#places[command.id / 2] = this.#place++;
      this.#fill();
    }
    log.write(command, this.nextTimeNs);
    this.nextTimeNs += PROFILE_GAP_NS;
    this.#left--;
    return command;
  }

  onAccepted(): void {}
  onExecuted(): void {}
  onCanceled(): void {}
  onRefused(): void {}

  onOwnOrder(id: number): void {
    this.#ownPlaces.set(id, this.#place++);
    if (this.#ownPlaces.size < 2 * this.#account.openOrders.length + 1000) return;
    const open = new Set(this.#account.openOrders);
    for (const known of this.#ownPlaces.keys()) if (!open.has(known) && known !== id) this.#ownPlaces.delete(known);
  }

  /** By the next command, the account has heard of all fills. */
  onBook(): void {
    this.#granted.clear();
  }

  /** Reads on until there is a command, or no more of the recording. */
  #fill(): void {
    const reader = this.#reader;
    while (this.#queue.length === 0) {
      if (reader.drained && !this.#pushOrEnd()) return;
      const words = reader.read(this.#buffer, 1);
      const executed = reader.executedLots - this.#executedLots;
      this.#executedLots = reader.executedLots;
      for (let at = 0; at < words; at += COMMAND_WORDS) this.#take(at, executed);
    }
  }

  #pushOrEnd(): boolean {
    if (this.#ended) return false;
    if (this.#pushed < this.#bytes.length) {
      this.#reader.push(this.#bytes.subarray(this.#pushed, this.#pushed + CHUNK_BYTES));
      this.#pushed += CHUNK_BYTES;
    } else {
      this.#reader.end();
      this.#ended = true;
    }
    return true;
  }

  /** @param at the record's first word in the buffer */
  #take(at: number, executedLots: number): void {
    const buffer = this.#buffer;
    const id = buffer[at + 1];
    let incoming: Incoming | undefined;
    if ((buffer[at] & BYTE) === OP.add) {
      const isBuy = ((buffer[at] >>> SIDE_SHIFT) & CODE) === SIDE.buy;
      this.#keepPrice(id, isBuy ? buffer[at + 2] : -buffer[at + 2]);
      incoming = {
        side: isBuy ? "buy" : "sell",
        price: buffer[at + 2],
        lots: buffer[at + 3],
        before: Number.POSITIVE_INFINITY,
      };
    } else if (executedLots > 0) {
      const signed = this.#prices[id];
      const side = signed > 0 ? "sell" : "buy";
      incoming = { side, price: Math.abs(signed), lots: executedLots, before: this.#places[id] };
    }
    buffer[at + 1] = backgroundId(id);
    // The reader writes no record of unknown op.
    this.#queue.push({ command: decodeCommand(buffer, at) as Command, incoming });
  }

  #keepPrice(id: number, signedPrice: number): void {
    if (id >= this.#prices.length) {
      const prices = new Int32Array(2 * id);
      prices.set(this.#prices);
      this.#prices = prices;
      const places = new Float64Array(2 * id);
      places.set(this.#places);
      this.#places = places;
    }
    this.#prices[id] = signedPrice;
  }

  /** The part of it that the strategy's orders meet, or undefined where it is nothing. */
  #fillingOrder({ side, price, lots, before }: Incoming): Command | undefined {
    let left = lots;
    for (const id of this.#account.openOrders) {
      const order = this.#account.order(id);
      if (order === undefined || order.side === side || left === 0) continue;
      const better = side === "buy" ? price - order.price : order.price - price;
      const isMet = better > 0 || (better === 0 && (this.#ownPlaces.get(id) ?? Number.POSITIVE_INFINITY) < before);
      if (!isMet) continue;
      const granted = this.#granted.get(id) ?? 0;
      const taken = Math.min(left, order.openSize - granted);
      this.#granted.set(id, granted + taken);
      left -= taken;
    }
    if (left === lots) return undefined;
    return { op: "add", id: FILLING_ID, side, type: "limit", price, size: lots - left, tif: "ioc" };
  }
}
