import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClockReport, PercentilePoint, Queueing } from "../sandbox/protocol.ts";
import { isFineEnough, measureQueueing, poissonArrivals, simulateQueueing, UTILISATION, waitsOf } from "./queueing.ts";
import type { SingleCommands } from "./single-commands.ts";
import { timeTail } from "./tail.ts";

/** An engine whose commands take made-up times on a clock of its own, which is seen in steps. */
class Machine {
  #ns = 0;
  readonly #stepNs: number;
  readonly #readingNs: number;

  constructor(stepNs: number, readingNs = 40) {
    this.#stepNs = stepNs;
    this.#readingNs = readingNs;
  }

  readonly now = (): number => {
    this.#ns += this.#readingNs;
    return (Math.floor(this.#ns / this.#stepNs) * this.#stepNs) / 1e6;
  };

  commands(count: number, serviceNs: (place: number) => number): SingleCommands {
    const execute = (place: number) => {
      this.#ns += serviceNs(place);
      return 1;
    };
    return { count, execute };
  }
}

const clock = (stepUs: number, isolated = true): ClockReport => ({ stepUs, isolated });

function at(points: readonly PercentilePoint[], percentile: number): number {
  const point = points.find((each) => each.percentile === percentile);
  if (point === undefined) throw new Error(`there is no p${percentile}`);
  return point.ns;
}

describe("the tail", () => {
  /** A command in a hundred takes 60 µs, one in a thousand 200 µs. */
  const service = (place: number) => (place % 1000 === 7 ? 200_000 : place % 100 === 7 ? 60_000 : 300);

  test.each([0.01, 5])("counts what takes longer than each threshold, on a clock of %d µs", (stepUs) => {
    const machine = new Machine(stepUs * 1000);
    const { tail } = timeTail(machine.commands(22_000, service), clock(stepUs), machine.now);
    expect(tail.timed).toBe(20_000);
    expect(tail.over.map(({ us, seen }) => [us, seen])).toEqual([
      [5, true],
      [10, true],
      [50, true],
      [100, true],
    ]);
    expect(tail.over.slice(1).map(({ count }) => count)).toEqual([200, 200, 20]);
  });

  test("says which thresholds a coarse clock can't see", () => {
    const machine = new Machine(20_000);
    const { over } = timeTail(machine.commands(4000, service), clock(20), machine.now).tail;
    expect(over.map(({ seen }) => seen)).toEqual([false, false, true, true]);
  });

  test("ends after its time, however slow the engine is, and tells the mean with a reading in it", () => {
    const machine = new Machine(5000);
    const { tail, serviceNs } = timeTail(
      machine.commands(50_000, () => 1e6),
      clock(5),
      machine.now,
    );
    expect(tail.timed).toBe(300);
    expect(serviceNs).toBeCloseTo(1e6 + 40, -4);
  });
});

describe("the measured queue", () => {
  /** Stalls for 50 ms each 20,000 commands, as a collector of garbage might. */
  const stalling = (place: number) => (place % 20_000 === 15_000 ? 5e7 : 500);

  function measured(service: (place: number) => number, stepUs = 5): Queueing {
    const machine = new Machine(stepUs * 1000);
    return measureQueueing(machine.commands(50_000, service), 540, clock(stepUs), machine.now, 3);
  }

  test("shows a stall in all who came meanwhile, which the closed loop hides", () => {
    const { points, closedLoop, simulated } = measured(stalling);
    expect(simulated).toBe(false);
    expect(at(closedLoop, 99)).toBeLessThan(20_000);
    expect(at(points, 99)).toBeGreaterThan(2e7);
    expect(at(points, 99)).toBeLessThan(1.1e8);
  });

  test("of an even engine is never below its service, and at most two steps and some waiting above", () => {
    const { points, closedLoop } = measured(() => 500, 0.1);
    expect(at(points, 50)).toBeGreaterThanOrEqual(500);
    expect(at(points, 50)).toBeLessThan(1500);
    expect(at(closedLoop, 99)).toBeLessThan(800);
  });

  test("comes at half the rate that the engine can do", () => {
    const { ratePerSecond, utilisation } = measured(() => 500);
    expect(utilisation).toBe(UTILISATION);
    expect(ratePerSecond).toBeCloseTo((0.5 * 1e9) / 540, 0);
  });

  test("ends where the engine falls far behind", () => {
    const { points } = measured(() => 1e6);
    expect(at(points, 50)).toBeLessThan(2e9);
  });

  test("needs an isolated page and a clock that is fine", () => {
    expect([clock(5), clock(20), clock(100), clock(5, false)].map(isFineEnough)).toEqual([true, true, false, false]);
  });
});

describe("the computed queue", () => {
  test("arrivals come at their rate, at random", () => {
    const arrivals = poissonArrivals(100_000, 2e6, 9);
    expect(arrivals[99_999] / 99_999).toBeCloseTo(500, -1);
    const gaps = arrivals.slice(1).map((arrival, i) => arrival - arrivals[i]);
    const short = gaps.filter((gap) => gap < 500).length / gaps.length;
    // 1 − 1/e of an exponential's gaps are shorter than their mean.
    expect(short).toBeCloseTo(1 - Math.exp(-1), 2);
  });

  test("a server that takes equally long for each is as queueing theory says", () => {
    const { points, closedLoop } = simulateQueueing([{ commands: 200_000, serviceNs: 1000 }], 5) as Queueing;
    expect(new Set(closedLoop.map(({ ns }) => ns))).toEqual(new Set([1000]));
    // M/D/1 at half load: half of all find the server free, and the mean wait is half a service (Pollaczek and Khinchine).
    const waits = waitsOf(poissonArrivals(200_000, 5e5, 5), new Float64Array(200_000).fill(1000));
    expect(waits.reduce((sum, ns) => sum + ns, 0) / waits.length).toBeCloseTo(1500, -2);
    expect(at(points, 99)).toBeGreaterThan(2000);
  });

  test("nobody leaves before their service, and in order", () => {
    const gaps = fc.array(fc.tuple(fc.nat(5000), fc.nat(5000)), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(gaps, (pairs) => {
        let atNs = 0;
        const arrivals = Float64Array.from(pairs, ([gap]) => (atNs += gap));
        const served = Float64Array.from(pairs, ([, ns]) => ns);
        const waits = waitsOf(arrivals, served);
        waits.forEach((wait, i) => {
          expect(wait).toBeGreaterThanOrEqual(served[i]);
          if (i > 0) expect(arrivals[i] + wait).toBeGreaterThanOrEqual(arrivals[i - 1] + waits[i - 1] + served[i]);
        });
      }),
    );
  });

  test("keeps every batch of a long run, and says nothing of an empty one", () => {
    const batches = [
      { commands: 5_000_000, serviceNs: 100 },
      { commands: 50_000, serviceNs: 90_000 },
    ];
    const { closedLoop } = simulateQueueing(batches, 5) as Queueing;
    expect(at(closedLoop, 50)).toBe(100);
    expect(at(closedLoop, 99.5) / 90_000).toBeCloseTo(1, 2);
    expect(simulateQueueing([], 5)).toBeUndefined();
  });
});
