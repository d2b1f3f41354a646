import type { BookView, Market, Strategy } from "hotpath";
import { LogisticModel } from "./logistic-model.ts";

/** The model says what the middle does over so many books. */
const HORIZON_BOOKS = 5;
/** Books from which it learns before it trades; it goes on learning. */
const TRAINING_BOOKS = 3000;
/** How sure it must be of a move. */
const ENTER = 0.65;
const MAX_SPREAD = 3;
const SIZE = 10;
const MAX_POSITION = 50;

/** What was seen, until it is known what came of it. */
interface Seen {
  features: number[];
  middle: number;
}

/**
 * Trades on a small model that is trained while the market runs: features of the book go in, and the chance that the middle
 * rises comes out. Some books later it is known whether it rose, and the model learns from it.
 */
export default class LogisticRegression implements Strategy {
  private readonly model = new LogisticModel(5);
  private readonly waiting: Seen[] = [];
  private lastMiddle = 0;
  private books = 0;
  /** Signed lots of the market's trades, fading. */
  private flow = 0;
  /** Of its predictions: how many came true, to be seen in the console. */
  private right = 0;
  private judged = 0;

  onBook(book: BookView, market: Market): void {
    if (book.bids.length === 0 || book.asks.length === 0) return;
    this.books++;
    const middle = (book.bids[0][0] + book.asks[0][0]) / 2;
    const features = this.featuresOf(book, middle);
    this.lastMiddle = middle;

    this.waiting.push({ features, middle });
    if (this.waiting.length > HORIZON_BOOKS) this.learn(this.waiting.shift() as Seen, middle, market);
    if (this.books > TRAINING_BOOKS) this.trade(book, this.model.chance(features, market), market);
    if (this.books % 5000 === 0) this.report();
  }

  private featuresOf(book: BookView, middle: number): number[] {
    for (const { side, size } of book.trades) this.flow += side === "buy" ? size : -size;
    this.flow *= 0.8;
    const [, bidLots] = book.bids[0];
    const [, askLots] = book.asks[0];
    const move = this.lastMiddle === 0 ? 0 : middle - this.lastMiddle;
    // Each about −1 … 1, so that one learning rate serves them all; the last is the bias.
    return [
      (bidLots - askLots) / (bidLots + askLots),
      lean(book, 5),
      Math.max(-1, Math.min(1, move / 2)),
      Math.max(-1, Math.min(1, this.flow / 100)),
      1,
    ];
  }

  private learn({ features, middle }: Seen, now: number, market: Market): void {
    // A middle that stayed says nothing of the direction.
    if (now === middle) return;
    const rose = now > middle;
    const chance = this.model.learn(features, rose, market);
    this.judged++;
    if (chance > 0.5 === rose) this.right++;
  }

  private trade(book: BookView, chance: number, market: Market): void {
    const [bestBid] = book.bids[0];
    const [bestAsk] = book.asks[0];
    if (bestAsk - bestBid > MAX_SPREAD) return;
    if (chance > ENTER && market.inventory < MAX_POSITION) market.buy(bestAsk, SIZE, "ioc");
    else if (chance < 1 - ENTER && market.inventory > -MAX_POSITION) market.sell(bestBid, SIZE, "ioc");
  }

  private report(): void {
    const share = ((100 * this.right) / Math.max(this.judged, 1)).toFixed(1);
    console.log(
      `right in ${share}% of ${this.judged} moves; weights ${this.model.weights.map((w) => w.toFixed(2)).join(" ")}`,
    );
  }
}

/** −1 where all lots of the first levels are asks, 1 where all are bids. */
function lean(book: BookView, levels: number): number {
  let bids = 0;
  for (const [, size] of book.bids.slice(0, levels)) bids += size;
  let asks = 0;
  for (const [, size] of book.asks.slice(0, levels)) asks += size;
  return (bids - asks) / (bids + asks);
}
