import { readFileSync } from "node:fs";
import { transform } from "sucrase";
import { describe, expect, test } from "vitest";
import { withBinaryDoor } from "../contract/binary-adapter.ts";
import type { CreateEngine, Level } from "../contract/engine.ts";
import { conformanceCases } from "./cases.ts";
import { compareWithOracle } from "./differential.ts";
import type { Oracle } from "./oracle.ts";
import { OracleDoor } from "./oracle-engine.ts";
import { runCase } from "./runner.ts";

/** A planted bug: what is wrong with it, and the oracle's text that becomes another. `core`: it shows only there. */
type Bug = [what: string, from: string, to: string, level?: Level];

const BUGS: Bug[] = [
  ["the last in the queue trades first", "?.orders[0]", "?.orders.at(-1)"],
  ["the worst price trades first", ".at(0)", ".at(-1)"],
  [
    "trades at the taker's price",
    "price: maker.price, size });\n        taker",
    "price: taker.price, size });\n        taker",
  ],
  ["fills beyond the limit price", "order.price >= price : order.price <= price", "true : true"],
  ["does not trade at the limit itself", "order.price >= price", "order.price > price"],
  ["a sell does not trade at the limit itself", "order.price <= price", "order.price < price"],
  ["a filled maker's id stays in use", "this.#live.delete(order.id);", ""],
  [
    "a partial fill loses priority",
    "if (maker.size === 0) this.#remove(maker);",
    "this.#remove(maker); if (maker.size > 0) this.#rest(maker);",
  ],
  ["the residual of an ioc order rests", 'fields.tif === "ioc" ? "ioc" : "rests"', '"rests"'],
  ["the residual of a market order rests", 'market ? "no-liquidity" :', 'market ? "rests" :'],
  ["an ioc order's residual is called no-liquidity", '"ioc" ? "ioc"', '"ioc" ? "no-liquidity"'],
  ["an empty level stays", "if (orders.length === 0) queues.splice(level, 1);", ""],
  ["a new level is not sorted in", "worse === -1 ? queues.length : worse", "queues.length"],
  ["a new order goes to the head of its queue", "queue.orders.push(order);", "queue.orders.unshift(order);"],
  [
    "fok ignores self-trade prevention",
    "const firstOwn = makers.findIndex((maker) => selfTrades(taker, maker));",
    "const firstOwn = -1;",
  ],
  [
    "fok counts its own behind the fill",
    'if (taker.stp === "cancel-resting") {\n      return',
    'return false; if (taker.stp === "cancel-resting") {\n      return',
  ],
  [
    "fok with cancel-resting stops at its own",
    'if (taker.stp === "cancel-resting") {\n      return',
    "if (false) {\n      return",
  ],
  [
    "fok is short by an exact fill",
    "if (firstOwn === -1) return totalSize(makers) >=",
    "if (firstOwn === -1) return totalSize(makers) >",
  ],
  ["fok fills what it can", 'if (fields.tif === "fok" && !this.#canFillWhole(taker))', "if (false)"],
  ["owner 0 self-trades", " && taker.owner !== 0", ""],
  ["the maker's stp decides", 'return taker.stp !== "none"', 'return maker.stp !== "none"'],
  ["cancel-both cancels the taker alone", 'taker.stp !== "cancel-incoming"', 'taker.stp === "cancel-resting"'],
  [
    "cancel-both cancels the maker alone",
    'taker.stp !== "cancel-resting") {\n          events',
    'taker.stp === "cancel-incoming") {\n          events',
  ],
  [
    "a taker that was canceled goes on",
    'reason: "self-trade" });\n          return;',
    'reason: "self-trade" });\n          break;',
  ],
  ["post-only trades", "if (taker.postOnly && this.#bestCrossed(taker) !== undefined) {", "if (false) {"],
  [
    "a replace forgets post-only",
    "if (taker.postOnly && this.#bestCrossed(taker) !== undefined) return rejected",
    "if (false) return rejected",
  ],
  [
    "a replace that would cross loses the order",
    '!== undefined) return rejected("would-cross");\n    this.#remove(order);',
    '!== undefined) { this.#remove(order); return rejected("would-cross"); }\n    this.#remove(order);',
  ],
  ["a replace forgets stp", "{ ...order, price, size }", '{ ...order, price, size, stp: "none" }'],
  ["a replace forgets the owner", "{ ...order, price, size }", "{ ...order, price, size, owner: 0 }"],
  ["a smaller size loses priority", "if (price === order.price && size <= order.size) {", "if (false) {"],
  ["the same size loses priority", "size <= order.size) {", "size < order.size) {"],
  ["a larger size keeps priority", "price === order.price && size <= order.size", "price === order.price"],
  ["another price keeps the size's branch", "price === order.price && size <= order.size", "size <= order.size"],
  [
    "a replaced order that crosses does not trade",
    'this.#matchAndSettle(taker, "rests", events);\n    return events;\n  }\n\n  #book',
    "this.#rest(taker);\n    return events;\n  }\n\n  #book",
  ],
  [
    "a replace can't take an id that is gone: it makes it",
    'if (order === undefined) return rejected("unknown-order");',
    'if (order === undefined) return [{ event: "replaced", id, price, size }];',
  ],
  ["cancel gives the reason of another", 'reason: "user"', 'reason: "ioc"'],
  [
    "cancel of a filled order raises",
    "if (order === undefined) return [{",
    "if (order === undefined) throw new Error(); if (false) return [{",
  ],
  [
    "a size of NaN is accepted",
    "Number.isInteger(value) && value >= lowest && value <= highest",
    "!(value < lowest) && !(value > highest)",
  ],
  ["fractions are accepted", "Number.isInteger(value) && ", ""],
  [
    "numbers as text are accepted",
    'typeof value === "number" && Number.isInteger(value)',
    "Number.isInteger(Number(value))",
  ],
  ["a duplicate id replaces the order", "if (this.#live.has(id)) return", "if (false) return"],
  [
    "the highest id is invalid",
    "isIntegerWithin(value, 1, 2_147_483_647);\nconst isOwner",
    "isIntegerWithin(value, 1, 2_147_483_646);\nconst isOwner",
  ],
  ["the highest price is invalid", "16_777_215", "16_777_214"],
  ["a price of 2^24 is valid", "16_777_215", "16_777_216"],
  ["owner 0 is invalid when it is said", "isIntegerWithin(value, 0,", "isIntegerWithin(value, 1,"],
  ["a market order may have a price", "market ? price !== undefined : !isPrice(price)", "!market && !isPrice(price)"],
  ["a market order may say gtc", '[undefined, "ioc"]', '[undefined, "ioc", "gtc"]'],
  ["a market order may not say ioc", '[undefined, "ioc"]', "[undefined]"],
  ["a post-only ioc order is accepted", '(market || tif === "ioc" || tif === "fok")', 'market || tif === "fok"'],
  ["null is left out", "owner !== undefined && ", "owner != null && "],
  [
    "the price is checked before the size",
    'if (!isSize(size)) return "invalid-size";\n  if (market',
    'if (!market && !isPrice(price)) return "invalid-price";\n  if (!isSize(size)) return "invalid-size";\n  if (market',
  ],
  [
    "a replace checks the price first",
    'if (!isSize(size)) return rejected("invalid-size");\n    if',
    'if (!isPrice(price)) return rejected("invalid-price");\n    if (!isSize(size)) return rejected("invalid-size");\n    if',
  ],
  [
    "an invalid id is echoed",
    'return [{ event: "rejected", op: "add", reason }];',
    'return [{ event: "rejected", op: "add", id: fields.id, reason }];',
  ],
  ["a book is 5 levels deep by default", "? 10 :", "? 5 :"],
  ["a book's total wraps at 2^32", "total + size, 0)", "(total + size) >>> 0, 0)"],
  ["a depth of 0 is an empty book", "isDepth(depth)) return", "isDepth(depth) && depth !== 0) return"],
  ["core answers as full", 'this.#level === "core" && asksForMoreThanCore(fields)', "false", "core"],
  [
    "core rejects before it looks for a duplicate",
    "if (this.#live.has(id)) return",
    'if (this.#level === "core" && asksForMoreThanCore(fields)) return [{ event: "rejected", op: "add", id, reason: "unsupported" }];\n    if (this.#live.has(id)) return',
    "core",
  ],
  [
    "core rejects a replace before it looks for the order",
    'if (order === undefined) return rejected("unknown-order");',
    'if (this.#level === "core") return rejected("unsupported");\n    if (order === undefined) return rejected("unknown-order");',
    "core",
  ],
  [
    "core finds stp unsupported only with an owner",
    'stp !== undefined && stp !== "none"',
    'owner !== undefined && stp !== undefined && stp !== "none"',
    "core",
  ],
];

const source = readFileSync(new URL("./oracle.ts", import.meta.url), "utf8");

/** The oracle with the bug in it, as an engine. */
async function plant([what, from, to, level = "full"]: Bug): Promise<CreateEngine> {
  const places = source.split(from).length - 1;
  if (places !== 1) throw new Error(`"${what}": its text stands ${places} times in oracle.ts, not once: ${from}`);
  const { code } = transform(
    source.replace(from, () => to),
    { transforms: ["typescript"] },
  );
  const planted = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as {
    Oracle: typeof Oracle;
  };
  return () => withBinaryDoor(new OracleDoor(new planted.Oracle(level)));
}

describe("an engine with a planted bug fails", () => {
  describe.each(BUGS)("%s", (...bug) => {
    const level = bug[3] ?? "full";

    test("a case", async () => {
      const createEngine = await plant(bug);
      const failed = conformanceCases.find((each) => runCase(each, createEngine, level).verdict === "failed");
      expect(failed).toBeDefined();
    });

    test("the differential run", async () => {
      const { disagreement } = compareWithOracle(await plant(bug), level, 400_000, 20_261_122);
      expect(disagreement).toBeDefined();
      expect(disagreement?.commands.length).toBeLessThanOrEqual(40);
    });
  });
});
