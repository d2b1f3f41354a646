import type { Strategy } from "./strategy.ts";

/** What a strategy's own code threw, as `cause`, and in which callback. */
export class StrategyError extends Error {
  readonly callback: keyof Strategy;

  constructor(callback: keyof Strategy, cause: unknown) {
    super(`${callback} threw`, { cause });
    this.name = "StrategyError";
    this.callback = callback;
  }
}
