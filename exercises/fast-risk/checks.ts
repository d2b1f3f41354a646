import type { Check, Checks, Learner } from "../../lab/grade/check.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import type { Table } from "../../lab/grade/see.ts";
import { show, showNumber } from "../../lab/grade/show.ts";
import { shrinkList } from "../../lab/grade/shrink.ts";
import { drawDay, type Mix, type Step, stepsOf } from "./checks/market.ts";

type Commands = Step["command"][];

/** Orders of one owner in the last check. Who looks at all of them for each order takes far longer than its limit. */
const MANY = 60_000;

/**
 * Takes a gate through a day. The book behind it is in the grader: what it answers comes with the steps. `$many` makes its own orders, of one
 * lot and one owner, and gives what the gate said to each.
 */
const RELAY = `
const $step = ($gate, { command: $command, events: $events }) => {
  const { op: $op, ...$limits } = $command;
  if ($op === "limits") { $gate.setLimits($limits); return null; }
  if ($op === "lift") { $gate.liftOwner($command.owner); return null; }
  const $answer = $op === "kill" ? $gate.killOwner($command.owner) : $op === "cancel" ? null : $gate.check($command);
  if ($events !== undefined) $gate.heard($command, $events);
  return $answer;
};
export const $day = ($steps) => {
  const $gate = createGate();
  return $steps.map(($each) => {
    try { return $step($gate, $each); }
    catch ($error) { return { threw: \`\${$error}\` }; }
  });
};
export const $many = ($orders, $limits) => {
  const $gate = createGate();
  $gate.setLimits($limits);
  const $answers = [];
  for (let $id = 1; $id <= $orders + 1; $id++) {
    const $command = { op: "add", id: $id, side: "buy", type: "limit", price: 100, size: 1, tif: "gtc", owner: 7 };
    const $answer = $gate.check($command);
    if ($answer === null) $gate.heard($command, [{ event: "accepted", id: $id }]);
    else $answers.push([$id, $answer]);
  }
  return $answers;
};`;

function shown(commands: Commands): string {
  return commands.map((command) => JSON.stringify(command)).join("\n");
}

async function answersOf(learner: Learner, steps: readonly Step[]): Promise<unknown[]> {
  const asked = steps.map(({ command, events }) => ({ command, events }));
  const answers = await learner.call("$day", asked);
  return Array.isArray(answers) ? answers : [];
}

function said(answer: unknown): string {
  if (typeof answer === "object" && answer !== null && "threw" in answer) return `an error: ${String(answer.threw)}`;
  return show(answer, 400);
}

async function judge(learner: Learner, commands: Commands): Promise<Fault | undefined> {
  const steps = stepsOf(commands);
  const answers = await answersOf(learner, steps);
  const at = steps.findIndex(({ answer }, index) => said(answers[index]) !== said(answer));
  if (at === -1) return undefined;
  const { answer, command } = steps[at];
  const last = at === 0 ? "this command" : `the last of these ${at + 1} commands`;
  const reason = `To ${last}, ${command.op === "add" ? "an" : "a"} ${command.op}, your gate says something else than the contract.`;
  return { input: shown(commands.slice(0, at + 1)), expected: said(answer), got: said(answers[at]), reason };
}

/** One owner with limits, and a few orders of others. */
const DAY: Commands = [
  { op: "add", id: 1, side: "sell", type: "limit", price: 100, size: 4, tif: "gtc", owner: 2 },
  { op: "limits", owner: 1, maxOrderSize: 9, maxOpenOrders: 2, positionLimit: 10, priceBand: 3 },
  { op: "add", id: 2, side: "buy", type: "limit", price: 90, size: 4, tif: "gtc", owner: 1 },
  { op: "add", id: 3, side: "buy", type: "limit", price: 100, size: 6, tif: "gtc", owner: 1 },
  { op: "add", id: 4, side: "buy", type: "limit", price: 96, size: 1, tif: "ioc", owner: 1 },
  { op: "add", id: 5, side: "sell", type: "limit", price: 101, size: 3, tif: "gtc", owner: 1 },
  { op: "add", id: 6, side: "buy", type: "market", size: 1, owner: 1 },
  { op: "add", id: 7, side: "sell", type: "market", size: 10, owner: 1 },
  { op: "replace", id: 3, price: 100, size: 1 },
  { op: "kill", owner: 1 },
  { op: "add", id: 8, side: "sell", type: "market", size: 1, owner: 1 },
];

async function theDay(learner: Learner): Promise<Table[]> {
  const steps = stepsOf(DAY);
  const answers = await answersOf(learner, steps);
  const brief = ({ op, ...fields }: Step["command"]): string => `${op} ${Object.values(fields).join(" ")}`;
  const rows = steps.map(({ command, answer }, at) => [brief(command), said(answer), said(answers[at])]);
  return [
    { kind: "table", title: "An owner meets its limits", columns: ["command", "the contract", "your gate"], rows },
  ];
}

function holds(mix: Mix, passed: string, cases = 12, see?: typeof theDay): Check {
  return property<Commands>({
    cases,
    passed,
    behind: () => RELAY,
    generate: (draws, index) => drawDay(draws, mix, index < 3 ? 12 : 80),
    judge,
    show: shown,
    shrink: (commands) => shrinkList(commands, undefined, 1),
    ...(see && { see }),
  });
}

/** The case is how many orders rest. The one after them breaks the position's limit; that of open orders lies a little beyond. */
const noSlower = property<number>({
  cases: 1,
  passed: `Whether one order rests or ${showNumber(MANY)}, a check took as long.`,
  behind: () => RELAY,
  generate: (draws) => MANY - draws.integer(0, 9),
  async judge(learner, orders) {
    const limits = { owner: 7, positionLimit: orders, maxOpenOrders: orders + 5 };
    const got = await learner.call("$many", orders, limits);
    const expected = [[orders + 1, "position-limit"]];
    if (JSON.stringify(got) === JSON.stringify(expected)) return undefined;
    return {
      input: `${orders + 1} buy orders of one lot by one owner, whose limits are ${show(limits)}`,
      expected: `refused: ${show(expected)}`,
      got: `refused: ${show(got)}`,
      reason: "Of so many orders, the last one is the first that breaks a limit.",
    };
  },
  show: (orders) => `${orders + 1} orders by one owner`,
});

export const checks: Checks = {
  "the size of an order": holds({ limits: ["maxOrderSize"] }, "What was too large was stopped, and nothing else."),
  "the price band": holds(
    { limits: ["priceBand"] },
    "What was too far from the last trade was stopped, and nothing else.",
  ),
  "how many orders rest": holds(
    { limits: ["maxOpenOrders"] },
    "Each owner had as many orders in the book as it may, and no more.",
  ),
  "the position at its worst": holds(
    { limits: ["positionLimit"] },
    "No position could have passed its limit, even if all that was open had been filled.",
    12,
    theDay,
  ),
  "an order that is replaced": holds(
    { limits: ["maxOrderSize", "priceBand", "positionLimit"], replaces: true },
    "Who kept its place was let through, and who came in again was checked, without counting it twice.",
    24,
  ),
  "the kill switch": holds(
    { limits: [], replaces: true, kills: true, apart: true },
    "Who was killed was stopped, its orders were named in their order, and who was lifted went on.",
    20,
  ),
  "the first reason counts": holds(
    { limits: ["maxOrderSize", "maxOpenOrders", "positionLimit", "priceBand"], kills: true },
    "Of several reasons it was always the first.",
    40,
  ),
  "no slower with more orders": noSlower,
};
