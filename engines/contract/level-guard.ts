import type { NewOrder, OwnerLimits } from "./commands.ts";
import type { ObjectDoor } from "./engine.ts";
import type { BookEvent, EngineEvent, RejectedEvent } from "./events.ts";
import { checkLimits, checkNewOrder, checkOwner, checkReplace, reject } from "./validate.ts";

/** What an engine of level `full` implements; `withRiskGuard` adds the rest. */
export type FullEngine = Omit<ObjectDoor, "setLimits" | "killOwner" | "liftOwner">;

/** What an engine of level `core` implements; `withLevelGuard` adds the rest. */
export interface CoreEngine extends Omit<FullEngine, "replaceOrder"> {
  /** Whether an order with this id rests in the book. */
  isLive(id: number): boolean;
}

/** Makes of an engine of level `core` one that answers all commands, those beyond its level with `unsupported`. */
export function withLevelGuard(engine: CoreEngine): ObjectDoor {
  return new RiskGuard(new CoreGuard(engine));
}

/** Makes of an engine of level `full` one that answers all commands, those beyond its level with `unsupported`. */
export function withRiskGuard(engine: FullEngine): ObjectDoor {
  return new RiskGuard(engine);
}

class CoreGuard implements FullEngine {
  readonly #engine: CoreEngine;

  constructor(engine: CoreEngine) {
    this.#engine = engine;
  }

  addOrder(order: NewOrder): EngineEvent[] {
    const beyond = checkNewOrder(order) === undefined && isBeyondCore(order) && !this.#engine.isLive(order.id);
    return beyond ? [reject("add", order.id, "unsupported")] : this.#engine.addOrder(order);
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

class RiskGuard implements ObjectDoor {
  readonly #engine: FullEngine;

  constructor(engine: FullEngine) {
    this.#engine = engine;
  }

  addOrder(order: NewOrder): EngineEvent[] {
    return this.#engine.addOrder(order);
  }

  cancelOrder(id: number): EngineEvent[] {
    return this.#engine.cancelOrder(id);
  }

  replaceOrder(id: number, price: number, size: number): EngineEvent[] {
    return this.#engine.replaceOrder(id, price, size);
  }

  getBook(depth?: number): BookEvent | RejectedEvent {
    return this.#engine.getBook(depth);
  }

  setLimits(limits: OwnerLimits): EngineEvent[] {
    return [reject("limits", undefined, checkLimits(limits) ?? "unsupported")];
  }

  killOwner(owner: number): EngineEvent[] {
    return [reject("kill", undefined, checkOwner(owner) ?? "unsupported")];
  }

  liftOwner(owner: number): EngineEvent[] {
    return [reject("lift", undefined, checkOwner(owner) ?? "unsupported")];
  }
}

/** Whether a valid order asks for more than level `core`. A market order's `ioc` does not. */
function isBeyondCore({ type, tif, postOnly, stp }: NewOrder): boolean {
  const immediateLimit = type !== "market" && (tif === "ioc" || tif === "fok");
  return immediateLimit || postOnly === true || (stp !== undefined && stp !== "none");
}
