import type { ExecutedEvent } from "../../engines/contract/events.ts";

/** What a risk manager's screen shows, over the last trades. */
export interface Analytics {
  trades: number;
  /** Ticks: the mean price, weighted by lots. */
  averagePrice: number;
  /** Ticks: how far a price strays from the one before it, as a root mean square. */
  volatility: number;
  /** Ticks: the median price. */
  medianPrice: number;
  /** Ticks: the deepest fall from a peak. */
  drawdown: number;
}

// #region analyse
/** Everything from the beginning, each time that it is asked: easy to read, easy to trust, and slow. */
export function analyse(trades: readonly ExecutedEvent[]): Analytics {
  const prices = trades.map(({ price }) => price);
  const lots = trades.reduce((sum, { size }) => sum + size, 0);
  const value = trades.reduce((sum, { price, size }) => sum + price * size, 0);
  const moves = prices.slice(1).map((price, index) => price - prices[index]);
  const squares = moves.reduce((sum, move) => sum + move * move, 0);
  const sorted = prices.toSorted((a, b) => a - b);
  let peak = Number.NEGATIVE_INFINITY;
  let drawdown = 0;
  for (const price of prices) {
    peak = Math.max(peak, price);
    drawdown = Math.max(drawdown, peak - price);
  }
  return {
    trades: trades.length,
    averagePrice: lots > 0 ? value / lots : 0,
    volatility: moves.length > 0 ? Math.sqrt(squares / moves.length) : 0,
    medianPrice: sorted[sorted.length >> 1] ?? 0,
    drawdown,
  };
}
// #endregion analyse
