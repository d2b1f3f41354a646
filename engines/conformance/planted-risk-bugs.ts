import type { PlantedBug } from "./planted-bugs.ts";

const level = "extended";

/** Bugs in the risk checks that break a law of every engine. */
export const RISK_BUGS: readonly PlantedBug[] = [
  {
    what: "an order as large as its limit is too large",
    from: 'if (limits === undefined) return undefined;\n    if (taker.size > limits.maxOrderSize) return "max-order-size";\n    if (!market',
    to: 'if (limits === undefined) return undefined;\n    if (taker.size >= limits.maxOrderSize) return "max-order-size";\n    if (!market',
  },
  {
    what: "a replace may make an order too large",
    from: 'if (taker.size > limits.maxOrderSize) return "max-order-size";\n    if (this.#distance',
    to: "if (this.#distance",
  },
  {
    what: "the price band is a tick too narrow",
    from: "if (!market && this.#distance(taker.price) > limits.priceBand)",
    to: "if (!market && this.#distance(taker.price) >= limits.priceBand)",
  },
  { what: "a market order is held to the price band", from: "if (!market && this.#distance", to: "if (this.#distance" },
  {
    what: "a replace is held to no price band",
    from: 'if (this.#distance(taker.price) > limits.priceBand) return "price-band";\n    if (this.#worstPosition(taker) - order',
    to: "if (this.#worstPosition(taker) - order",
  },
  { what: "there is a band before there is a trade", from: "=== undefined ? 0 :", to: "=== undefined ? price :" },
  {
    what: "the band stands around the taker's price",
    from: "this.#lastTradePrice = maker.price;",
    to: "this.#lastTradePrice = taker.price;",
  },
  {
    what: "the band stays at the first trade",
    from: "this.#lastTradePrice = maker.price;",
    to: "this.#lastTradePrice ??= maker.price;",
  },
  { what: "an order too many may rest", from: ">= limits.maxOpenOrders", to: "> limits.maxOpenOrders" },
  { what: "an ioc order needs a place", from: "if (mayRest && this.#open", to: "if (!market && this.#open" },
  {
    what: "an order that would trade at once needs no place",
    from: "if (mayRest && this.#open",
    to: "if (mayRest && this.#bestCrossed(taker) === undefined && this.#open",
  },
  { what: "open orders are no part of the position", from: "-position) + open + size", to: "-position) + size" },
  { what: "both sides' orders are", from: ".filter((order) => order.side === side));", to: ");" },
  { what: "a seller is long", from: '(side === "buy" ? position : -position)', to: "position" },
  {
    what: "the position limit is a lot too low",
    from: 'if (this.#worstPosition(taker) > limits.positionLimit) return "position-limit";',
    to: 'if (this.#worstPosition(taker) >= limits.positionLimit) return "position-limit";',
  },
  {
    what: "a replace counts its order twice",
    from: "this.#worstPosition(taker) - order.size > limits",
    to: "this.#worstPosition(taker) > limits",
  },
  { what: "a maker's trades don't count", from: "of [taker, maker]) {", to: "of [taker]) {" },
  { what: "a taker's trades don't count", from: "of [taker, maker]) {", to: "of [maker]) {" },
  {
    what: "trades before the first limits count",
    from: "if (account?.limits !== undefined) account.position",
    to: "if (account !== undefined) account.position",
  },
  {
    what: "new limits start a new position",
    from: "    account.limits = {",
    to: "    account.position = 0;\n    account.limits = {",
  },
  {
    what: "new limits lift",
    from: "    account.limits = {",
    to: "    account.killed = false;\n    account.limits = {",
  },
  {
    what: "a limit left out stays as it was",
    from: "positionLimit: (positionLimit ?? none)",
    to: "positionLimit: (positionLimit ?? account.limits?.positionLimit ?? none)",
  },
  {
    what: "limits of one owner hold for all",
    from: "this.#accounts.get(taker.owner);",
    to: "this.#accounts.get(taker.owner) ?? this.#accounts.get(1);",
  },
  {
    what: "a kill cancels nothing",
    from: "for (const order of this.#openOrders(owner)) {",
    to: "for (const order of [] as Order[]) {",
  },
  {
    what: "a kill cancels the youngest first",
    from: "for (const order of this.#openOrders(owner)) {",
    to: "for (const order of this.#openOrders(owner).reverse()) {",
  },
  {
    what: "a kill cancels buys before sells",
    from: "for (const order of this.#openOrders(owner)) {",
    to: 'for (const order of this.#openOrders(owner).sort((a, b) => Number(a.side === "sell") - Number(b.side === "sell"))) {',
  },
  {
    what: "a kill takes others' orders too",
    from: "for (const order of this.#openOrders(owner)) {",
    to: "for (const order of [...this.#live.values()]) {",
  },
  {
    what: "a kill blocks nobody",
    from: "this.#account(owner).killed = true;",
    to: "this.#account(owner).killed = false;",
  },
  {
    what: "a kill forgets the limits",
    from: "this.#account(owner).killed = true;",
    to: "this.#accounts.set(owner, { killed: true, position: 0 });",
  },
  {
    what: "a lift lifts nobody",
    from: "this.#account(owner).killed = false;",
    to: "this.#account(owner);",
  },
  {
    what: "a lift forgets the limits",
    from: "this.#account(owner).killed = false;",
    to: "this.#accounts.delete(owner);",
  },
  {
    what: "a smaller size makes an order younger",
    from: "order.size = size;\n      return",
    to: "order.size = size;\n      this.#ownersLive.get(order.owner)?.delete(order);\n      this.#ownersLive.get(order.owner)?.add(order);\n      return",
  },
  {
    what: "the size is looked at before the kill",
    from: 'if (account?.killed) return "owner-killed";',
    to: 'if (account?.killed) return taker.size > (account.limits?.maxOrderSize ?? taker.size) ? "max-order-size" : "owner-killed";',
  },
  {
    what: "would-cross comes before the risk checks",
    from: "if (risk !== undefined) return [{",
    to: "if (risk !== undefined && !(taker.postOnly && this.#bestCrossed(taker) !== undefined)) return [{",
  },
  {
    what: "would-cross comes before a replace's risk checks",
    from: "if (risk !== undefined) return rejected(risk);",
    to: "if (risk !== undefined && !(taker.postOnly && this.#bestCrossed(taker) !== undefined)) return rejected(risk);",
  },
].map((bug) => ({ ...bug, level }));

/** Bugs in what is accepted of the risk commands, and in what an answer says. */
export const RISK_ANSWER_BUGS: readonly PlantedBug[] = [
  {
    what: "nobody can be held to limits",
    from: "isIntegerWithin(value, 1, 2_147_483_647);\nconst isPrice",
    to: "isIntegerWithin(value, 0, 2_147_483_647);\nconst isPrice",
  },
  {
    what: "the highest owner can't be named",
    from: "isIntegerWithin(value, 1, 2_147_483_647);\nconst isPrice",
    to: "isIntegerWithin(value, 1, 2_147_483_646);\nconst isPrice",
  },
  {
    what: "a limit of null is one left out",
    from: "limit !== undefined && !isSize(limit)",
    to: "limit != null && !isSize(limit)",
  },
  {
    what: "a price band past all prices is valid",
    from: "!isPrice(priceBand)",
    to: "!isSize(priceBand)",
  },
  { what: "a kill is the user's cancel", from: 'reason: "kill"', to: 'reason: "user"' },
  {
    what: "limits are rejected as if they were an order's",
    from: 'op: "limits", reason }',
    to: 'op: "limits", id: owner as number, reason }',
  },
].map((bug) => ({ ...bug, level }));

/** Bugs below the level of risk checks. */
export const LEVEL_BUGS: readonly PlantedBug[] = [
  {
    what: "full sets limits",
    from: 'if (this.#level !== "extended") return rejected("unsupported");',
    to: "",
    level: "full",
  },
  {
    what: "full finds limits unsupported before it looks at them",
    from: 'if (!isNamed(owner)) return rejected("invalid-owner");',
    to: 'if (this.#level !== "extended") return rejected("unsupported");\n    if (!isNamed(owner)) return rejected("invalid-owner");',
    level: "full",
  },
  {
    what: "full kills",
    from: 'if (this.#level !== "extended") return [{ event: "rejected", op: "kill", reason: "unsupported" }];',
    to: "",
    level: "full",
  },
];
