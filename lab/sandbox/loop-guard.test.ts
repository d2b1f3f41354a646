import { describe, expect, test } from "vitest";
import { LoopGuard, LoopTooLong } from "./loop-guard.ts";

/** A guard whose clock is moved by hand. */
function open(): { guard: LoopGuard; pass(ms: number): void; told: LoopTooLong[] } {
  let ms = 0;
  const told: LoopTooLong[] = [];
  const guard = new LoopGuard(
    () => ms,
    (error) => told.push(error),
  );
  const pass = (by: number) => {
    ms += by;
  };
  return { guard, pass, told };
}

/** Turns a loop until the guard throws. @returns how long it went on by the clock, ms */
function turnUntilStopped(msPerTurn: number, line = 5): { ms: number; told: LoopTooLong[] } {
  const { guard, pass, told } = open();
  guard.begin(1000);
  let ms = 0;
  expect(() => {
    for (let turn = 0; turn < 1e9; turn++) {
      pass(msPerTurn);
      ms += msPerTurn;
      guard.turn(line);
    }
  }).toThrow(LoopTooLong);
  return { ms, told };
}

describe("the guard", () => {
  test.each([0.00002, 0.001, 0.1])("stops a loop of %d ms a turn soon after its second", (msPerTurn) => {
    const { ms, told } = turnUntilStopped(msPerTurn);
    expect(ms).toBeGreaterThanOrEqual(1000);
    expect(ms).toBeLessThan(1300);
    expect(told.map(({ line }) => line)).toEqual([5]);
  });

  test("stops a loop of slow turns before it counts as silent", () => {
    expect(turnUntilStopped(1).ms).toBeLessThan(4000);
  });

  test("throws again where the code caught it", () => {
    const { guard, pass, told } = open();
    guard.begin(10);
    const spin = () => {
      for (;;) {
        pass(0.01);
        guard.turn(1);
      }
    };
    expect(spin).toThrow(LoopTooLong);
    expect(spin).toThrow(LoopTooLong);
    expect(told.length).toBe(2);
  });

  test("lets many short callbacks be, however long they take together", () => {
    const { guard, pass, told } = open();
    for (let callback = 0; callback < 3000; callback++) {
      guard.begin(1000);
      for (let turn = 0; turn < 2000; turn++) guard.turn(1);
      pass(1);
    }
    expect(told).toEqual([]);
  });
});
