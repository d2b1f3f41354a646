import { afterEach, expect, test, vi } from "vitest";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { Session } from "../../lab/market/session.ts";
import type { Fill, Strategy } from "../../lab/market/strategy.ts";
import FillMirror from "./mirror.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What the strategy says on the console: what it counted, and what the account holds. */
function said(strategy: Strategy): [counted: number, held: number][] {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const engine = withBinaryDoor(new OrderBook());
  const session = new Session({ engine, door: "objects", strategy, profile: "std", seed: 7, orders: 100_000 });
  while (session.ordersLeft > 0) session.step();
  return log.mock.calls.map(([line]) => {
    const [, counted, held] = /counted (-?\d+) lots, the account holds (-?\d+)/.exec(line) as RegExpExecArray;
    return [Number(counted), Number(held)];
  });
}

test("who hears every fill counts what the account holds", () => {
  const lines = said(new FillMirror());
  expect(lines).toHaveLength(5);
  for (const [counted, held] of lines) expect(counted).toBe(held);
  expect(lines.some(([counted]) => counted !== 0)).toBe(true);
});

test("who ignores fills that leave a part open doesn't", () => {
  class Forgetful extends FillMirror {
    override onFill(fill: Fill): void {
      if (fill.openSize === 0) super.onFill(fill);
    }
  }
  expect(said(new Forgetful()).at(-1)?.[0]).not.toBe(said(new FillMirror()).at(-1)?.[0]);
  const [counted, held] = said(new Forgetful()).at(-1) as [number, number];
  expect(counted).not.toBe(held);
});
