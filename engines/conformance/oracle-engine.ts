import { withBinaryDoor } from "../contract/binary-adapter.ts";
import type { NewOrder, OwnerLimits } from "../contract/commands.ts";
import type { Level, MatchingEngine, ObjectDoor } from "../contract/engine.ts";
import type { BookEvent, EngineEvent, RejectedEvent } from "../contract/events.ts";
import { Oracle } from "./oracle.ts";

/** The oracle with an engine's two doors, to run where engines run: in the suite, and beside them in a benchmark. */
export function createOracleEngine(level: Level): MatchingEngine {
  return withBinaryDoor(new OracleDoor(new Oracle(level)));
}

/** An engine's object door on anything that executes commands. */
export class OracleDoor implements ObjectDoor {
  readonly #oracle: Pick<Oracle, "execute">;

  constructor(oracle: Pick<Oracle, "execute">) {
    this.#oracle = oracle;
  }

  addOrder(order: NewOrder): EngineEvent[] {
    return this.#oracle.execute({ ...order, op: "add" });
  }

  cancelOrder(id: number): EngineEvent[] {
    return this.#oracle.execute({ op: "cancel", id });
  }

  replaceOrder(id: number, price: number, size: number): EngineEvent[] {
    return this.#oracle.execute({ op: "replace", id, price, size });
  }

  getBook(depth?: number): BookEvent | RejectedEvent {
    return this.#oracle.execute({ op: "book", depth })[0] as BookEvent | RejectedEvent;
  }

  setLimits(limits: OwnerLimits): EngineEvent[] {
    return this.#oracle.execute({ ...limits, op: "limits" });
  }

  killOwner(owner: number): EngineEvent[] {
    return this.#oracle.execute({ op: "kill", owner });
  }

  liftOwner(owner: number): EngineEvent[] {
    return this.#oracle.execute({ op: "lift", owner });
  }
}
