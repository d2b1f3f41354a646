import type { Level } from "../contract/engine.ts";

export interface PlantedBug {
  /** What is wrong with the engine. */
  what: string;
  /** A text that stands once in `oracle.ts`, and what becomes of it. */
  from: string;
  to: string;
  /** Where it shows; `full` where left out. */
  level?: Level;
}

/** Bugs in the book and in matching, which break a law of every engine. */
export const MATCHING_BUGS: readonly PlantedBug[] = [
  { what: "the last in the queue trades first", from: "?.orders[0]", to: "?.orders.at(-1)" },
  { what: "the worst price trades first", from: ".at(0)", to: ".at(-1)" },
  {
    what: "trades at the taker's price",
    from: "price: maker.price, size });\n        taker",
    to: "price: taker.price, size });\n        taker",
  },
  { what: "fills beyond the limit price", from: "order.price >= price : order.price <= price", to: "true : true" },
  { what: "does not trade at the limit itself", from: "order.price >= price", to: "order.price > price" },
  { what: "a sell does not trade at the limit itself", from: "order.price <= price", to: "order.price < price" },
  { what: "a filled maker's id stays in use", from: "this.#live.delete(order.id);", to: "" },
  {
    what: "a partial fill loses priority",
    from: "if (maker.size === 0) this.#remove(maker);",
    to: "this.#remove(maker); if (maker.size > 0) this.#rest(maker);",
  },
  { what: "the residual of an ioc order rests", from: 'fields.tif === "ioc" ? "ioc" : "rests"', to: '"rests"' },
  { what: "the residual of a market order rests", from: 'market ? "no-liquidity" :', to: 'market ? "rests" :' },
  { what: "an empty level stays", from: "if (orders.length === 0) queues.splice(level, 1);", to: "" },
  { what: "a new level is not sorted in", from: "worse === -1 ? queues.length : worse", to: "queues.length" },
  {
    what: "a new order goes to the head of its queue",
    from: "queue.orders.push(order);",
    to: "queue.orders.unshift(order);",
  },
  {
    what: "fok ignores self-trade prevention",
    from: "const firstOwn = makers.findIndex((maker) => selfTrades(taker, maker));",
    to: "const firstOwn = -1;",
  },
  { what: "owner 0 self-trades", from: " && taker.owner !== 0", to: "" },
  { what: "the maker's stp decides", from: 'return taker.stp !== "none"', to: 'return maker.stp !== "none"' },
  {
    what: "cancel-both cancels the taker alone",
    from: 'taker.stp !== "cancel-incoming"',
    to: 'taker.stp === "cancel-resting"',
  },
  {
    what: "cancel-both cancels the maker alone",
    from: 'taker.stp !== "cancel-resting") {\n          events',
    to: 'taker.stp === "cancel-incoming") {\n          events',
  },
  {
    what: "a taker that was canceled goes on",
    from: 'reason: "self-trade" });\n          return;',
    to: 'reason: "self-trade" });\n          break;',
  },
  {
    what: "post-only trades",
    from: "if (taker.postOnly && this.#bestCrossed(taker) !== undefined) {",
    to: "if (false) {",
  },
  {
    what: "a replace forgets post-only",
    from: "if (taker.postOnly && this.#bestCrossed(taker) !== undefined) return rejected",
    to: "if (false) return rejected",
  },
  {
    what: "a replace that would cross loses the order",
    from: '!== undefined) return rejected("would-cross");\n    this.#remove(order);',
    to: '!== undefined) { this.#remove(order); return rejected("would-cross"); }\n    this.#remove(order);',
  },
  { what: "a replace forgets stp", from: "{ ...order, price, size }", to: '{ ...order, price, size, stp: "none" }' },
  { what: "a replace forgets the owner", from: "{ ...order, price, size }", to: "{ ...order, price, size, owner: 0 }" },
  {
    what: "a smaller size loses priority",
    from: "if (price === order.price && size <= order.size) {",
    to: "if (false) {",
  },
  { what: "the same size loses priority", from: "size <= order.size) {", to: "size < order.size) {" },
  {
    what: "another price keeps the size's branch",
    from: "price === order.price && size <= order.size",
    to: "size <= order.size",
  },
  {
    what: "a replaced order that crosses does not trade",
    from: 'this.#matchAndSettle(taker, "rests", events);\n    return events;\n  }\n\n  #book',
    to: "this.#rest(taker);\n    return events;\n  }\n\n  #book",
  },
  {
    what: "a replace can't take an id that is gone: it makes it",
    from: 'if (order === undefined) return rejected("unknown-order");',
    to: 'if (order === undefined) return [{ event: "replaced", id, price, size }];',
  },
  { what: "a duplicate id replaces the order", from: "if (this.#live.has(id)) return", to: "if (false) return" },
  { what: "a book is 5 levels deep by default", from: "? 10 :", to: "? 5 :" },
  { what: "a book's total wraps at 2^32", from: "total + size, 0)", to: "(total + size) >>> 0, 0)" },
];

/** Bugs in what is accepted and in what an answer says; only the contract's words tell them from what is right. */
export const ANSWER_BUGS: readonly PlantedBug[] = [
  { what: "an ioc order's residual is called no-liquidity", from: '"ioc" ? "ioc"', to: '"ioc" ? "no-liquidity"' },
  {
    what: "fok counts its own behind the fill",
    from: 'if (taker.stp === "cancel-resting") {\n      return',
    to: 'return false; if (taker.stp === "cancel-resting") {\n      return',
  },
  {
    what: "fok with cancel-resting stops at its own",
    from: 'if (taker.stp === "cancel-resting") {\n      return',
    to: "if (false) {\n      return",
  },
  {
    what: "fok is short by an exact fill",
    from: "if (firstOwn === -1) return totalSize(makers) >=",
    to: "if (firstOwn === -1) return totalSize(makers) >",
  },
  { what: "fok fills what it can", from: 'if (fields.tif === "fok" && !this.#canFillWhole(taker))', to: "if (false)" },
  {
    what: "a larger size keeps priority",
    from: "price === order.price && size <= order.size",
    to: "price === order.price",
  },
  { what: "cancel gives the reason of another", from: 'reason: "user"', to: 'reason: "ioc"' },
  {
    what: "cancel of a filled order raises",
    from: "if (order === undefined) return [{",
    to: "if (order === undefined) throw new Error(); if (false) return [{",
  },
  {
    what: "a size of NaN is accepted",
    from: "Number.isInteger(value) && value >= lowest && value <= highest",
    to: "!(value < lowest) && !(value > highest)",
  },
  { what: "fractions are accepted", from: "Number.isInteger(value) && ", to: "" },
  {
    what: "numbers as text are accepted",
    from: 'typeof value === "number" && Number.isInteger(value)',
    to: "Number.isInteger(Number(value))",
  },
  {
    what: "the highest id is invalid",
    from: "isIntegerWithin(value, 1, 2_147_483_647);\nconst isOwner",
    to: "isIntegerWithin(value, 1, 2_147_483_646);\nconst isOwner",
  },
  { what: "the highest price is invalid", from: "16_777_215", to: "16_777_214" },
  { what: "a price of 2^24 is valid", from: "16_777_215", to: "16_777_216" },
  { what: "owner 0 is invalid when it is said", from: "isIntegerWithin(value, 0,", to: "isIntegerWithin(value, 1," },
  {
    what: "a market order may have a price",
    from: "market ? price !== undefined : !isPrice(price)",
    to: "!market && !isPrice(price)",
  },
  { what: "a market order may say gtc", from: '[undefined, "ioc"]', to: '[undefined, "ioc", "gtc"]' },
  { what: "a market order may not say ioc", from: '[undefined, "ioc"]', to: "[undefined]" },
  {
    what: "a post-only ioc order is accepted",
    from: '(market || tif === "ioc" || tif === "fok")',
    to: 'market || tif === "fok"',
  },
  { what: "null is left out", from: "owner !== undefined && ", to: "owner != null && " },
  {
    what: "the price is checked before the size",
    from: 'if (!isSize(size)) return "invalid-size";\n  if (market',
    to: 'if (!market && !isPrice(price)) return "invalid-price";\n  if (!isSize(size)) return "invalid-size";\n  if (market',
  },
  {
    what: "a replace checks the price first",
    from: 'if (!isSize(size)) return rejected("invalid-size");\n    if',
    to: 'if (!isPrice(price)) return rejected("invalid-price");\n    if (!isSize(size)) return rejected("invalid-size");\n    if',
  },
  {
    what: "an invalid id is echoed",
    from: 'return [{ event: "rejected", op: "add", reason }];',
    to: 'return [{ event: "rejected", op: "add", id: fields.id, reason }];',
  },
  {
    what: "a depth of 0 is an empty book",
    from: "isDepth(depth)) return",
    to: "isDepth(depth) && depth !== 0) return",
  },
  {
    what: "core answers as full",
    from: 'this.#level === "core" && asksForMoreThanCore(fields)',
    to: "false",
    level: "core",
  },
  {
    what: "core rejects before it looks for a duplicate",
    from: "if (this.#live.has(id)) return",
    to: 'if (this.#level === "core" && asksForMoreThanCore(fields)) return [{ event: "rejected", op: "add", id, reason: "unsupported" }];\n    if (this.#live.has(id)) return',
    level: "core",
  },
  {
    what: "core rejects a replace before it looks for the order",
    from: 'if (order === undefined) return rejected("unknown-order");',
    to: 'if (this.#level === "core") return rejected("unsupported");\n    if (order === undefined) return rejected("unknown-order");',
    level: "core",
  },
  {
    what: "core finds stp unsupported only with an owner",
    from: 'stp !== undefined && stp !== "none"',
    to: 'owner !== undefined && stp !== undefined && stp !== "none"',
    level: "core",
  },
];
