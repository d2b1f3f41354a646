import type { Random } from "../../engines/flow/random.ts";
import { median } from "./statistics.ts";
import { type Comparison, compareInstances } from "./verdict.ts";

/** One of the things that are compared, as fresh code: an instance of it. */
export interface Contender {
  /** Runs the next batch of work. @returns its cost, in a unit that all contenders of a run share */
  run(): number | Promise<number>;
}

/** What is measured by default: instances of fresh code, and rounds in each. */
export const PLAN = { instances: 12, rounds: 7 } as const;

export interface RoundsPlan {
  /** How often all contenders are made anew, at least 2. */
  instances: number;
  /** Batches of each contender in an instance. */
  rounds: number;
}

/** What each batch cost: `costs[instance][round][contender]`. */
export type Costs = readonly (readonly (readonly number[])[])[];

export interface RoundsHost {
  /** Makes one instance of every contender, warm, in the same order each time. */
  create(instance: number): Promise<readonly Contender[]>;
  /** Called when all rounds of an instance are done. @param rounds what its batches cost: `rounds[round][contender]` */
  finish?(instance: number, rounds: Costs[number]): Promise<void>;
  /** Called when an instance is over, also where something threw. */
  dispose?(instance: number): Promise<void>;
  /** Called before each round. */
  onRound?(instance: number, round: number): void;
}

/** Runs all contenders side by side: in each round every one runs one batch, in an order drawn anew. */
export async function runRounds(plan: RoundsPlan, host: RoundsHost, random: Random): Promise<Costs> {
  const costs: number[][][] = [];
  for (let instance = 0; instance < plan.instances; instance++) {
    try {
      const contenders = await host.create(instance);
      const rounds: number[][] = [];
      for (let round = 0; round < plan.rounds; round++) {
        host.onRound?.(instance, round);
        rounds.push(await runRound(contenders, random));
      }
      costs.push(rounds);
      await host.finish?.(instance, rounds);
    } finally {
      await host.dispose?.(instance);
    }
  }
  return costs;
}

async function runRound(contenders: readonly Contender[], random: Random): Promise<number[]> {
  const costs = new Array<number>(contenders.length);
  for (const each of shuffled(contenders.length, random)) costs[each] = await contenders[each].run();
  return costs;
}

/** The numbers from 0 to `count` − 1 in a random order (Fisher and Yates). */
export function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let left = count; left > 1; left--) {
    const chosen = random.below(left);
    [order[left - 1], order[chosen]] = [order[chosen], order[left - 1]];
  }
  return order;
}

/** How many times as fast `subject` was as `baseline`, both as places among the contenders. */
export function compareContenders(costs: Costs, baseline: number, subject: number): Comparison {
  return compareInstances(costs.map((rounds) => instanceRatio(rounds, baseline, subject)));
}

/** How many times as fast `subject` was in one instance: the median over its rounds. */
export function instanceRatio(rounds: Costs[number], baseline: number, subject: number): number {
  return Math.exp(median(rounds.map((round) => Math.log(round[baseline] / round[subject]))));
}

/** The median over the instances of a contender's median batch. */
export function typicalCost(costs: Costs, contender: number): number {
  return median(instanceCosts(costs, contender));
}

/** A contender's median batch in each instance. */
export function instanceCosts(costs: Costs, contender: number): number[] {
  return costs.map((rounds) => median(rounds.map((round) => round[contender])));
}
