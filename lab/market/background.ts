import type { Command } from "../../engines/contract/commands.ts";
import type { CommandLog } from "./command-log.ts";
import type { BookLevels } from "./gate.ts";

/**
 * The orders of everyone else, as objects, the way orders reach the high-level side of a trading system. It may follow what
 * the engine answers: engines that agree give it the same answers, so it sends the same orders to each.
 */
export interface Background {
  /** Orders still to come. */
  readonly left: number;
  /** When the next order comes, simulated ns; of no meaning where none is left. */
  readonly nextTimeNs: number;
  /** The next order, whose record it adds to the log; not to be called where none is left. */
  next(log: CommandLog): Command;
  onAccepted(id: number): void;
  onExecuted(taker: number, maker: number, price: number, size: number): void;
  onCanceled(id: number): void;
  /** An add was refused. */
  onRefused(id: number): void;
  /** One of the strategy's orders took, or takes anew, its place in the market. */
  onOwnOrder(id: number): void;
  /** The book was read. */
  onBook(book: BookLevels): void;
}
