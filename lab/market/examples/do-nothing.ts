import type { Strategy } from "hotpath";

/** Sends nothing. What any other strategy has to beat, and what the market and the engine cost without one. */
export default class DoNothing implements Strategy {
  onBook(): void {}
}
