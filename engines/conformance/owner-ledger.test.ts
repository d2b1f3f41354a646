import { describe, expect, test } from "vitest";
import type { EngineEvent } from "../contract/events.ts";
import { Ledger } from "./ledger.ts";

const add = (id: number, side: "buy" | "sell", price: number, size: number, owner = 7) => ({
  op: "add",
  id,
  side,
  price,
  size,
  owner,
});
const accepted = (id: number): EngineEvent => ({ event: "accepted", id });
const rejected = (id: number, reason: "max-order-size" | "position-limit" | "would-cross"): EngineEvent => ({
  event: "rejected",
  op: "add",
  id,
  reason,
});
const killed = (id: number, size: number): EngineEvent => ({ event: "canceled", id, size, reason: "kill" });

/** Owner 7 may have 10 lots an order, 2 orders, and 12 lots; bids 1 and 2 of 5 lots rest, and a trade was at 100. */
function withLimits(): Ledger {
  const ledger = new Ledger();
  ledger.record(add(8, "sell", 100, 1, 0), [accepted(8)]);
  ledger.record(add(9, "buy", 100, 1, 0), [
    accepted(9),
    { event: "executed", taker: 9, maker: 8, price: 100, size: 1 },
  ]);
  const limits = { owner: 7, maxOrderSize: 10, maxOpenOrders: 2, positionLimit: 12, priceBand: 9 };
  ledger.record({ op: "limits", ...limits }, [{ event: "limits", owner: 7 }]);
  ledger.record(add(1, "buy", 99, 5), [accepted(1)]);
  ledger.record(add(2, "buy", 98, 5), [accepted(2)]);
  return ledger;
}

test("what owners may send is no fault, nor is it one to stop what they may not", () => {
  const ledger = withLimits();
  ledger.record({ op: "kill", owner: 7 }, [{ event: "killed", owner: 7 }, killed(1, 5), killed(2, 5)]);
  ledger.record({ op: "lift", owner: 7 }, [{ event: "lifted", owner: 7 }]);
  ledger.record(add(3, "buy", 99, 11), [rejected(3, "max-order-size")]);
  ledger.record(add(3, "buy", 99, 10), [accepted(3)]);
  ledger.record(add(4, "buy", 99, 3), [rejected(4, "position-limit")]);
});

describe("it finds", () => {
  test.each<[string, object, EngineEvent[]]>([
    ["an order that is too large", add(3, "sell", 101, 11), [accepted(3)]],
    ["an order too many", add(3, "sell", 101, 1), [accepted(3)]],
    ["an order outside the band", { ...add(3, "sell", 110, 1), tif: "ioc" }, [accepted(3)]],
    ["a position that is too large", { ...add(3, "buy", 97, 3), tif: "ioc" }, [accepted(3)]],
    ["an order that is stopped before its limit", add(3, "buy", 97, 10), [rejected(3, "max-order-size")]],
    ["an order that is stopped for another reason", add(3, "buy", 97, 11), [rejected(3, "position-limit")]],
    ["would-cross before the limits", { ...add(3, "buy", 97, 11), postOnly: true }, [rejected(3, "would-cross")]],
    [
      "a replace past the limits",
      { op: "replace", id: 1, price: 99, size: 8 },
      [{ event: "replaced", id: 1, price: 99, size: 8 }],
    ],
    ["a kill that leaves an order", { op: "kill", owner: 7 }, [{ event: "killed", owner: 7 }, killed(1, 5)]],
    ["the youngest first", { op: "kill", owner: 7 }, [{ event: "killed", owner: 7 }, killed(2, 5), killed(1, 5)]],
    ["a lift that cancels", { op: "lift", owner: 7 }, [{ event: "lifted", owner: 7 }, killed(1, 5)]],
  ])("%s", (_, command, events) => {
    expect(() => withLimits().record(command, events)).toThrow(Error);
  });

  test("an order of an owner who was killed", () => {
    const ledger = withLimits();
    ledger.record({ op: "kill", owner: 7 }, [{ event: "killed", owner: 7 }, killed(1, 5), killed(2, 5)]);
    expect(() => ledger.record(add(3, "buy", 97, 1), [accepted(3)])).toThrow("owner-killed");
  });
});
