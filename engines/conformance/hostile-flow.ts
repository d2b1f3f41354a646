import { MAX_ID, MAX_OWNER, MAX_PRICE, MAX_SIZE } from "../contract/commands.ts";
import type { Random } from "../flow/random.ts";

type Fields = Record<string, unknown>;

const SIDES = ["buy", "sell"];
/** A market order may say only the first. */
const MARKET_TIFS = ["ioc", "ioc", "ioc", "gtc", "fok"];
const STPS = ["none", "cancel-resting", "cancel-incoming", "cancel-both"];
/** No field of a command takes any of these. */
const NEVER_VALID = [null, "", "1", "constructor", "__proto__", [], [1], {}, Number.NaN, Number.POSITIVE_INFINITY];
/** Numbers at which a range, a word or a double ends. */
const EDGES = [
  0,
  -0,
  -1,
  1,
  0.5,
  1.5,
  MAX_PRICE,
  MAX_PRICE + 1,
  MAX_SIZE,
  MAX_SIZE + 1,
  -MAX_SIZE - 1,
  2 ** 32,
  2 ** 32 + 1,
  -(2 ** 32) + 1,
  2 ** 53,
  1e300,
  Number.NEGATIVE_INFINITY,
];
const WORDS = ["buy", "limit", "market", "gtc", "ioc", "fok", "none", "cancel-both", true, false];
const MOST_REMEMBERED = 400;
const KEYS = ["op", "id", "side", "type", "price", "size", "tif", "postOnly", "owner", "stp", "depth"];
const RISK_KEYS = ["op", "id", "owner", "maxOrderSize", "maxOpenOrders", "positionLimit", "priceBand"];

/**
 * Endless commands that meet each other often: few ids, few prices, all commands, and values of every kind where they do
 * not belong. Each flow draws its own shape: where its prices and sizes lie, how far apart its ids are, how hostile it is.
 * Decided by integer draws alone, so a seed gives the same flow everywhere.
 */
export class HostileFlow {
  readonly #random: Random;
  readonly #ids: number;
  readonly #idStride: number;
  readonly #prices: number;
  readonly #lowestPrice: number;
  readonly #priceStride: number;
  /** By how many prices the asks lie above the bids; the fewer, the more orders cross. */
  readonly #apart: number;
  readonly #sizes: number;
  readonly #lowestSize: number;
  readonly #owners: number;
  readonly #ownerStride: number;
  /** Of 256 commands, how many have fields that are spoiled, one to three of them. */
  readonly #spoiled: number;
  /** Of 256 commands, how many are adds; of the others, four in eight are cancels and three replaces. */
  readonly #adds: number;
  /** Of 256 commands, how many are risk commands. */
  readonly #risks: number;

  /** Ids of orders that may rest: mostly these are cancelled and replaced, and others are added. */
  readonly #perhapsLive: number[] = [];
  readonly #killed: number[] = [];

  constructor(random: Random) {
    this.#random = random;
    this.#ids = this.#one([4, 16, 64, 256, 1024, 2500]);
    this.#idStride = this.#one([1, 1, 1, 3, Math.floor(MAX_ID / this.#ids)]);
    this.#prices = this.#one([1, 2, 5, 12, 40]);
    this.#priceStride = this.#one([1, 1, 1, 31, 4097]);
    this.#apart = Math.floor((this.#prices * this.#one([0, 2, 3, 4])) / 4);
    const span = (this.#prices + this.#apart) * this.#priceStride;
    this.#lowestPrice = this.#one([1, 100, 65_530, MAX_PRICE - span + this.#priceStride]);
    this.#sizes = this.#one([1, 3, 20, 100]);
    this.#lowestSize = this.#one([1, 1, 1, 1, MAX_SIZE - this.#sizes]);
    this.#owners = this.#one([2, 3, 5]);
    this.#ownerStride = this.#one([1, 1, 1000, Math.floor(MAX_OWNER / this.#owners)]);
    this.#spoiled = this.#one([0, 2, 16, 64]);
    this.#adds = this.#one([120, 150, 200]);
    this.#risks = this.#one([0, 2, 8, 16]);
  }

  /** The next command; any object, whatever its values. */
  next(): Fields {
    const command = this.#random.below(256) < this.#risks ? this.#risk() : this.#trading();
    if (this.#random.below(256) >= this.#spoiled) return command;
    for (let fields = 1 + this.#random.below(3); fields > 0; fields--) this.#spoil(command);
    return command;
  }

  #trading(): Fields {
    return this.#random.below(256) < this.#adds ? this.#add() : this.#other(this.#random.below(8));
  }

  /** Limits within reach of the flow's sizes and prices. Who is killed is soon lifted, so that most can trade. */
  #risk(): Fields {
    if (this.#killed.length > 0 && this.#random.below(4) !== 0) return { op: "lift", owner: this.#killed.pop() };
    const owner = (1 + this.#random.below(this.#owners - 1)) * this.#ownerStride;
    const draw = this.#random.below(12);
    if (draw < 2) {
      this.#killed.push(owner);
      return { op: "kill", owner };
    }
    if (draw < 3) return { op: "lift", owner };
    const command: Fields = { op: "limits", owner };
    const size = this.#lowestSize + this.#sizes;
    this.#perhaps(command, "maxOrderSize", () => Math.min(this.#size() + this.#random.below(this.#sizes), MAX_SIZE));
    this.#perhaps(command, "maxOpenOrders", () => 1 + this.#random.below(12));
    this.#perhaps(command, "positionLimit", () => Math.min(1 + this.#random.below(16) * size, MAX_SIZE));
    this.#perhaps(command, "priceBand", () => 1 + this.#random.below(2 * this.#prices) * this.#priceStride);
    if (this.#random.below(16) === 0) command[this.#one(RISK_KEYS)] = this.#one(EDGES);
    return command;
  }

  #add(): Fields {
    const id = this.#freeId();
    const command: Fields = { op: "add", id, side: this.#one(SIDES) };
    const market = this.#random.below(10) === 0;
    if (market) command.type = "market";
    else command.price = this.#price(command.side === "sell");
    command.size = this.#size();
    if (!market) this.#addTimeInForce(command);
    else if (this.#random.below(4) === 0) command.tif = this.#one(MARKET_TIFS);
    this.#perhaps(command, "owner", () => this.#random.below(this.#owners) * this.#ownerStride);
    this.#perhaps(command, "stp", () => this.#one(STPS));
    if (!market && command.tif !== "ioc" && command.tif !== "fok") this.#remember(id);
    return command;
  }

  #addTimeInForce(command: Fields): void {
    switch (this.#random.below(12)) {
      case 0:
        command.tif = "ioc";
        break;
      case 1:
        command.tif = "fok";
        break;
      case 2:
        command.tif = "gtc";
        break;
      case 3:
      case 4:
        command.postOnly = true;
        break;
      case 5:
        command.postOnly = false;
        break;
    }
  }

  #other(draw: number): Fields {
    if (draw < 4) return { op: "cancel", id: this.#liveId(true) };
    if (draw < 7) {
      return {
        op: "replace",
        id: this.#liveId(false),
        price: this.#price(this.#random.below(2) === 0),
        size: this.#size(),
      };
    }
    const depth = this.#random.below(60);
    return depth < 20 ? { op: "book" } : { op: "book", depth };
  }

  /** A field of the command becomes what it must not be, or goes, or one comes that does not belong there. */
  #spoil(command: Fields): void {
    const present = Object.keys(command);
    const keys = command.op === "limits" ? RISK_KEYS : KEYS;
    const key = this.#one(present.length === 0 || this.#random.below(4) === 0 ? keys : present);
    switch (this.#random.below(5)) {
      case 0:
        delete command[key];
        break;
      case 1:
        command[key] = this.#one(NEVER_VALID);
        break;
      case 2:
        command[key] = this.#one(WORDS);
        break;
      case 3:
        command[key] = `${command[key]} `;
        break;
      default:
        command[key] = this.#one(EDGES);
    }
  }

  #perhaps(command: Fields, key: string, value: () => unknown): void {
    if (this.#random.below(4) !== 0) command[key] = value();
  }

  #id(): number {
    return 1 + this.#random.below(this.#ids) * this.#idStride;
  }

  #freeId(): number {
    let id = this.#id();
    for (let i = 0; i < 3 && this.#perhapsLive.includes(id); i++) id = this.#id();
    return id;
  }

  #remember(id: number): void {
    if (this.#perhapsLive.includes(id)) return;
    this.#perhapsLive.push(id);
    if (this.#perhapsLive.length > MOST_REMEMBERED) this.#perhapsLive.shift();
  }

  #liveId(leaves: boolean): number {
    const count = this.#perhapsLive.length;
    if (count === 0 || this.#random.below(8) === 0) return this.#id();
    // Of two draws the later add, which is more likely to be there still.
    const place = Math.max(this.#random.below(count), this.#random.below(count));
    const id = this.#perhapsLive[place];
    // Some stay, so that orders which are gone are cancelled too.
    if (leaves && this.#random.below(8) !== 0) this.#perhapsLive.splice(place, 1);
    return id;
  }

  #price(isSell: boolean): number {
    const step = this.#random.below(this.#prices) + (isSell ? this.#apart : 0);
    return this.#lowestPrice + step * this.#priceStride;
  }

  #size(): number {
    return this.#lowestSize + this.#random.below(this.#sizes);
  }

  #one<T>(values: readonly T[]): T {
    return values[this.#random.below(values.length)];
  }
}
