import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createOracleEngine } from "../../engines/conformance/oracle-engine.ts";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import type { CreateEngine, MatchingEngine, ReadArtefact } from "../../engines/contract/engine.ts";
import { meetsLevel } from "../../engines/contract/engine.ts";
import type { EngineEvent } from "../../engines/contract/events.ts";
import { levelOf, PROFILES } from "../../engines/flow/profiles.ts";
import { listEngines } from "../../engines/registry.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { FlowContender } from "./flow-contender.ts";
import { costOfTurn, slowed, spin } from "./slowed.ts";

const readArtefact: ReadArtefact = async (path) =>
  new Uint8Array(await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url))));

/** A clock that moves by a millisecond at each reading. */
function ticking(): () => number {
  let ms = 0;
  return () => ms++;
}

function contender(create: CreateEngine, door: "objects" | "binary", profile = PROFILES.std as never, seed = 5) {
  return new FlowContender({ create, door, profile, seed, now: ticking() });
}

/** Counts the calls of an engine's object door. */
class CountedBook extends OrderBook {
  calls = 0;

  override addOrder(...order: Parameters<OrderBook["addOrder"]>): EngineEvent[] {
    this.calls++;
    return super.addOrder(...order);
  }

  override cancelOrder(id: number): EngineEvent[] {
    this.calls++;
    return super.cancelOrder(id);
  }
}

describe("an engine on a flow", async () => {
  const engines = await Promise.all(
    listEngines().map(async ({ manifest, load }) => ({ manifest, create: await load(readArtefact) })),
  );

  test.each(["std", "full"] as const)("answers as the oracle does on %s, by its own door", (name) => {
    const profile = PROFILES[name] as never;
    const expected = contender(() => createOracleEngine("extended"), "objects", profile).answers(5000);
    for (const { manifest, create } of engines) {
      if (!meetsLevel(manifest.level, levelOf(PROFILES[name]))) continue;
      expect(contender(create, manifest.door, profile).answers(5000), manifest.name).toBe(expected);
    }
    const otherSeed = contender(() => createOracleEngine("extended"), "objects", profile, 6).answers(5000);
    expect(otherSeed).not.toBe(expected);
  });

  test("runs exactly the units that it is asked for, after an opening that is not timed", () => {
    const books: CountedBook[] = [];
    const create = () => {
      books.push(new CountedBook());
      return withBinaryDoor(books[books.length - 1]);
    };
    const one = contender(create, "objects");
    const opening = books[0].calls;
    expect(opening).toBe(PROFILES.std.liveOrders);
    expect(one.run(1000)).toBe(1);
    expect(one.run(300)).toBe(1);
    expect(books[0].calls - opening).toBe(1300);
    one.begin();
    expect(books).toHaveLength(2);
    expect(books[1].calls).toBe(opening);
  });
});

describe("an engine that is slowed on purpose", () => {
  test("gives the same answers by both doors", () => {
    const plain = contender(() => withBinaryDoor(new OrderBook()), "objects").answers(3000);
    const slow = () => slowed(withBinaryDoor(new OrderBook()), 3.5);
    expect(contender(slow, "objects").answers(3000)).toBe(plain);
    expect(contender(slow, "binary").answers(3000)).toBe(plain);
  });

  test("has every call of the engine, with its views as they are after it", () => {
    const engine: MatchingEngine = withBinaryDoor(new OrderBook());
    const slow = slowed(engine, 1);
    slow.reserve(1000);
    expect(slow.commands).toBe(engine.commands);
    expect(slow.events).toBe(engine.events);
    expect(slow.addOrder({ op: "add", id: 1, side: "buy", type: "limit", price: 9, size: 2 } as never)).toHaveLength(1);
    expect(slow.replaceOrder(1, 8, 2)).toHaveLength(1);
    expect(slow.getBook(1)).toMatchObject({ event: "book" });
    expect(slow.setLimits({ owner: 1 } as never)).toEqual(engine.setLimits({ owner: 1 } as never));
    expect(slow.killOwner(1)).toEqual(engine.killOwner(1));
    expect(slow.liftOwner(1)).toEqual(engine.liftOwner(1));
  });

  test("a turn of the busy work has a cost", () => {
    let ms = 0;
    expect(costOfTurn(() => ms++)).toBeCloseTo(0.1, 9);
    expect(() => spin(10)).not.toThrow();
  });
});
