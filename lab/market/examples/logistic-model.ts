import type { Market } from "hotpath";

const LEARNING_RATE = 0.02;
/** Pulls weights that earn nothing towards 0. */
const DECAY = 0.00001;

/**
 * The chance that something happens, p = 1 / (1 + e^(−w·x)), by features x of what is seen. When it is known what came of it, the
 * weights move along the gradient of the log likelihood, (happened − p) x: logistic regression by stochastic gradient descent
 * (Bottou, "Online learning and stochastic approximations", 1998).
 *
 * `market.exp` in place of `Math.exp`: its last bit decides orders, and must be the same on every engine and machine.
 */
export class LogisticModel {
  readonly weights: number[];

  constructor(features: number) {
    this.weights = Array.from({ length: features }, () => 0);
  }

  /** 0 … 1. */
  chance(features: readonly number[], market: Market): number {
    let sum = 0;
    for (let i = 0; i < features.length; i++) sum += this.weights[i] * features[i];
    return 1 / (1 + market.exp(-sum));
  }

  /** Learns what came of the features. @returns the chance that it would have given before */
  learn(features: readonly number[], happened: boolean, market: Market): number {
    const chance = this.chance(features, market);
    const step = LEARNING_RATE * ((happened ? 1 : 0) - chance);
    for (let i = 0; i < features.length; i++) {
      this.weights[i] += step * features[i] - DECAY * this.weights[i];
    }
    return chance;
  }
}
