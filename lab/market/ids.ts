import { MAX_OWNER } from "../../engines/contract/commands.ts";

/**
 * Background and strategy share one book, so their ids must not meet: the background's are even, twice what its flow
 * says, and the strategy's are odd. Both stay dense, which is what engines are fast at.
 */

/** Ids of a flow that are doubled: those below. A flow counts up from 1 and stays far below it. */
const DOUBLED_BELOW = 2 ** 29;

/** The owner of the strategy's orders; no flow uses it. */
export const STRATEGY_OWNER = MAX_OWNER;
/** Orders that a strategy may send in a run. */
export const MAX_STRATEGY_ORDERS = 2 ** 29;

/** The id in the book of the flow's id. What is no id at all stays as it is, to be rejected. */
export function backgroundId(flowId: number): number {
  return flowId > 0 && flowId < DOUBLED_BELOW ? flowId * 2 : flowId;
}

/** The id of the strategy's order number `index`, from 0. */
export function strategyId(index: number): number {
  return index * 2 + 1;
}

/** Whether the strategy sent the order with this id. */
export function isStrategyId(id: number): boolean {
  return (id & 1) === 1 && id < 2 * MAX_STRATEGY_ORDERS;
}
