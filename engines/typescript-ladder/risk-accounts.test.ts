import { describe, expect, test } from "vitest";
import { compareWithOracle } from "../conformance/differential.ts";
import { createOracleEngine } from "../conformance/oracle-engine.ts";
import { KIND } from "../contract/binary.ts";
import type { ObjectDoor } from "../contract/engine.ts";
import { EventCursor } from "../contract/event-records.ts";
import { withObjectDoor } from "../contract/object-adapter.ts";
import { Ladder } from "./engine.ts";
import { EventLog } from "./event-log.ts";
import { BUY_TRAIT, LadderBook } from "./ladder-book.ts";

/** Ids of the orders whose cancellation is in the log, in order. */
function canceledIds(log: EventLog): number[] {
  const cursor = new EventCursor();
  cursor.reset(log.words, log.length);
  const ids: number[] = [];
  while (cursor.next()) if (cursor.kind === KIND.canceled) ids.push(cursor.id);
  return ids;
}

describe("ages", () => {
  test("are counted anew before they run out, and orders keep their turn", () => {
    const log = new EventLog();
    const book = new LadderBook(log, 2 ** 31 - 6);
    const ids = [9, 4, 7, 1, 8, 2, 6, 3, 5];
    for (const id of ids) {
      book.spareAges(2);
      book.addLimit(id, 100 + id, 1, 7, BUY_TRAIT);
    }
    log.clear();
    book.kill(7);
    expect(canceledIds(log)).toEqual(ids);
  });
});

describe("accounts", () => {
  test("of many owners, near and far, are kept apart", () => {
    const ladder = withObjectDoor(new Ladder());
    const oracle = createOracleEngine("extended");
    const owners = Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? i + 1 : 2 ** 31 - 1 - i));
    const events = (engine: ObjectDoor) =>
      owners.flatMap((owner, i) => [
        ...engine.setLimits({ owner, maxOrderSize: 1 + (i % 7), maxOpenOrders: 2, positionLimit: 9, priceBand: 50 }),
        ...engine.addOrder({ id: 3 * i + 1, side: "buy", price: 100, size: 4, owner }),
        ...engine.addOrder({ id: 3 * i + 2, side: "sell", price: 100 + (i % 5), size: 5, owner: owners[i >> 1] }),
        ...(i % 11 === 0 ? engine.killOwner(owners[i >> 1]) : []),
        ...engine.addOrder({ id: 3 * i + 3, side: "buy", price: 101, size: 6, owner: owners[i >> 2] }),
      ]);
    expect(events(ladder)).toEqual(events(oracle));
  });

  test("agree with the oracle where the first one is opened in the middle of a batch", () => {
    const { disagreement } = compareWithOracle(() => withObjectDoor(new Ladder()), "extended", 100_000, 17);
    expect(disagreement).toBeUndefined();
  });
});
