import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type OrderPath, STAGES, simulatePath } from "./order-path.ts";

const calm: OrderPath = {
  ratePerSecond: 1000,
  orders: 2000,
  serviceNs: { network: 50_000, gateway: 8000, risk: 300, core: 300, publisher: 500, consumer: 1000 },
  ringSlots: 64,
  whenFull: "block",
  seed: 7,
};
const slow = { ...calm, serviceNs: { ...calm.serviceNs, consumer: 3_000_000 } };

describe("the path of an order", () => {
  test("is the same for the same seed, and another for another", () => {
    expect(simulatePath(calm)).toEqual(simulatePath(calm));
    expect(simulatePath({ ...calm, seed: 8 })).not.toEqual(simulatePath(calm));
  });

  test("has an answer that is no faster than its parts, and loses nothing where there is room", () => {
    const { answerNs, dataNs, lost, blockedNs } = simulatePath(calm);
    expect(answerNs[0]).toBeGreaterThan(2 * 50_000 + 0.5 * 8600);
    expect(dataNs?.[0]).toBeGreaterThan(50_000);
    expect([lost, blockedNs]).toEqual([0, 0]);
  });

  test("waits most where it is served most, and a busy stage approaches all of the time", () => {
    const { stages } = simulatePath({ ...calm, ratePerSecond: 200_000 });
    const gateway = stages.find(({ stage }) => stage === "gateway");
    expect(gateway?.utilisation).toBeGreaterThan(0.95);
    expect(gateway?.ns?.[1]).toBeGreaterThan(10 * 8000);
  });

  test("blocks the core behind a slow consumer, whose answers then wait for it", () => {
    const report = simulatePath(slow);
    expect(report.lost).toBe(0);
    expect(report.blockedNs).toBeGreaterThan(0);
    expect(report.answerNs[1]).toBeGreaterThan(100 * simulatePath(calm).answerNs[1]);
  });

  test("leaves the clients alone where events are dropped, or the consumer is cut off", () => {
    const clients = simulatePath(calm).answerNs[1];
    const dropped = simulatePath({ ...slow, whenFull: "drop" });
    const cut = simulatePath({ ...slow, whenFull: "disconnect" });
    for (const { answerNs, blockedNs } of [dropped, cut]) {
      expect(answerNs[1]).toBeLessThan(1.5 * clients);
      expect(blockedNs).toBe(0);
    }
    expect(dropped.lost).toBeGreaterThan(1000);
    expect(cut.disconnectedAt).toBeGreaterThan(64);
    expect(cut.lost).toBe(slow.orders - (cut.disconnectedAt as number) + 1);
  });

  test("never has a larger ring lose or block more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(1000), (ringSlots, seed) => {
        const of = (slots: number) => simulatePath({ ...slow, orders: 300, ringSlots: slots, seed });
        expect(of(ringSlots + 30).blockedNs).toBeLessThanOrEqual(of(ringSlots).blockedNs);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    [{ orders: 0 }, "orders is 0"],
    [{ ringSlots: 1.5 }, "ringSlots is 1.5"],
    [{ ratePerSecond: 0 }, "ratePerSecond is 0"],
    [{ serviceNs: { ...calm.serviceNs, core: -1 } }, "serviceNs.core is -1"],
  ])("refuses %j", (change, message) => {
    expect(() => simulatePath({ ...calm, ...change })).toThrow(message);
  });

  test("names each stage once", () => {
    expect(simulatePath(calm).stages.map(({ stage }) => stage)).toEqual([...STAGES]);
  });
});
