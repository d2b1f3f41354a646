import { COMMAND_WORDS } from "./binary.ts";
import type { NewOrder, OwnerLimits } from "./commands.ts";
import { encodeAdd, encodeBook, encodeCancel, encodeKill, encodeLift, encodeLimits, encodeReplace } from "./encode.ts";
import type { BinaryDoor, MatchingEngine } from "./engine.ts";
import { decodeEvents } from "./event-records.ts";
import type { BookEvent, EngineEvent, RejectedEvent } from "./events.ts";

/** Gives an engine that takes records its object door. A call through it uses the first record of `commands`. */
export function withObjectDoor(binary: BinaryDoor): MatchingEngine {
  return new ObjectAdapter(binary);
}

class ObjectAdapter implements MatchingEngine {
  readonly #binary: BinaryDoor;

  constructor(binary: BinaryDoor) {
    this.#binary = binary;
    binary.reserve(1);
  }

  addOrder(order: NewOrder): EngineEvent[] {
    encodeAdd(order, this.#binary.commands, 0);
    return this.#execute();
  }

  cancelOrder(id: number): EngineEvent[] {
    encodeCancel(id, this.#binary.commands, 0);
    return this.#execute();
  }

  replaceOrder(id: number, price: number, size: number): EngineEvent[] {
    encodeReplace(id, price, size, this.#binary.commands, 0);
    return this.#execute();
  }

  getBook(depth?: number): BookEvent | RejectedEvent {
    encodeBook(depth, this.#binary.commands, 0);
    return this.#execute()[0] as BookEvent | RejectedEvent;
  }

  setLimits(limits: OwnerLimits): EngineEvent[] {
    encodeLimits(limits, this.#binary.commands, 0);
    return this.#execute();
  }

  killOwner(owner: number): EngineEvent[] {
    encodeKill(owner, this.#binary.commands, 0);
    return this.#execute();
  }

  liftOwner(owner: number): EngineEvent[] {
    encodeLift(owner, this.#binary.commands, 0);
    return this.#execute();
  }

  get commands(): Int32Array {
    return this.#binary.commands;
  }

  get events(): Int32Array {
    return this.#binary.events;
  }

  reserve(commandRecords: number): void {
    this.#binary.reserve(commandRecords);
  }

  submit(words: number): number {
    return this.#binary.submit(words);
  }

  #execute(): EngineEvent[] {
    const words = this.#binary.submit(COMMAND_WORDS);
    return decodeEvents(this.#binary.events, words);
  }
}
