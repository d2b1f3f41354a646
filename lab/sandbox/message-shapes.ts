import * as z from "zod/mini";
import { decodePlain } from "./plain-values.ts";
import type { FromWorker } from "./protocol.ts";

/**
 * The shapes of everything that the worker may say. The page takes nothing that hasn't passed here: unknown kinds, keys
 * too many, numbers that are none and texts without end are refused.
 */

const count = z.int().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER));
const whole = z.int();
const finite = z.number();
const duration = z.number().check(z.gte(0));
const share = z.number().check(z.gte(0), z.lte(1));
const line = z.int().check(z.gte(1), z.lte(1_000_000));
const name = z.string().check(z.maxLength(100));
const file = z.string().check(z.maxLength(64));
const text = z.string().check(z.maxLength(2000));

const cancelReason = z.enum(["user", "ioc", "fok", "no-liquidity", "self-trade"]);
const level = z.tuple([whole, whole, whole]);
const levels = z.array(level).check(z.maxLength(1000));

const event = z.discriminatedUnion("event", [
  z.strictObject({ event: z.literal("accepted"), id: whole }),
  z.strictObject({ event: z.literal("executed"), taker: whole, maker: whole, price: whole, size: whole }),
  z.strictObject({ event: z.literal("canceled"), id: whole, size: whole, reason: cancelReason }),
  z.strictObject({ event: z.literal("replaced"), id: whole, price: whole, size: whole }),
  z.strictObject({ event: z.literal("rejected"), op: z.nullable(name), id: z.optional(whole), reason: name }),
  z.strictObject({ event: z.literal("book"), bids: levels, asks: levels }),
]);

const add = z.strictObject({
  op: z.literal("add"),
  id: whole,
  side: z.nullable(z.enum(["buy", "sell"])),
  type: z.optional(z.nullable(z.enum(["limit", "market"]))),
  price: z.optional(whole),
  size: whole,
  tif: z.optional(z.nullable(z.enum(["gtc", "ioc", "fok"]))),
  postOnly: z.optional(z.nullable(z.boolean())),
  owner: z.optional(whole),
  stp: z.optional(z.nullable(z.enum(["none", "cancel-resting", "cancel-incoming", "cancel-both"]))),
});
const command = z.discriminatedUnion("op", [
  add,
  z.strictObject({ op: z.literal("cancel"), id: whole }),
  z.strictObject({ op: z.literal("replace"), id: whole, price: whole, size: whole }),
  z.strictObject({ op: z.literal("book"), depth: z.optional(whole) }),
]);

const difference = z.strictObject({
  engines: z.tuple([name, name]),
  cause: z.enum(["engine", "strategy"]),
  index: count,
  command,
  events: z.tuple([z.nullable(event), z.nullable(event)]),
  before: z.optional(z.array(command).check(z.maxLength(20))),
  replayCase: z.optional(z.strictObject({ ndjson: z.string().check(z.maxLength(64_000)), commands: count })),
});
const agreement = z.strictObject({ compared: count, difference: z.optional(difference) });
const accountPoint = z.strictObject({
  commands: count,
  profit: finite,
  inventory: whole,
  timeNs: z.optional(duration),
});
const side = z.enum(["buy", "sell"]);
const role = z.enum(["maker", "taker"]);
const fillPoint = z.strictObject({ commands: count, side, price: whole, size: whole, role });
const book = z.strictObject({ bids: levels, asks: levels });
const batch = z.strictObject({ from: count, commands: count, ms: duration });
const clock = z.strictObject({ stepUs: duration, isolated: z.boolean() });
const spread = z.strictObject({ low: duration, median: duration, high: duration });

const engineProgress = z.strictObject({
  engine: name,
  commands: count,
  events: count,
  ms: duration,
  batches: z.array(batch).check(z.maxLength(1000)),
});
const tail = z.strictObject({
  timed: count,
  stepUs: duration,
  over: z.array(z.strictObject({ us: duration, count, seen: z.boolean() })).check(z.maxLength(10)),
});
const percentiles = z
  .array(z.strictObject({ percentile: z.number().check(z.gte(0), z.lte(100)), ns: duration }))
  .check(z.maxLength(30));
const queueing = z.strictObject({
  simulated: z.boolean(),
  ratePerSecond: duration,
  utilisation: share,
  points: percentiles,
  closedLoop: percentiles,
});
const engineReport = z.strictObject({
  engine: name,
  commands: count,
  events: count,
  ms: duration,
  perSecond: duration,
  split: z.optional(z.strictObject({ engine: spread, boundary: spread, strategy: spread })),
  tail: z.optional(tail),
  queueing: z.optional(queueing),
  hash: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
});
const markOut = z.strictObject({
  horizonNs: duration,
  role,
  lots: count,
  effectiveTicks: finite,
  realizedTicks: finite,
  impactTicks: finite,
});
const analytics = z.strictObject({
  timeNs: duration,
  latencyNs: duration,
  profit: z.strictObject({ total: finite, spread: finite, inventory: finite, fees: finite }),
  maxDrawdown: duration,
  inventory: z.strictObject({ end: whole, largest: count, meanSize: duration }),
  orders: z.strictObject({ sent: count, filled: count }),
  lots: z.strictObject({ sent: count, filled: count, maker: count, taker: count }),
  fillRatio: share,
  queue: z.strictObject({ aheadLots: duration, aheadOfFilledLots: duration, waitNs: duration }),
  markOuts: z.array(markOut).check(z.maxLength(10)),
});
const fee = z.number().check(z.gte(-1000), z.lte(1000));
const request = z.strictObject({
  engines: z.array(name).check(z.minLength(1), z.maxLength(4)),
  seed: count,
  profile: name,
  orders: count,
  latencyNs: z.optional(count),
  fees: z.optional(z.strictObject({ makerTicks: fee, takerTicks: fee })),
  recording: z.optional(
    z.strictObject({
      format: z.enum(["itch", "lobster"]),
      tick: count,
      symbol: z.optional(z.string().check(z.maxLength(20))),
    }),
  ),
});

const message = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({ kind: z.literal("loaded"), exports: z.array(z.string()).check(z.maxLength(100)) }),
  z.strictObject({ kind: z.literal("starting"), engine: name }),
  z.strictObject({ kind: z.literal("clock"), clock }),
  z.strictObject({
    kind: z.literal("progress"),
    done: share,
    engines: z.array(engineProgress).check(z.maxLength(4)),
    agreement,
    account: z.array(accountPoint).check(z.maxLength(1000)),
    fills: z.optional(z.array(fillPoint).check(z.maxLength(200))),
    book: z.optional(book),
  }),
  z.strictObject({ kind: z.literal("splitting"), done: share }),
  z.strictObject({
    kind: z.literal("report"),
    request,
    clock,
    engines: z.array(engineReport).check(z.maxLength(4)),
    agreement,
    account: accountPoint,
    fills: count,
    analytics: z.optional(analytics),
  }),
  z.strictObject({
    kind: z.literal("failed"),
    phase: z.enum(["syntax", "load", "run", "loop"]),
    message: text,
    line: z.optional(line),
    column: z.optional(line),
    file: z.optional(file),
  }),
  z.strictObject({ kind: z.literal("returned"), call: count, value: z.unknown() }),
  z.strictObject({
    kind: z.literal("threw"),
    call: count,
    missing: z.boolean(),
    message: text,
    line: z.optional(line),
    file: z.optional(file),
  }),
  z.strictObject({
    kind: z.literal("log"),
    level: z.enum(["log", "warn", "error"]),
    text,
    line: z.optional(line),
    file: z.optional(file),
  }),
]);

const messages = z.array(message).check(z.maxLength(300));

// The page's policy may forbid code made from text, by which zod would speed itself up.
z.config({ jitless: true });

/**
 * What the worker said, or undefined where it is anything else than the protocol's messages. A returned value is decoded.
 *
 * @param wire the JSON of an array of messages
 */
export function readMessages(wire: string): FromWorker[] | undefined {
  try {
    const parsed = messages.safeParse(JSON.parse(wire));
    if (!parsed.success) return undefined;
    return (parsed.data as FromWorker[]).map((each) =>
      each.kind === "returned" ? { ...each, value: decodePlain(each.value) } : each,
    );
  } catch {
    return undefined;
  }
}
