import { answersTable } from "../../lab/grade/answers-table.ts";
import { mismatch } from "../../lab/grade/book.ts";
import type { Check, CheckContext, Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { bookRunner } from "../../lab/grade/harness.ts";
import { OpenOrders } from "../../lab/grade/open-orders.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import { createReference, type Reference } from "../../lab/grade/reference.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { shrinkList } from "../../lab/grade/shrink.ts";
import { createWrongBook } from "../../lab/grade/wrong-books.ts";

/** What stands in `exercise.json`. */
const GIVEN = "meridian.ts";
/** Bids rest up to here, asks above; only who means to trade goes beyond. Bids have two and three digits: texts sort otherwise than numbers. */
const MIDDLE = 101;
const REACH = 4;
const TICKS = ["0.1", "0.05", "0.01", "0.25", "2.5", "0.00000001", "5"];

interface Day {
  tick: string;
  newestFirst: boolean;
  commands: object[];
}

interface Kind {
  /** How often each command comes, against the others. */
  mix: { rest?: number; cross?: number; market?: number; cancel?: number; book?: number; again?: number };
  /** Default `1`. */
  tick?(draws: Draws): string;
  newestFirst?: boolean;
}

function right({ newestFirst, commands }: Day): object[][] {
  const book = createBook(newestFirst);
  return commands.map((command) => book.execute(command));
}

function createBook(newestFirst: boolean): Reference {
  return newestFirst ? createWrongBook("last-in-first-out") : createReference("core");
}

function drawDay(draws: Draws, { mix, tick = () => "1", newestFirst = false }: Kind, length: number): Day {
  const book = createBook(newestFirst);
  const open = new OpenOrders();
  const bag = Object.entries(mix).flatMap(([kind, share]) => Array<string>(share).fill(kind));
  const commands: object[] = [];
  let lastId = draws.integer(0, 500);
  const order = (crosses: boolean, id = ++lastId): object => {
    const side = draws.pick(["buy", "sell"]);
    const low = (side === "buy") !== crosses;
    const price = low ? MIDDLE - draws.integer(0, REACH) : MIDDLE + 1 + draws.integer(0, REACH);
    const type = draws.integer(0, 1) === 0 ? {} : { type: "limit" };
    return { op: "add", id, side, ...type, price, size: draws.integer(1, crosses ? 20 : 9) };
  };
  /** An id that was used before: live or not, as a new order or in a cancel. */
  const again = (): object => {
    const id = draws.pick([...open.gone, ...open.list.map((each) => each.id), lastId + 1_000]);
    return draws.integer(0, 2) === 0 ? { op: "cancel", id } : order(false, id);
  };
  const next = (kind: string): object => {
    if (kind === "market") {
      return { op: "add", id: ++lastId, side: draws.pick(["buy", "sell"]), type: "market", size: draws.integer(1, 20) };
    }
    if (kind === "cancel" && open.list.length > 0) return { op: "cancel", id: draws.pick(open.list).id };
    if (kind === "book") return draws.pick([{ op: "book" }, { op: "book", depth: draws.integer(1, 4) }]);
    return kind === "again" ? again() : order(kind === "cross");
  };
  while (commands.length < length) {
    const command = next(draws.pick(bag));
    commands.push(command);
    open.follow(command, book.execute(command) as never);
  }
  return { tick: tick(draws), newestFirst, commands };
}

/** The given file stands behind the learner's code, in a function, so that no name of one is a name of the other. */
function venueBehind({ given }: CheckContext): string {
  const venue = given[GIVEN].replace(/^export /gm, "");
  return `
const $Meridian = (() => {
${venue}
return Meridian;
})();
let $options;
const $createBook = () => createBook(new $Meridian($options));
${bookRunner("$createBook")}
export const $day = ($given, $commands) => { $options = $given; return $run([$commands])[0]; };`;
}

async function answersOf(learner: Learner, { tick, newestFirst, commands }: Day): Promise<unknown[]> {
  const answers = await learner.call("$day", { tick, newestFirst }, commands);
  return Array.isArray(answers) ? answers : [];
}

async function judge(learner: Learner, day: Day): Promise<Fault | undefined> {
  const expected = right(day);
  const fault = mismatch(expected, await answersOf(learner, day));
  if (fault === undefined) return undefined;
  const { at, ...texts } = fault;
  const last = at === 0 ? "this command" : `the last of these ${at + 1} commands`;
  const reason = `To ${last} your adapter says something else than what happened.`;
  return { input: shown({ ...day, commands: day.commands.slice(0, at + 1) }), ...texts, reason };
}

function shown({ tick, newestFirst, commands }: Day): string {
  const venue = `tick ${tick}${newestFirst ? ", newest first" : ""}`;
  return [`// a venue with ${venue}`, ...commands.map((command) => JSON.stringify(command))].join("\n");
}

/** Two asks wait, one buy takes the first and a part of the second, which is then canceled; somebody finds nobody. */
const A_DAY: Day = {
  tick: "0.05",
  newestFirst: false,
  commands: [
    { op: "add", id: 7, side: "sell", price: 2009, size: 3 },
    { op: "add", id: 8, side: "sell", price: 2010, size: 5 },
    { op: "add", id: 9, side: "buy", price: 2010, size: 4 },
    { op: "book", depth: 3 },
    { op: "cancel", id: 8 },
    { op: "add", id: 7, side: "buy", type: "market", size: 2 },
    { op: "cancel", id: 7 },
  ],
};

async function aDay(learner: Learner): Promise<Picture[]> {
  const answers = await answersOf(learner, A_DAY);
  return [answersTable("A few commands, and the adapter's events", A_DAY.commands, right(A_DAY), answers)];
}

function adapts(kind: Kind, passed: string, see?: typeof aDay): Check {
  return property<Day>({
    cases: 8,
    passed,
    behind: venueBehind,
    generate: (draws, index) => drawDay(draws, kind, index < 2 ? 12 : 60),
    judge,
    show: shown,
    *shrink(day) {
      for (const commands of shrinkList(day.commands, undefined, 1)) yield { ...day, commands };
    },
    ...(see && { see }),
  });
}

export const checks: Checks = {
  "orders come and go": adapts(
    { mix: { rest: 3, cancel: 2 } },
    "Each came and each went, under the name that you gave it.",
  ),
  "each trade is told once": adapts(
    { mix: { rest: 4, cross: 2, market: 1, cancel: 1 } },
    "One event for each trade, with both names in their places.",
    aDay,
  ),
  "prices of any tick": adapts(
    { mix: { rest: 4, cross: 2 }, tick: (draws) => draws.pick(TICKS) },
    "Every price went in and came back as the same number of ticks.",
  ),
  "the book by levels": adapts(
    { mix: { rest: 4, cancel: 1, book: 2 } },
    "The vendor's orders became levels, best first.",
  ),
  "an id is free again": adapts(
    { mix: { rest: 3, market: 2, cancel: 1, again: 3 } },
    "An id could be used again as soon as its order was gone, and not before.",
  ),
  "the venue decides": adapts(
    { mix: { rest: 4, cross: 2, market: 1, cancel: 1 }, newestFirst: true },
    "You said what the venue did, not what you thought that it would do.",
  ),
};
