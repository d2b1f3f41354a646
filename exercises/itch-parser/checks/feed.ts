import type { Draws } from "../../../lab/grade/draws.ts";

/** A message as a case has it: plain JSON, so references are decimal text. */
export interface Sent {
  /** Its letter. */
  type: string;
  timeNs: number;
  ref: string;
  side?: "buy" | "sell";
  shares?: number;
  stock?: string;
  price?: number;
  newRef?: string;
  /** Bytes that it is longer than its fields, or shorter. */
  longer?: number;
  /** Of a type that isn't read: all of its bytes behind the letter. */
  filler?: number[];
}

/** A message that a right parser gives; a reference is decimal text. */
export type Expected = Record<string, string | number>;

export const READ = ["A", "F", "E", "C", "X", "D", "U"] as const;
const SKIPPED = ["S", "R", "H", "Y", "L", "V", "W", "K", "J", "h", "P", "Q", "B", "I", "N", "O"];
const STOCKS = ["A", "ACME", "HOTPATH", "TICKLOTS"];
const SHORT_REF = 100_000;

/** How large the numbers are: as on a quiet day, or as wide as their fields. */
export type Width = "small" | "wide";

export function drawMessage(draws: Draws, type: string, width: Width): Sent {
  const ref = (): string => (width === "small" ? draws.integer(1, SHORT_REF).toString() : wideRef(draws));
  const number = (): number => (width === "small" ? draws.integer(1, 5_000) : draws.integer(1, 2 ** 32 - 1));
  const timeNs = width === "small" ? draws.integer(1, 60_000) : draws.integer(2 ** 40, 86_399_999_999_999);
  const message: Sent = { type, timeNs, ref: ref() };
  if (!READ.includes(type as "A"))
    return { ...message, filler: draws.list(draws.integer(0, 60), () => draws.integer(0, 255)) };
  if (type === "D") return message;
  const shares = number();
  if (type === "U") return { ...message, newRef: ref(), shares, price: number() };
  if (type !== "A" && type !== "F") return { ...message, shares };
  return { ...message, side: draws.pick(["buy", "sell"]), shares, stock: draws.pick(STOCKS), price: number() };
}

/** Some are next to 2^53, beyond which a double loses the last bit. */
function wideRef(draws: Draws): string {
  const high = BigInt(draws.pick([0, draws.integer(0, 2 ** 21), draws.integer(2 ** 21, 2 ** 32 - 1)]));
  return ((high << 32n) + BigInt(draws.integer(1, 2 ** 32 - 1))).toString();
}

export function drawSkipped(draws: Draws): Sent {
  return drawMessage(draws, draws.pick(SKIPPED), "small");
}

/** The bytes of messages, each behind its length, as ITCH 5.0 lays them out. */
export function bytesOf(messages: readonly Sent[]): Uint8Array {
  return Uint8Array.from(
    messages.flatMap((message) => {
      const bytes = fieldsOf(message);
      const longer = message.longer ?? 0;
      const body = longer < 0 ? bytes.slice(0, longer) : [...bytes, ...Array<number>(longer).fill(0x20)];
      return [...number(body.length, 2), ...body];
    }),
  );
}

function fieldsOf(message: Sent): number[] {
  const { type, filler, shares = 0, price = 0, stock = "" } = message;
  if (filler !== undefined) return [type.charCodeAt(0), ...filler];
  const head = [
    type.charCodeAt(0),
    ...number(7, 2),
    ...number(0, 2),
    ...number(message.timeNs, 6),
    ...wide(message.ref),
  ];
  switch (type) {
    case "A":
    case "F": {
      const side = message.side === "buy" ? "B" : "S";
      const add = [...head, ...ascii(side), ...number(shares, 4), ...ascii(stock.padEnd(8)), ...number(price, 4)];
      return type === "A" ? add : [...add, ...ascii("MMKR")];
    }
    case "E":
      return [...head, ...number(shares, 4), ...number(4711, 8)];
    case "C":
      return [...head, ...number(shares, 4), ...number(4711, 8), ...ascii("Y"), ...number(9_999, 4)];
    case "X":
      return [...head, ...number(shares, 4)];
    case "U":
      return [...head, ...wide(message.newRef ?? "0"), ...number(shares, 4), ...number(price, 4)];
    default:
      return head;
  }
}

/** The highest byte first. */
function number(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256);
}

function wide(value: string): number[] {
  return Array.from({ length: 8 }, (_, at) => Number((BigInt(value) >> BigInt(8 * (7 - at))) & 0xffn));
}

function ascii(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

/** What must come out, up to the first message that can't be. */
export function expectedOf(messages: readonly Sent[]): Expected[] {
  const expected: Expected[] = [];
  let at = 0;
  for (const message of messages) {
    if ((message.longer ?? 0) !== 0) return [...expected, { type: "malformed", at }];
    const read = readOf(message);
    if (read !== undefined) expected.push(read);
    at += 2 + fieldsOf(message).length;
  }
  return expected;
}

function readOf({
  type,
  timeNs,
  ref,
  side = "buy",
  shares = 0,
  stock = "",
  price = 0,
  newRef = "",
}: Sent): Expected | undefined {
  switch (type) {
    case "A":
    case "F":
      return { type: "add", timeNs, ref, side, shares, stock, price };
    case "E":
    case "C":
      return { type: "executed", timeNs, ref, shares };
    case "X":
      return { type: "reduced", timeNs, ref, shares };
    case "D":
      return { type: "deleted", timeNs, ref };
    case "U":
      return { type: "replaced", timeNs, ref, newRef, shares, price };
    default:
      return undefined;
  }
}
