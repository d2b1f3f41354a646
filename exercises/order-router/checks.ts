import type { Check, Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import type { Table } from "../../lab/grade/see.ts";
import { show, showCall } from "../../lab/grade/show.ts";
import { shrinkInteger, shrinkList } from "../../lab/grade/shrink.ts";

type Side = "buy" | "sell";
type Level = [price: number, lots: number];

interface Venue {
  name: string;
  fee: number;
  bids: Level[];
  asks: Level[];
}

interface Case {
  parent: { side: Side; size: number; limit: number };
  venues: Venue[];
}

interface Route {
  children: { venue: string; price: number; size: number }[];
  left: number;
}

const NAMES = ["north", "south"];
const MIDDLE = 1_000;

/** Lot by lot, as the rules say it: the venue whose next lot is the best one, until none is good enough. */
function right({ parent: { side, size, limit }, venues }: Case): Route {
  const books = venues.map((venue) => levelsOf(venue, side).map(([price, lots]) => ({ price, lots, seen: lots })));
  const children = venues.map(({ name }) => ({ venue: name, price: 0, size: 0 }));
  const worse = (a: number, b: number): boolean => (side === "buy" ? a > b : a < b);
  let left = size;
  for (; left > 0; left--) {
    let chosen = -1;
    for (const [at, [level]] of books.entries()) {
      if (level === undefined || worse(level.price, limit)) continue;
      if (chosen === -1 || isBetter(at, chosen)) chosen = at;
    }
    if (chosen === -1) break;
    const [level] = books[chosen];
    children[chosen].price = level.price;
    children[chosen].size++;
    if (--level.lots === 0) books[chosen].shift();
  }
  return { children: children.filter((child) => child.size > 0), left };

  function isBetter(at: number, than: number): boolean {
    const [[a], [b]] = [books[at], books[than]];
    if (a.price !== b.price) return worse(b.price, a.price);
    if (venues[at].fee !== venues[than].fee) return venues[at].fee < venues[than].fee;
    // What was seen at the price decides, and goes on to while its lots get fewer.
    return a.seen > b.seen;
  }
}

function levelsOf({ asks, bids }: Venue, side: Side): Level[] {
  return side === "buy" ? asks : bids;
}

interface Kind {
  side?: Side;
  /** Prices of one venue are never those of the other. Default true. */
  apart?: boolean;
  /** Default none. */
  fee?(draws: Draws): number;
  /** Levels of a book at most, default 5. */
  depth?: number;
  /** Whether there are books without a level. Default false. */
  empty?: boolean;
  /** Whether the limit cuts the books. Default false. */
  limited?: boolean;
  /** Share of all lots that is wanted, at most; default 0.9. */
  wanted?: number;
  /** Default: from 1 to 20 lots. */
  lots?(draws: Draws): number;
}

function drawCase(draws: Draws, kind: Kind): Case {
  const { side = "buy", apart = true, fee = () => 0, depth = 5, limited = false, wanted = 0.9 } = kind;
  const lots = kind.lots ?? ((own: Draws) => own.integer(1, 20));
  const book = (at: number, sign: number): Level[] => {
    let steps = 0;
    const levels = draws.integer(kind.empty ? 0 : 1, depth);
    return draws.list(levels, (): Level => {
      steps += draws.integer(1, 2);
      return [MIDDLE + sign * (apart ? 2 * steps + at : steps), lots(draws)];
    });
  };
  const venues = NAMES.map((name, at) => ({ name, fee: fee(draws), bids: book(at, -1), asks: book(at, 1) }));
  const levels = venues.flatMap((venue) => levelsOf(venue, side));
  const all = levels.reduce((sum, [, there]) => sum + there, 0);
  const size = Math.max(1, draws.integer(1, Math.max(1, Math.floor(wanted * all))));
  const limit =
    limited && levels.length > 0 ? draws.pick(levels)[0] + draws.pick([-1, 0, 0, 1]) : side === "buy" ? 2_000 : 1;
  return { parent: { side, size, limit }, venues };
}

/** What is wrong with an answer, or undefined. */
function wrongIn(expected: Route, got: unknown): string | undefined {
  const { children, left } = (typeof got === "object" && got !== null ? got : {}) as Partial<Route>;
  if (!Array.isArray(children)) return "`route` must give `{ children, left }`, and `children` must be an array.";
  for (const { venue, price, size } of expected.children) {
    const own = children.filter((child) => child?.venue === venue);
    if (own.length !== 1) return `For ${venue} there must be one order, and there are ${own.length}.`;
    if (own[0].size !== size) return `At ${venue} the number of lots to be taken is ${size}.`;
    if (own[0].price !== price) return `The order for ${venue} needs a price of ${price}, and no worse one.`;
  }
  if (children.length !== expected.children.length) return "An order goes to a venue at which nothing is to be taken.";
  if (children.some((child, at) => child.venue !== expected.children[at].venue))
    return "The orders stand in another order than the venues.";
  return left === expected.left ? undefined : `The number of lots that can't be had is ${expected.left}.`;
}

async function judge(learner: Learner, input: Case): Promise<Fault | undefined> {
  const got = await learner.call("route", input.parent, input.venues);
  const expected = right(input);
  const reason = wrongIn(expected, got);
  if (reason === undefined) return undefined;
  return { input: shown(input), expected: show(expected, 400), got: show(got, 400), reason };
}

function shown({ parent, venues }: Case): string {
  return `${showCall("route", parent, "venues")}\n${venues.map((venue) => show(venue, 600)).join("\n")}`.replace(
    '"venues"',
    "venues",
  );
}

function* smaller(input: Case): Generator<Case> {
  const side = input.parent.side === "buy" ? "asks" : "bids";
  const other = side === "asks" ? "bids" : "asks";
  if (input.venues.some((venue) => venue[other].length > 0)) {
    yield { ...input, venues: input.venues.map((venue) => ({ ...venue, [other]: [] })) };
  }
  for (const [at, venue] of input.venues.entries()) {
    for (const levels of shrinkList(venue[side]))
      yield { ...input, venues: input.venues.with(at, { ...venue, [side]: levels }) };
  }
  for (const size of shrinkInteger(input.parent.size, 1)) yield { ...input, parent: { ...input.parent, size } };
}

/** A buy of 40 lots where prices, fees and depths all have a say. */
const SHOWN: Case = {
  parent: { side: "buy", size: 40, limit: 1_003 },
  venues: [
    {
      name: "north",
      fee: 30,
      bids: [],
      asks: [
        [1_001, 10],
        [1_002, 12],
        [1_004, 30],
      ],
    },
    {
      name: "south",
      fee: -20,
      bids: [],
      asks: [
        [1_000, 5],
        [1_002, 8],
        [1_003, 20],
      ],
    },
  ],
};

/** What each level gives, if the venues' books take the children in. */
async function levelByLevel(learner: Learner): Promise<Table[]> {
  const got = await learner.call("route", SHOWN.parent, SHOWN.venues);
  const given = (got ?? {}) as Partial<Route>;
  const yours = fillsOf(Array.isArray(given.children) ? given.children : []);
  const wanted = fillsOf(right(SHOWN).children);
  const rows = SHOWN.venues.flatMap(({ name, fee, asks }) =>
    asks.map(([price, lots]): [number, (string | number)[]] => {
      const key = `${name} ${price}`;
      return [price, [name, price, fee, lots, wanted.get(key) ?? 0, yours.get(key) ?? 0]];
    }),
  );
  rows.sort(([a], [b]) => a - b);
  const columns = ["venue", "price", "fee", "lots there", "to be taken", "yours"];
  const title = `A buy of ${SHOWN.parent.size} lots at ${SHOWN.parent.limit} or better, and what each level gives`;
  return [{ kind: "table", title, columns, rows: rows.map(([, row]) => row) }];
}

/** Lots by venue and price. */
function fillsOf(children: Route["children"]): Map<string, number> {
  const fills = new Map<string, number>();
  for (const child of children) {
    const venue = SHOWN.venues.find(({ name }) => name === child?.venue);
    let left = Number(child?.size) || 0;
    for (const [price, lots] of venue?.asks ?? []) {
      const taken = price > child.price ? 0 : Math.max(0, Math.min(lots, left));
      fills.set(`${child.venue} ${price}`, taken);
      left -= taken;
    }
  }
  return fills;
}

function routes(passed: string, kind: Kind, see?: typeof levelByLevel): Check {
  return property<Case>({
    cases: 40,
    passed,
    generate: (draws, index) => drawCase(draws, index < 4 ? { ...kind, depth: 2 } : kind),
    judge,
    show: shown,
    shrink: smaller,
    ...(see && { see }),
  });
}

export const checks: Checks = {
  "the best price first": routes("Every lot was bought where it was cheapest.", {}),
  "a sale is the mirror": routes("Every lot was sold where most was paid.", { side: "sell" }),
  "the cheaper of two venues": routes(
    "Fees decided between equal prices, and nothing else.",
    {
      apart: false,
      fee: (draws) => draws.integer(-50, 300),
    },
    levelByLevel,
  ),
  "the deeper of two venues": routes("Depth decided between what was equal otherwise.", {
    apart: false,
    lots: (draws) => draws.integer(1, 4),
  }),
  "nothing beyond the limit": routes("No lot was beyond the limit, and what couldn't be had was told.", {
    limited: true,
  }),
  "books that are too thin": routes("What the books don't have was told.", { depth: 2, empty: true, wanted: 2 }),
};
