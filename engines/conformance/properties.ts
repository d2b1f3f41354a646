import fc from "fast-check";
import { COMMAND_WORDS } from "../contract/binary.ts";
import { MAX_DEPTH, MAX_PRICE } from "../contract/commands.ts";
import { encodeCommand } from "../contract/encode.ts";
import type { CreateEngine, Level, MatchingEngine } from "../contract/engine.ts";
import { decodeEvents } from "../contract/event-records.ts";
import type { BookEvent, EngineEvent } from "../contract/events.ts";
import { execute } from "../contract/text.ts";
import { anyCommand, flowOf, tradingCommand } from "./command-arbitraries.ts";
import { type Door, differenceText, firstDifference } from "./comparison.ts";
import { oracleSteps } from "./differential.ts";
import { Ledger } from "./ledger.ts";

/** An order to try an id with. */
const PROBE = { side: "buy", price: 100, size: 1 } as const;
const SMALL_IDS = Array.from({ length: 12 }, (_, i) => i + 1);

/** Something that holds for every flow of commands, to be checked by fast-check's `assert`. */
export interface EngineProperty {
  name: string;
  property: fc.IRawProperty<unknown>;
}

function property(name: string, command: fc.Arbitrary<object>, check: (flow: object[]) => void): EngineProperty {
  return { name, property: fc.property(flowOf(command), check) as fc.IRawProperty<unknown> };
}

/** What holds for every engine of any level, whatever commands it gets. No oracle decides it. */
export function engineLaws(createEngine: CreateEngine): EngineProperty[] {
  return [
    property(
      "no lot is lost or made, makers are met in price-time order, and none by their owner who asked not to",
      anyCommand,
      (flow) => {
        accountFor(createEngine(), flow);
      },
    ),
    property("the book is never crossed at rest", anyCommand, (flow) => {
      const engine = createEngine();
      for (const command of flow) {
        execute(engine, command);
        expectUncrossed(wholeBook(engine));
      }
    }),
    property("the book's levels add up to the open orders, at any depth", anyCommand, (flow) => {
      const engine = createEngine();
      const ledger = accountFor(engine, flow);
      for (const depth of [1, 2, 3, MAX_DEPTH]) expectSame(engine.getBook(depth), ledger.book(depth));
    }),
    property("the same commands give the same events twice", anyCommand, (flow) =>
      expectSame(eventsOf(createEngine(), flow), eventsOf(createEngine(), flow)),
    ),
    property("two engines are two books", anyCommand, (flow) => {
      const [one, other] = [createEngine(), createEngine()];
      const backwards = flow.toReversed();
      const events = flow.map((command, i) => [execute(one, command), execute(other, backwards[i])]);
      expectSame(
        events.map(([each]) => each),
        eventsOf(createEngine(), flow),
      );
      expectSame(
        events.map(([, each]) => each),
        eventsOf(createEngine(), backwards),
      );
    }),
    property("both doors lead to one book", tradingCommand, (flow) => {
      const engine = createEngine();
      const events = flow.map((command, i) => (i % 2 === 0 ? execute(engine, command) : submitOne(engine, command)));
      expectSame(events, eventsOf(createEngine(), flow));
    }),
    property("a rejected command changes nothing", anyCommand, (flow) => {
      const all = eventsOf(createEngine(), flow);
      const kept = flow.filter((_, i) => all[i][0].event !== "rejected");
      expectSame(
        eventsOf(createEngine(), kept),
        all.filter(([first]) => first.event !== "rejected"),
      );
    }),
    property("an id is free exactly when its order is gone", anyCommand, (flow) => {
      const engine = createEngine();
      for (const id of accountFor(engine, flow).liveIds) {
        expectSame(engine.addOrder({ id, ...PROBE }), [{ event: "rejected", op: "add", id, reason: "duplicate-id" }]);
        expectSame(engine.cancelOrder(id)[0].event, "canceled");
      }
      for (const id of SMALL_IDS) expectSame(engine.addOrder({ id, ...PROBE }), [{ event: "accepted", id }]);
    }),
    property("buying and selling mirror each other", tradingCommand, (flow) => {
      const mirrored = eventsOf(createEngine(), flow.map(mirror));
      expectSame(eventsOf(createEngine(), flow).flat(), mirrored.flat().map(mirror));
    }),
  ];
}

/** That an engine agrees with the oracle, through each of its doors. */
export function oracleAgreement(createEngine: CreateEngine, level: Level): EngineProperty[] {
  const doors: Door[] = ["objects", 1, 7, 1000];
  return doors.map((door) => {
    const through = door === "objects" ? "as objects" : `as records, ${door} a submit`;
    return property(`it agrees with the oracle, ${through}`, anyCommand, (flow) => {
      const difference = firstDifference(createEngine(), oracleSteps(flow, level), door);
      if (difference !== undefined) throw new Error(differenceText(difference));
    });
  });
}

function eventsOf(engine: MatchingEngine, flow: readonly object[]): EngineEvent[][] {
  return flow.map((command) => execute(engine, command));
}

/** Executes a command through the binary door. */
function submitOne(engine: MatchingEngine, command: object): EngineEvent[] {
  engine.reserve(1);
  encodeCommand(command, engine.commands, 0);
  return decodeEvents(engine.events, engine.submit(COMMAND_WORDS));
}

function accountFor(engine: MatchingEngine, flow: readonly object[]): Ledger {
  const ledger = new Ledger();
  for (const command of flow) ledger.record(command, execute(engine, command));
  ledger.record({ op: "book", depth: MAX_DEPTH }, [wholeBook(engine)]);
  return ledger;
}

function wholeBook(engine: MatchingEngine): BookEvent {
  return engine.getBook(MAX_DEPTH) as BookEvent;
}

function expectUncrossed({ bids: [bid], asks: [ask] }: BookEvent): void {
  if (bid !== undefined && ask !== undefined && bid[0] >= ask[0]) throw new Error(`bid ${bid[0]} meets ask ${ask[0]}`);
}

function expectSame(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  throw new Error(`${JSON.stringify(actual)}\nis not\n${JSON.stringify(expected)}`);
}

/** The same on the other side: of a valid command or its event, the side changes and the price counts from the other end. */
function mirror<T extends object>(value: T): T {
  const mirrored: Record<string, unknown> = Object.fromEntries(Object.entries(value));
  if ("side" in value) mirrored.side = value.side === "buy" ? "sell" : "buy";
  if ("price" in value) mirrored.price = MAX_PRICE + 1 - (value.price as number);
  return mirrored as T;
}
