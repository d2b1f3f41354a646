import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { MatchingEngine } from "../../engines/contract/engine.ts";
import { median } from "./statistics.ts";

/** Turns of a calibrating loop: about 10 ms, which the coarsest clock sees within a few per cent. */
const CALIBRATED_TURNS = 10_000_000;
const CALIBRATIONS = 5;

/** Busy work is done when so many turns are owed: a short loop would cost more than its turns. */
const TURNS_AT_ONCE = 2000;

/** So that the loop can't be left out. A plain variable would be boxed at each store. */
const kept = Int32Array.of(1);

/** Busy work: so many turns of a few shifts that depend on each other. */
export function spin(turns: number): void {
  let x = kept[0];
  for (let turn = 0; turn < turns; turn++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  kept[0] = x;
}

/** What a turn of the busy work costs here, ns. @param now a clock, ms, that sees some milliseconds */
export function costOfTurn(now: () => number): number {
  const costs = Array.from({ length: CALIBRATIONS }, () => {
    const begin = now();
    spin(CALIBRATED_TURNS);
    return ((now() - begin) * 1e6) / CALIBRATED_TURNS;
  });
  // The first ones ran while the loop was compiled.
  return median(costs.slice(2));
}

/**
 * An engine that does the same and some busy work beside it, to see whether an instrument finds so much.
 *
 * @param turnsPerCommand turns of the busy work for each command, 0 or more; parts of a turn add up
 */
export function slowed(engine: MatchingEngine, turnsPerCommand: number): MatchingEngine {
  let owed = 0;
  const work = (commands: number): void => {
    owed += turnsPerCommand * commands;
    if (owed < TURNS_AT_ONCE) return;
    spin(owed);
    owed = 0;
  };
  const after = <Events>(events: Events): Events => {
    work(1);
    return events;
  };
  return {
    get commands() {
      return engine.commands;
    },
    get events() {
      return engine.events;
    },
    reserve: (records) => engine.reserve(records),
    submit: (words) => {
      const written = engine.submit(words);
      work(words / COMMAND_WORDS);
      return written;
    },
    addOrder: (order) => after(engine.addOrder(order)),
    cancelOrder: (id) => after(engine.cancelOrder(id)),
    replaceOrder: (id, price, size) => after(engine.replaceOrder(id, price, size)),
    getBook: (depth) => after(engine.getBook(depth)),
    setLimits: (limits) => after(engine.setLimits(limits)),
    killOwner: (owner) => after(engine.killOwner(owner)),
    liftOwner: (owner) => after(engine.liftOwner(owner)),
  };
}
