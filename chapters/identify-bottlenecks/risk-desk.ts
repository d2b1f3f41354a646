import type { EngineEvent } from "../../engines/contract/events.ts";
import type { SystemCommand } from "./trading-system.ts";

/** Lots of one order at most. */
const MAX_ORDER_LOTS = 100_000;
/** Ticks from the last trade's price at most. */
const PRICE_BAND = 5_000;

/** Checks each command before it reaches the book. Market orders, which carry no price, pass the band. */
export class RiskDesk {
  #lastPrice: number | undefined;
  /** Everything that was ever refused, for the report at the end of the day. */
  readonly refused: SystemCommand[] = [];

  allows(command: SystemCommand): boolean {
    if (command.op !== "add") return true;
    const { price, size } = command;
    const strays =
      price !== undefined && this.#lastPrice !== undefined && Math.abs(price - this.#lastPrice) > PRICE_BAND;
    if (size <= MAX_ORDER_LOTS && !strays) return true;
    this.refused.push(command);
    return false;
  }

  learn(event: EngineEvent): void {
    if (event.event === "executed") this.#lastPrice = event.price;
  }
}
