import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import { encodeCommand, type UncheckedCommand } from "../../engines/contract/encode.ts";
import type { Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import { referenceEvents } from "../../lab/grade/reference.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { show, showCall } from "../../lab/grade/show.ts";
import { shrinkList } from "../../lab/grade/shrink.ts";

const MOST = 2 ** 31 - 1;
const MOST_PRICE = 2 ** 24 - 1;

const drawId = (draws: Draws): number => draws.pick([draws.integer(1, 99), draws.integer(1, MOST)]);
const drawPrice = (draws: Draws): number => draws.pick([draws.integer(1, 999), draws.integer(1, MOST_PRICE)]);
const drawSize = drawId;

function limitOrder(draws: Draws): UncheckedCommand {
  const side = draws.pick(["buy", "sell"]);
  const order = { op: "add", id: drawId(draws), side, price: drawPrice(draws), size: drawSize(draws) };
  return draws.integer(0, 1) === 0 ? order : { ...order, owner: draws.pick([0, draws.integer(1, MOST)]) };
}

/** An add with options that may stand beside each other. */
function withOptions(draws: Draws): UncheckedCommand {
  const { price, ...order } = limitOrder(draws);
  const stp = draws.pick([{}, { stp: draws.pick(["none", "cancel-resting", "cancel-incoming", "cancel-both"]) }]);
  if (draws.integer(0, 2) === 0) return { ...order, type: "market", ...draws.pick([{}, { tif: "ioc" }]), ...stp };
  const type = draws.pick([{}, { type: "limit" }]);
  const tif = draws.pick([{}, { tif: draws.pick(["gtc", "ioc", "fok"]) }]);
  const mayRest = !("tif" in tif) || tif.tif === "gtc";
  const postOnly = draws.pick([{}, { postOnly: mayRest && draws.integer(0, 1) === 0 }]);
  return { ...order, ...type, price, ...tif, ...postOnly, ...stp };
}

function withoutCodes(draws: Draws, index: number): UncheckedCommand {
  const op = index < 3 ? ["cancel", "replace", "book"][index] : draws.pick(["cancel", "replace", "book"]);
  if (op === "cancel") return { op, id: drawId(draws) };
  if (op === "replace") return { op, id: drawId(draws), price: drawPrice(draws), size: drawSize(draws) };
  return draws.pick([{ op }, { op, depth: drawSize(draws) }]);
}

const NUMBERS = ["id", "price", "size", "owner", "depth"];
const WORDS_OF_TEXT = { side: "BUY", type: "stop", tif: "day", postOnly: "false", stp: "cancel" };

/** What is easily taken for left out. */
const TRAPS: readonly UncheckedCommand[] = [
  { op: "add", id: 1, side: "buy", type: "market", size: 5, price: 0 },
  { op: "add", id: 1, side: "buy", price: 100, size: 5, owner: null },
  { op: "book", depth: null },
];

/** A command in which one value is invalid: a number that a word can't carry or the engine doesn't take, or an unknown word. */
function withOneWrong(draws: Draws): UncheckedCommand {
  const command = draws.pick([
    () => limitOrder(draws),
    () => ({ ...limitOrder(draws), owner: 7 }),
    () => withOptions(draws),
    () => withoutCodes(draws, 3),
  ])();
  const isBook = command.op === "book";
  const fields = isBook ? ["depth"] : Object.keys(command).filter((field) => field !== "op");
  const field = draws.pick(fields);
  const fits = draws.integer(1, 99);
  const number = [fits + 0.5, `${fits}`, true, null, 2 ** 32 + fits, -fits, -(2 ** 32) + fits, 0, 1e300, [fits]];
  const word = [WORDS_OF_TEXT[field as keyof typeof WORDS_OF_TEXT], null, 1, ""];
  const wrong = { ...command, [field]: draws.pick(NUMBERS.includes(field) ? number : word) };
  // A market order has no price: one that is there is wrong, whatever it is.
  return command.type === "market" && draws.integer(0, 3) === 0
    ? { ...command, price: draws.pick([0, fits, null]) }
    : wrong;
}

/** The learner's words, or what is wrong with them as a whole. */
function readWords(got: unknown, commands: readonly UncheckedCommand[]): Int32Array | string {
  if (!(got instanceof Int32Array)) return "`encode` must give an `Int32Array`.";
  const words = commands.length * COMMAND_WORDS;
  if (got.length === words) return got;
  const these = commands.length === 1 ? "One command is" : `${commands.length} commands are`;
  return `${these} ${words} words, ${COMMAND_WORDS} each; yours has ${got.length}.`;
}

/** The command that a record says, with everything that it means said outright. */
function meaning(words: Int32Array, at: number): Record<string, unknown> {
  const command = decodeCommand(words, at);
  if (command === null) return { op: "unknown" };
  if (command.op !== "add" || command.tif !== undefined) return command;
  return { ...command, tif: command.type === "market" ? "ioc" : "gtc" };
}

function rightWords(commands: readonly UncheckedCommand[]): Int32Array {
  const words = new Int32Array(commands.length * COMMAND_WORDS);
  for (const [index, command] of commands.entries()) encodeCommand(command, words, index * COMMAND_WORDS);
  return words;
}

function shownWords(words: Int32Array, index = 0): string {
  const [codes, ...rest] = words.subarray(index * COMMAND_WORDS, (index + 1) * COMMAND_WORDS);
  return [hexadecimal(codes), ...rest].join(" ");
}

function hexadecimal(codes: number): string {
  return `0x${(codes >>> 0).toString(16).padStart(8, "0")}`;
}

async function judgeWords(learner: Learner, commands: UncheckedCommand[]): Promise<Fault | undefined> {
  const got = await learner.call("encode", commands);
  const [input, right] = [showCall("encode", commands), rightWords(commands)];
  const words = readWords(got, commands);
  if (typeof words === "string") return { input, expected: show(right), got: show(got), reason: words };
  for (const [index] of commands.entries()) {
    const [wanted, said] = [meaning(right, index * COMMAND_WORDS), meaning(words, index * COMMAND_WORDS)];
    const field = Object.keys(wanted).find((key) => said[key] !== wanted[key]);
    if (field === undefined) continue;
    const reason = `Record ${index} says that ${field} is ${show(said[field])}; it must say ${show(wanted[field])}.`;
    return { input, expected: shownWords(right, index), got: shownWords(words, index), reason };
  }
  return undefined;
}

/** What the engine answers to the record must be what it answers to the text. */
async function judgeAnswer(learner: Learner, [command]: UncheckedCommand[]): Promise<Fault | undefined> {
  const got = await learner.call("encode", [command]);
  const [input, right] = [showCall("encode", [command]), rightWords([command])];
  const words = readWords(got, [command]);
  if (typeof words === "string") return { input, expected: show(right), got: show(got), reason: words };
  const answer = (asked: object): string => show(referenceEvents("full", [asked])[0][0]);
  const [wanted, given] = [answer(command), answer(decodeCommand(words, 0) ?? {})];
  if (wanted === given) return undefined;
  const reason = `To the text the engine answers ${wanted}; to your record ${given}.`;
  return { input, expected: shownWords(right), got: shownWords(words), reason };
}

interface Drawn {
  passed: string;
  draw(draws: Draws, index: number): UncheckedCommand;
  see?: typeof aBatch;
}

const encodes = ({ passed, draw, see }: Drawn) =>
  property<UncheckedCommand[]>({
    cases: 25,
    passed,
    generate: (draws) => Array.from({ length: draws.integer(2, 10) }, (_, index) => draw(draws, index)),
    judge: judgeWords,
    show: (commands) => showCall("encode", commands),
    shrink: (commands) => shrinkList(commands, undefined, 1),
    ...(see && { see }),
  });

/** A few commands, and the words that the learner makes of them. */
async function aBatch(learner: Learner): Promise<Picture[]> {
  const commands: UncheckedCommand[] = [
    { op: "add", id: 1, side: "sell", price: 101, size: 10 },
    { op: "add", id: 2, side: "buy", price: 101, size: 4, tif: "ioc" },
    { op: "add", id: 3, side: "buy", price: 99, size: 5, postOnly: true, owner: 7, stp: "cancel-both" },
    { op: "add", id: 4, side: "sell", type: "market", size: 2 },
    { op: "replace", id: 3, price: 100, size: 5 },
    { op: "cancel", id: 1 },
    { op: "book", depth: 5 },
  ];
  const got = await learner.call("encode", commands);
  if (!(got instanceof Int32Array)) return [];
  const rows = commands.map((command, index) => {
    const [codes = 0, ...rest] = got.subarray(index * COMMAND_WORDS, (index + 1) * COMMAND_WORDS);
    return [
      `${command.op} ${command.id ?? ""}`.trim(),
      hexadecimal(codes),
      ...[0, 1, 2, 3, 4].map((at) => rest[at] ?? ""),
    ];
  });
  const columns = ["command", "codes", "word 1", "word 2", "word 3", "word 4", "word 5"];
  return [{ kind: "table", title: "A batch as you write it", columns, rows }];
}

export const checks: Checks = {
  "limit orders": encodes({ passed: "Every order has its words.", draw: limitOrder }),
  "every option has its bits": encodes({
    passed: "Every option stands at its bits, said or left out.",
    draw: withOptions,
    see: aBatch,
  }),
  "cancel and replace and book": encodes({ passed: "These three have their words.", draw: withoutCodes }),
  "nothing is bent into another number": property<UncheckedCommand[]>({
    cases: 150,
    passed: "What a word can't carry was rejected, with its own reason.",
    generate: (draws, index) => [TRAPS[index] ?? withOneWrong(draws)],
    judge: judgeAnswer,
    show: (commands) => showCall("encode", commands),
  }),
};
