import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { agreesWithReference, conformance } from "../lab/grade/book.ts";
import type { Check } from "../lab/grade/check.ts";
import { grade } from "../lab/grade/grade.ts";
import type { CheckResult } from "../lab/grade/verdict.ts";
import { root } from "./tree.ts";
import { openTrusted } from "./trusted-learner.ts";

/** What a book's checks show, and which cases a suite takes, on the book that `pass-core` asks for and on one that forgets all. */

const SHOWN = [
  { op: "add", id: 1, side: "sell", price: 96, size: 5 },
  { op: "add", id: 2, side: "buy", price: 96, size: 2 },
];
const FORGETS = `export const createBook = () => ({
  addOrder: ({ id }) => [{ event: "accepted", id }],
  cancelOrder: () => [], replaceOrder: () => [], getBook: () => ({ event: "book", bids: [], asks: [] }),
});`;
const passCore = () => readFile(join(root, "exercises", "pass-core", "solution.ts"), "utf8");

async function judge(check: Check, code: string): Promise<CheckResult> {
  const exercise = {
    id: "1",
    hash: "2",
    limits: { timeMs: 10_000, memoryMiB: 256 },
    checks: [{ name: "it", points: 4, credit: "correctness" as const }],
  };
  const verdict = await grade({
    exercise,
    checks: { it: check },
    code,
    files: {},
    open: openTrusted,
    seed: 5,
    host: "node",
  });
  return verdict.checks[0];
}

test("a flow's check shows the answers to the commands that it was given, where all is right", async () => {
  const check = agreesWithReference({ level: "core", flows: 1, commands: 50, shown: SHOWN, passed: "Right." });
  const { points, see } = await judge(check, await passCore());
  expect(points).toBe(4);
  const trade = "executed taker 2 maker 1 price 96 size 2";
  expect(see).toMatchObject([
    {
      rows: [
        expect.anything(),
        ["add id 2 side buy price 96 size 2", `accepted id 2; ${trade}`, `accepted id 2; ${trade}`],
      ],
    },
  ]);
});

test("a flow's check shows both books' answers to the commands that fail", async () => {
  const flow = { generate: () => [SHOWN[0], { op: "book" }], shown: [], passed: "Right." };
  const { points, see } = await judge(agreesWithReference({ level: "core", flows: 1, ...flow }), FORGETS);
  expect(points).toBe(0);
  expect(see).toMatchObject([
    {
      columns: ["command", "the contract", "your book"],
      rows: [
        ["add id 1 side sell price 96 size 5", "accepted id 1", "accepted id 1"],
        ["book", "book bids [] asks [[96,5,1]]", "book bids [] asks []"],
      ],
    },
  ]);
});

test("a flow's check that was given no commands shows no answers", async () => {
  const check = agreesWithReference({ level: "core", flows: 1, commands: 50, passed: "Right." });
  expect((await judge(check, await passCore())).see ?? []).toEqual([]);
});

test("the cases of core can be asked of a book at full, which is asked for nothing that core alone answers", async () => {
  const subjects = ["Add: immediate-or-cancel", "Beyond an engine's level: what core answers"];
  const all = await judge(conformance({ level: "full", subjects, passed: "Right." }), FORGETS);
  const ofCore = await judge(conformance({ level: "full", casesOf: "core", subjects, passed: "Right." }), FORGETS);
  expect(all.see).toMatchObject([{ rows: [["Add: immediate-or-cancel", 0, 9]] }]);
  expect(ofCore.see).toMatchObject([{ rows: [["Add: immediate-or-cancel", 0, 1]] }]);
});

test("a flow of core can be asked of a book at full: nothing in it, small or whole, asks for more than core", async () => {
  const fullAlone = { op: "add", id: 7, side: "sell", price: 96, size: 5, tif: "ioc" };
  const flow = { flows: 1, generate: () => [SHOWN[0], fullAlone, { op: "book" }], passed: "Right." };
  const asked = (claim: object) => judge(agreesWithReference({ level: "full", ...flow, ...claim }), FORGETS);
  expect((await asked({})).failing?.data).toEqual([fullAlone]);
  expect((await asked({ commandsOf: "core" })).failing?.data).toEqual([SHOWN[0], { op: "book" }]);
});
