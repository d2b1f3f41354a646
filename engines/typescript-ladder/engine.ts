import {
  CANCEL_REASON,
  COMMAND_WORDS,
  OP,
  POST_ONLY_SHIFT,
  REJECT_REASON,
  SIDE,
  SIDE_SHIFT,
  STP_SHIFT,
  TIF,
  TIF_SHIFT,
  TYPE,
  TYPE_SHIFT,
} from "../contract/binary.ts";
import type { BinaryDoor, CreateEngine, ReadArtefact } from "../contract/engine.ts";
import { withObjectDoor } from "../contract/object-adapter.ts";
import { code, isPrice, SIDE_BITS, wrongAdd, wrongLimits } from "./checks.ts";
import { EventLog } from "./event-log.ts";
import { BUY_TRAIT, LadderBook, LOOK_AHEAD, lastPrice, POST_ONLY_TRAIT } from "./ladder-book.ts";
import { REJECTED } from "./risk-accounts.ts";

/** The op, and the bits above the codes, which are zero for every op that there is. */
const OP_MASK = 0xf00000ff | 0;

/** Reads command records, checks them in the contract's order, and hands what is valid to the book. */
export class Ladder implements BinaryDoor {
  commands = new Int32Array(1024 * COMMAND_WORDS);
  readonly #log = new EventLog();
  readonly #book = new LadderBook(this.#log);
  /** What looking ahead has seen: nobody reads it, but as it is kept, the reading can't be left out. */
  #seen = 0;

  get events(): Int32Array {
    return this.#log.words;
  }

  reserve(commandRecords: number): void {
    const words = commandRecords * COMMAND_WORDS;
    if (words > this.commands.length) this.commands = new Int32Array(words);
  }

  submit(words: number): number {
    const commands = this.commands;
    if (!Number.isInteger(words) || words < 0 || words > commands.length) {
      throw new RangeError(
        `submit(${words}): give a number of words from 0 to ${commands.length}, the length of commands`,
      );
    }
    this.#log.clear();
    const end = words - (words % COMMAND_WORDS);
    this.#book.spareAges(end);
    if (this.#book.isLarge) this.#executeLookingAhead(commands, end);
    else if (this.#book.accounts.isOn) this.#executeHeld(commands, 0, end);
    else this.#execute(commands, 0, end);
    if (end < words) this.#log.rejected(0, 0, REJECT_REASON["unknown-op"]);
    return this.#log.length;
  }

  #executeLookingAhead(commands: Int32Array, end: number): void {
    for (let from = 0; from < end; from += LOOK_AHEAD * COMMAND_WORDS) {
      const to = Math.min(end, from + LOOK_AHEAD * COMMAND_WORDS);
      this.#seen ^= this.#book.lookAhead(commands, from, to);
      if (this.#book.accounts.isOn) this.#executeHeld(commands, from, to);
      else this.#execute(commands, from, to);
    }
  }

  /**
   * The loop is a method of its own, with nothing behind it: V8 compiles it while it runs, and would throw that code away at
   * what it has not seen yet.
   */
  #execute(commands: Int32Array, from: number, to: number): void {
    for (let at = from; at < to; at += COMMAND_WORDS) {
      switch (commands[at] & OP_MASK) {
        case OP.add:
          this.#add(commands[at], commands[at + 1], commands[at + 2], commands[at + 3], commands[at + 4]);
          break;
        case OP.cancel:
          this.#cancel(commands[at + 1]);
          break;
        case OP.replace:
          this.#replace(commands[at + 1], commands[at + 2], commands[at + 3]);
          break;
        case OP.book:
          this.#showBook(commands[at + 3]);
          break;
        default:
          this.#executeRare(commands, at);
          if (this.#book.accounts.isOn) {
            this.#executeHeld(commands, at + COMMAND_WORDS, to);
            return;
          }
      }
    }
  }

  /** The same where owners may be held to limits: a loop of its own, so that where nobody is, an add has nothing to ask. */
  #executeHeld(commands: Int32Array, from: number, to: number): void {
    for (let at = from; at < to; at += COMMAND_WORDS) {
      switch (commands[at] & OP_MASK) {
        case OP.add:
          this.#addHeld(commands[at], commands[at + 1], commands[at + 2], commands[at + 3], commands[at + 4]);
          break;
        case OP.cancel:
          this.#cancel(commands[at + 1]);
          break;
        case OP.replace:
          this.#replace(commands[at + 1], commands[at + 2], commands[at + 3]);
          break;
        case OP.book:
          this.#showBook(commands[at + 3]);
          break;
        default:
          this.#executeRare(commands, at);
      }
    }
  }

  /** The risk commands, and what is no command. */
  #executeRare(commands: Int32Array, at: number): void {
    const op = commands[at] & OP_MASK;
    const owner = commands[at + 4];
    if (op !== OP.limits && op !== OP.kill && op !== OP.lift) this.#log.rejected(0, 0, REJECT_REASON["unknown-op"]);
    else if (owner <= 0) this.#log.rejected(op, 0, REJECT_REASON["invalid-owner"]);
    else if (op === OP.kill) this.#book.kill(owner);
    else if (op === OP.lift) this.#book.lift(owner);
    else if (wrongLimits(commands, at)) this.#log.rejected(op, 0, REJECT_REASON["invalid-limit"]);
    else this.#book.setLimits(owner, commands[at + 1], commands[at + 2], commands[at + 3], commands[at + 5]);
  }

  /** The limit order that says nothing else comes first: it is most of what an engine gets. */
  #add(codes: number, id: number, price: number, size: number, owner: number): void {
    const side = code(codes, SIDE_SHIFT);
    const isPlain = (codes & ~SIDE_BITS) === OP.add && (side === SIDE.buy || side === SIDE.sell);
    if (!isPlain || id <= 0 || size <= 0 || !isPrice(price) || owner < 0 || this.#book.has(id)) {
      this.#addChecked(codes, id, price, size, owner);
      return;
    }
    this.#log.accepted(id);
    this.#book.addLimit(id, price, size, owner, side === SIDE.buy ? BUY_TRAIT : 0);
  }

  /** The limit order that says nothing else, of an owner who may be held to limits. */
  #addHeld(codes: number, id: number, price: number, size: number, owner: number): void {
    const side = code(codes, SIDE_SHIFT);
    const isPlain = (codes & ~SIDE_BITS) === OP.add && (side === SIDE.buy || side === SIDE.sell);
    if (!isPlain || id <= 0 || size <= 0 || !isPrice(price) || owner < 0 || this.#book.has(id)) {
      this.#addChecked(codes, id, price, size, owner);
      return;
    }
    const traits = this.#book.accounts.admit((SIDE.sell - side) * BUY_TRAIT, owner, price, size, true);
    if (traits === REJECTED) {
      this.#log.rejected(OP.add, id, this.#book.accounts.reason);
      return;
    }
    this.#log.accepted(id);
    this.#book.addLimit(id, price, size, owner, traits);
  }

  #addChecked(codes: number, id: number, price: number, size: number, owner: number): void {
    const wrong = wrongAdd(codes, id, price, size, owner) || (this.#book.has(id) ? REJECT_REASON["duplicate-id"] : 0);
    if (wrong !== 0) {
      this.#log.rejected(OP.add, Math.max(id, 0), wrong);
      return;
    }
    const isBuy = code(codes, SIDE_SHIFT) === SIDE.buy;
    const isMarket = code(codes, TYPE_SHIFT) === TYPE.market;
    const tif = code(codes, TIF_SHIFT);
    const postOnly = code(codes, POST_ONLY_SHIFT) !== 0;
    const flags = (postOnly ? POST_ONLY_TRAIT : 0) | (isBuy ? BUY_TRAIT : 0);
    const mayRest = !isMarket && tif <= TIF.gtc;
    const plain = code(codes, STP_SHIFT) | flags;
    const traits = this.#book.accounts.isOn ? this.#book.accounts.admit(plain, owner, price, size, mayRest) : plain;
    if (traits === REJECTED) {
      this.#log.rejected(OP.add, id, this.#book.accounts.reason);
      return;
    }
    if (postOnly && this.#book.crosses(isBuy, price)) {
      this.#log.rejected(OP.add, id, REJECT_REASON["would-cross"]);
      return;
    }
    this.#log.accepted(id);
    if (isMarket) {
      this.#book.addImmediate(id, lastPrice(isBuy), size, owner, traits, CANCEL_REASON["no-liquidity"]);
    } else if (tif <= TIF.gtc) {
      this.#book.addLimit(id, price, size, owner, traits);
    } else if (tif === TIF.fok && !this.#book.canFill(price, size, owner, traits)) {
      this.#log.canceled(id, size, CANCEL_REASON.fok);
    } else {
      this.#book.addImmediate(id, price, size, owner, traits, CANCEL_REASON.ioc);
    }
  }

  #cancel(id: number): void {
    if (id > 0) this.#book.cancel(id);
    else this.#log.rejected(OP.cancel, 0, REJECT_REASON["invalid-id"]);
  }

  #replace(id: number, price: number, size: number): void {
    if (id > 0 && size > 0 && isPrice(price)) {
      this.#book.replace(id, price, size);
      return;
    }
    const wrong = id <= 0 ? "invalid-id" : size <= 0 ? "invalid-size" : "invalid-price";
    this.#log.rejected(OP.replace, Math.max(id, 0), REJECT_REASON[wrong]);
  }

  #showBook(depth: number): void {
    if (depth > 0) this.#book.book(depth);
    else this.#log.rejected(OP.book, 0, REJECT_REASON["invalid-depth"]);
  }
}

/** Needs no built file. */
export async function load(_readArtefact: ReadArtefact): Promise<CreateEngine> {
  return () => withObjectDoor(new Ladder());
}
