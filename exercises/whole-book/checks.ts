import { agreesWithReference, conformance } from "../../lab/grade/book.ts";
import type { Check, Checks } from "../../lab/grade/check.ts";
import { crowdedFlow } from "./checks/crowded-flow.ts";

/** Of some parts of the contract, the cases that full adds to them. */
const added = (subjects: readonly string[], passed: string): Check =>
  conformance({ level: "full", onlyThisLevel: true, subjects, passed });

const add = (id: number, side: string, price: number, size: number, more: object = {}): object => ({
  op: "add",
  id,
  side,
  price,
  size,
  ...more,
});

const CORE_DAY = [
  add(1, "sell", 97, 5),
  add(2, "sell", 96, 3),
  add(3, "buy", 97, 6),
  { op: "cancel", id: 1 },
  { op: "add", id: 4, side: "sell", type: "market", size: 2 },
  { op: "book" },
];

/** Order 2 is enlarged, and goes behind order 3; owner 7 doesn't meet itself; then nine lots are wanted, and there are eight. */
const FULL_DAY = [
  add(1, "sell", 96, 2, { owner: 7 }),
  add(2, "sell", 96, 3),
  add(3, "sell", 96, 4),
  { op: "replace", id: 2, price: 96, size: 5 },
  add(4, "buy", 96, 1, { owner: 7, stp: "cancel-resting" }),
  add(5, "buy", 96, 9, { tif: "fok" }),
  add(6, "buy", 96, 1, { postOnly: true }),
  add(7, "buy", 96, 10, { tif: "ioc" }),
  { op: "book" },
];

export const checks: Checks = {
  "core: the cases": conformance({ level: "full", casesOf: "core", passed: "Every case of core is right." }),
  "core: random flow": agreesWithReference({
    level: "full",
    commandsOf: "core",
    flows: 4,
    commands: 600,
    shown: CORE_DAY,
    passed: "Event for event the reference's answer, as far as core goes.",
  }),
  "full: immediate-or-cancel and fill-or-kill": added(
    ["Add: immediate-or-cancel", "Add: fill-or-kill"],
    "What can't wait was traded or canceled, and what was killed left no trace.",
  ),
  "full: post-only": added(
    ["Add: post-only", "Add: what is valid, and in which order it is checked"],
    "What would have crossed was rejected before it was accepted.",
  ),
  "full: self-trade prevention": added(
    ["Add: self-trade prevention"],
    "Each order went as the incoming one had asked.",
  ),
  "full: replace": added(["Replace"], "Who kept its place kept it, and who gave it up came in again."),
  "full: where the rules meet": agreesWithReference({
    level: "full",
    flows: 16,
    commands: 300,
    generate: (context, _index, commands) => crowdedFlow(context, commands),
    shown: FULL_DAY,
    passed: "Event for event the reference's answer, wherever the rules met.",
  }),
};
