import fc from "fast-check";
import { MAX_ID, MAX_PRICE, MAX_SIZE } from "../contract/commands.ts";

const ids = fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.constantFrom(MAX_ID, 1 << 24));
const prices = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 98, max: 102 }) },
  fc.constantFrom(1, 64, 65_536, MAX_PRICE),
);
const sizes = fc.oneof({ weight: 10, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.constant(MAX_SIZE));
const stps = fc.constantFrom("none", "cancel-resting", "cancel-incoming", "cancel-both");
const shared = { op: fc.constant("add"), id: ids, side: fc.constantFrom("buy", "sell"), size: sizes };
const requiredKeys = ["op", "id", "side", "size"] as const;
const ownership = { owner: fc.integer({ min: 0, max: 2 }), stp: stps };

const limitOrder = fc.oneof(
  fc.record(
    { ...shared, price: prices, type: fc.constant("limit"), tif: fc.constantFrom("gtc", "ioc", "fok"), ...ownership },
    { requiredKeys: [...requiredKeys, "price"] },
  ),
  fc.record(
    { ...shared, price: prices, postOnly: fc.boolean(), ...ownership },
    { requiredKeys: [...requiredKeys, "price"] },
  ),
);
const marketOrder = fc.record(
  { ...shared, type: fc.constant("market"), tif: fc.constant("ioc"), ...ownership },
  { requiredKeys: [...requiredKeys, "type"] },
);
const cancel = fc.record({ op: fc.constant("cancel"), id: ids });
const replace = fc.record({ op: fc.constant("replace"), id: ids, price: prices, size: sizes });

const owner = fc.integer({ min: 1, max: 2 });
const limits = fc.record(
  {
    op: fc.constant("limits"),
    owner,
    maxOrderSize: fc.integer({ min: 1, max: 9 }),
    maxOpenOrders: fc.integer({ min: 1, max: 4 }),
    positionLimit: fc.integer({ min: 1, max: 30 }),
    priceBand: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ["op", "owner"] },
);
const block = fc.record({ op: fc.constantFrom("kill", "lift", "lift"), owner });

/** A command of which every field is valid; few ids, prices and owners, so that they meet. */
export const tradingCommand: fc.Arbitrary<object> = fc.oneof(
  { weight: 12, arbitrary: limitOrder },
  { weight: 2, arbitrary: marketOrder },
  { weight: 3, arbitrary: cancel },
  { weight: 4, arbitrary: replace },
  { weight: 1, arbitrary: limits },
  { weight: 1, arbitrary: block },
);

const book = fc.record({ op: fc.constant("book"), depth: fc.integer({ min: 0, max: 5 }) }, { requiredKeys: ["op"] });

/** What a field must not be, nearly always: numbers at the ends of ranges and words, other types, nothing at all. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 0, -1, 0.5, 1e300, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 24),
  fc.constantFrom(null, undefined, true, false, "", "1", "buy", "limit", "ioc", "constructor"),
  fc.double(),
  fc.string(),
  fc.array(fc.integer(), { maxLength: 2 }),
  fc.record({}),
);

const keys = [
  "op",
  "id",
  "side",
  "type",
  "price",
  "size",
  "tif",
  "postOnly",
  "owner",
  "stp",
  "depth",
  "maxOrderSize",
  "priceBand",
];

const spoiledCommand = fc
  .tuple(
    fc.oneof(tradingCommand, book),
    fc.dictionary(fc.constantFrom(...keys), hostileValue, { minKeys: 1, maxKeys: 3 }),
  )
  .map(([command, spoiled]) => ({ ...command, ...spoiled }));

/** A command of any kind, some with values that do not belong where they stand. */
export const anyCommand: fc.Arbitrary<object> = fc.oneof(
  { weight: 16, arbitrary: tradingCommand },
  { weight: 1, arbitrary: book },
  { weight: 3, arbitrary: spoiledCommand },
);

/** Commands, one after the other. */
export function flowOf(command: fc.Arbitrary<object>): fc.Arbitrary<object[]> {
  return fc.array(command, { maxLength: 150, size: "max" });
}
