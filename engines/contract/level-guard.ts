import type { NewOrder } from "./commands.ts";
import type { ObjectDoor } from "./engine.ts";
import type { BookEvent, EngineEvent, RejectedEvent } from "./events.ts";
import { checkNewOrder, checkReplace, reject } from "./validate.ts";

/** What an engine of level `core` implements; the guard adds the rest. */
export interface CoreEngine extends Omit<ObjectDoor, "replaceOrder"> {
  /** Whether an order with this id rests in the book. */
  isLive(id: number): boolean;
}

/** Makes of an engine of level `core` one that answers all commands, those beyond its level with `unsupported`. */
export function withLevelGuard(engine: CoreEngine): ObjectDoor {
  return new LevelGuard(engine);
}

class LevelGuard implements ObjectDoor {
  readonly #engine: CoreEngine;

  constructor(engine: CoreEngine) {
    this.#engine = engine;
  }

  addOrder(order: NewOrder): EngineEvent[] {
    const valid = checkNewOrder(order) === undefined && !this.#engine.isLive(order.id);
    return valid && isBeyondCore(order) ? [reject("add", order.id, "unsupported")] : this.#engine.addOrder(order);
  }

  cancelOrder(id: number): EngineEvent[] {
    return this.#engine.cancelOrder(id);
  }

  replaceOrder(id: number, price: number, size: number): EngineEvent[] {
    const wrong = checkReplace(id, price, size) ?? (this.#engine.isLive(id) ? "unsupported" : "unknown-order");
    return [reject("replace", id, wrong)];
  }

  getBook(depth?: number): BookEvent | RejectedEvent {
    return this.#engine.getBook(depth);
  }
}

/** Whether a valid order asks for more than level `core`. A market order's `ioc` does not. */
function isBeyondCore({ type, tif, postOnly, stp }: NewOrder): boolean {
  const immediateLimit = type !== "market" && (tif === "ioc" || tif === "fok");
  return immediateLimit || postOnly === true || (stp !== undefined && stp !== "none");
}
