/** What a model market is made of. Rates are a simulated second; each side has its own orders at that rate. */
export interface MarketModel {
  /** Limit orders a tick, at each of `spanTicks` ticks. */
  limitRate: number;
  /** Ticks below the best ask where buys are placed, above the best bid where sells are. */
  spanTicks: number;
  /** Of each live order. Its mean life is 1 / cancelRate. */
  cancelRate: number;
  /** Market orders, where nothing excites them. */
  marketRate: number;
  /** Market orders that call for more of the same side. */
  bursts?: Bursts;
  /** One after the other, and again from the first; each lasts an exponentially distributed time. */
  phases?: readonly Phase[];
}

/**
 * A Hawkes process with an exponential kernel: each market order raises its side's rate by `jump`, which decays by the
 * factor e^(−decay t). `jump / decay`, below 1, is how many orders one order calls for; the mean rate is marketRate / (1 − jump / decay).
 */
export interface Bursts {
  /** Orders a second. */
  jump: number;
  /** 1 / second. */
  decay: number;
}

/** A stretch of time in which rates are multiplied. A factor left out is 1. */
export interface Phase {
  meanSeconds: number;
  limit?: number;
  cancel?: number;
  buy?: number;
  sell?: number;
}

const ZERO_INTELLIGENCE: MarketModel = { limitRate: 500, spanTicks: 50, cancelRate: 25, marketRate: 2500 };

/**
 * Zero intelligence: limit orders, market orders and cancels come as Poisson processes and know nothing but the best
 * prices. The model is that of Smith, Farmer, Gillemot and Krishnamurthy, "Statistical theory of the continuous double
 * auction", Quantitative Finance 3 (2003): limit orders at rate α a tick below the best ask and above the best bid, market
 * orders at rate μ, each order cancelled at rate δ. Far from the touch a tick then holds α / δ orders, and the spread is of the size
 * μ / (2 α), with the μ of both sides. The rates are ours, of a busy stock at its busiest second: about 100,000 commands.
 *
 * | market | α | δ | μ a side | orders a tick | μ / (2 α), ticks |
 * | --- | --- | --- | --- | --- | --- |
 * | zero-intelligence | 500 | 25 | 2,500 | 20 | 5 |
 * | bursts | 500 | 25 | 2,500 in the mean | 20 | 5 |
 * | trending | 500 | 25 | 500 or 4,500 | 20 | 5 |
 * | thin | 40 | 25 | 600 | 1.6 | 15 |
 * | cancel-storm | 500 | 25, in a storm 750 | 2,500 | 20 | 5 |
 *
 * Sizes are 1 … 100 lots, each as likely, for limit and market orders.
 *
 * Hawkes, "Spectra of some self-exciting and mutually exciting point processes", Biometrika 58 (1971); on markets: Bacry,
 * Mastromatteo and Muzy, "Hawkes processes in finance", Market Microstructure and Liquidity 1 (2015).
 */
export const MARKET_MODELS = {
  "zero-intelligence": ZERO_INTELLIGENCE,
  bursts: { ...ZERO_INTELLIGENCE, marketRate: 1000, bursts: { jump: 1200, decay: 2000 } },
  trending: {
    ...ZERO_INTELLIGENCE,
    phases: [
      { meanSeconds: 0.2, buy: 1.8, sell: 0.2 },
      { meanSeconds: 0.2, buy: 0.2, sell: 1.8 },
    ],
  },
  thin: { limitRate: 40, spanTicks: 50, cancelRate: 25, marketRate: 600 },
  "cancel-storm": {
    ...ZERO_INTELLIGENCE,
    phases: [{ meanSeconds: 0.05 }, { meanSeconds: 0.002, cancel: 30, limit: 0.5 }],
  },
} as const satisfies Record<string, MarketModel>;

export type ModelName = keyof typeof MARKET_MODELS;
