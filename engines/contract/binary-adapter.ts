import { COMMAND_WORDS } from "./binary.ts";
import type { NewOrder, OwnerLimits } from "./commands.ts";
import { decodeCommand } from "./decode.ts";
import type { MatchingEngine, ObjectDoor } from "./engine.ts";
import { EventWriter } from "./event-records.ts";
import type { BookEvent, EngineEvent, RejectedEvent } from "./events.ts";
import { execute } from "./text.ts";

/** Gives an engine that takes objects its binary door. */
export function withBinaryDoor(objects: ObjectDoor): MatchingEngine {
  return new BinaryAdapter(objects);
}

class BinaryAdapter implements MatchingEngine {
  readonly #objects: ObjectDoor;
  readonly #writer = new EventWriter();
  #commands = new Int32Array(64 * COMMAND_WORDS);

  constructor(objects: ObjectDoor) {
    this.#objects = objects;
  }

  addOrder(order: NewOrder): EngineEvent[] {
    return this.#objects.addOrder(order);
  }

  cancelOrder(id: number): EngineEvent[] {
    return this.#objects.cancelOrder(id);
  }

  replaceOrder(id: number, price: number, size: number): EngineEvent[] {
    return this.#objects.replaceOrder(id, price, size);
  }

  getBook(depth?: number): BookEvent | RejectedEvent {
    return this.#objects.getBook(depth);
  }

  setLimits(limits: OwnerLimits): EngineEvent[] {
    return this.#objects.setLimits(limits);
  }

  killOwner(owner: number): EngineEvent[] {
    return this.#objects.killOwner(owner);
  }

  liftOwner(owner: number): EngineEvent[] {
    return this.#objects.liftOwner(owner);
  }

  get commands(): Int32Array {
    return this.#commands;
  }

  get events(): Int32Array {
    return this.#writer.events;
  }

  reserve(commandRecords: number): void {
    const words = commandRecords * COMMAND_WORDS;
    if (words > this.#commands.length) this.#commands = new Int32Array(words);
  }

  submit(words: number): number {
    if (!Number.isInteger(words) || words < 0 || words > this.#commands.length) {
      throw new RangeError(`submit(${words}): commands holds ${this.#commands.length} words; give 0 to that many`);
    }
    this.#writer.clear();
    for (let at = 0; at < words; at += COMMAND_WORDS) {
      if (at + COMMAND_WORDS <= words) this.#execute(at);
      else this.#writer.reject(0, 0, "unknown-op");
    }
    return this.#writer.words;
  }

  #execute(at: number): void {
    const command = decodeCommand(this.#commands, at);
    if (command === null) this.#writer.reject(0, 0, "unknown-op");
    else for (const event of execute(this.#objects, command)) this.#writer.write(event);
  }
}
