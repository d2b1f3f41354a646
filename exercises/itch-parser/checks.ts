import type { Check, Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { type Fault, property } from "../../lab/grade/property.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { show, showNumber } from "../../lab/grade/show.ts";
import { shrinkList } from "../../lab/grade/shrink.ts";
import { bytesOf, drawMessage, drawSkipped, type Expected, expectedOf, READ, type Sent } from "./checks/feed.ts";

interface Feed {
  messages: Sent[];
  /** Bytes of each chunk, again and again; one chunk where it is empty. */
  cuts: number[];
}

/** Chunks of the last check: who goes through all that came before with each of them takes far longer than its limit. */
const MANY_CHUNKS = 60_000;

/**
 * Each chunk is handed over in the same array, as a socket's reader does, and the array holds other bytes afterwards. `$longFeed` gives how many
 * messages came of each type, for one that is repeated.
 */
const RELAY = `
const $read = ($parser, $bytes, $cuts, $hear) => {
  const $buffer = new Uint8Array(Math.max(1, $bytes.length));
  for (let $at = 0, $turn = 0; $at < $bytes.length; $turn++) {
    const $length = $cuts.length === 0 ? $bytes.length : $cuts[$turn % $cuts.length];
    const $chunk = $bytes.subarray($at, $at + $length);
    $buffer.set($chunk, 0);
    $hear($parser.push($buffer.subarray(0, $chunk.length)));
    $buffer.fill(0xff, 0, $chunk.length);
    $at += $chunk.length;
  }
};
export const $feed = ($bytes, $cuts) => {
  const $all = [];
  $read(createParser(), $bytes, $cuts, ($messages) => $all.push(...$messages));
  return $all;
};
export const $longFeed = ($bytes, $times, $cut) => {
  const $parser = createParser();
  const $counts = {};
  const $hear = ($messages) => {
    for (const { type: $type } of $messages) $counts[$type] = ($counts[$type] ?? 0) + 1;
  };
  for (let $turn = 0; $turn < $times; $turn++) $read($parser, $bytes, [$cut], $hear);
  return $counts;
};`;

/** A message as the learner gave it, in the form of what is expected; undefined where it is none. */
function inForm(message: unknown, like: Expected): Expected | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const given = message as Record<string, unknown>;
  const isReference = (field: string): boolean => field === "ref" || field === "newRef";
  const fields = Object.keys(like).map((field) => {
    const value = given[field];
    if (isReference(field))
      return [field, typeof value === "bigint" ? value.toString() : `not a bigint: ${show(value)}`];
    return [field, value];
  });
  return Object.fromEntries(fields);
}

/** As a learner writes it. */
function written(message: Expected | undefined): string {
  if (message === undefined) return "no further message";
  return show(message, 400).replace(/(ref|newRef): "(\d+)"/gi, "$1: $2n");
}

async function judge(learner: Learner, { messages, cuts }: Feed): Promise<Fault | undefined> {
  const bytes = bytesOf(messages);
  const got = await learner.call("$feed", bytes, cuts);
  const expected = expectedOf(messages);
  const input = shown({ messages, cuts });
  if (!Array.isArray(got)) {
    return { input, expected: "arrays of messages", got: show(got), reason: "`push` must give an array of messages." };
  }
  for (let at = 0; at < Math.max(expected.length, got.length); at++) {
    const [wanted, given] = [expected[at], got[at] as unknown];
    const read = wanted === undefined ? undefined : inForm(given, wanted);
    if (wanted !== undefined && JSON.stringify(read) === JSON.stringify(wanted)) continue;
    const reason = `Message ${at + 1} that you give is another one than was sent.`;
    const shownGot = given === undefined ? "no further message" : read === undefined ? show(given, 400) : written(read);
    return { input, expected: written(wanted), got: shownGot, reason };
  }
  return undefined;
}

function shown({ messages, cuts }: Feed): string {
  const chunks = cuts.length === 0 ? "one chunk" : `chunks of ${cuts.join(", ")} bytes, again and again`;
  const lines = messages.map((message) => {
    const { filler, longer, ...fields } = message;
    const note = longer ? `, ${Math.abs(longer)} bytes ${longer > 0 ? "longer" : "shorter"} than its type is` : "";
    return filler === undefined ? `${show(fields, 300)}${note}` : `type ${fields.type}, ${filler.length + 1} bytes`;
  });
  return [`${bytesOf(messages).length} bytes in ${chunks}:`, ...lines].join("\n");
}

/** How a feed arrives on a network, told by one that is cut at every tenth byte. */
async function aFeed(learner: Learner): Promise<Picture[]> {
  const messages: Sent[] = [
    { type: "S", timeNs: 0, ref: "0", filler: Array<number>(11).fill(0) },
    { type: "A", timeNs: 34_200_000_001_000, ref: "1", side: "buy", shares: 300, stock: "ACME", price: 1_000_500 },
    {
      type: "F",
      timeNs: 34_200_000_002_000,
      ref: "9007199254740993",
      side: "sell",
      shares: 100,
      stock: "ACME",
      price: 1_001_000,
    },
    { type: "E", timeNs: 34_200_000_003_000, ref: "1", shares: 100 },
    { type: "U", timeNs: 34_200_000_004_000, ref: "1", newRef: "3", shares: 150, price: 1_000_400 },
    { type: "D", timeNs: 34_200_000_005_000, ref: "3" },
  ];
  const got = await learner.call("$feed", bytesOf(messages), [10]);
  const right = expectedOf(messages);
  const rows = right.map((wanted, at) => [
    written(wanted),
    Array.isArray(got) ? show(got[at] ?? "no further message", 200) : "",
  ]);
  return [{ kind: "table", title: "A feed in chunks of ten bytes", columns: ["sent", "read"], rows }];
}

function reads(passed: string, cases: number, draw: (draws: Draws, index: number) => Feed, see?: typeof aFeed): Check {
  return property<Feed>({
    cases,
    passed,
    behind: () => RELAY,
    generate: draw,
    judge,
    show: shown,
    *shrink({ messages, cuts }) {
      for (const fewer of shrinkList(messages, undefined, 1)) yield { messages: fewer, cuts };
      if (cuts.length > 1) for (const cut of cuts) yield { messages, cuts: [cut] };
    },
    ...(see && { see }),
  });
}

const drawRead = (draws: Draws): Sent => drawMessage(draws, draws.pick(READ), "small");
const some = (draws: Draws, draw: (draws: Draws) => Sent): Sent[] =>
  draws.list(draws.integer(2, 12), () => draw(draws));

const withoutEnd = property<{ chunk: number; messages: Sent[] }>({
  cases: 1,
  passed: `${showNumber(MANY_CHUNKS)} chunks were read, the last as quickly as the first.`,
  behind: () => RELAY,
  generate: (draws) => ({ chunk: draws.integer(7, 11), messages: draws.list(60, () => drawRead(draws)) }),
  async judge(learner, { chunk, messages }) {
    const bytes = bytesOf(messages);
    const times = Math.ceil(MANY_CHUNKS / Math.ceil(bytes.length / chunk));
    const got = (await learner.call("$longFeed", bytes, times, chunk)) as Record<string, unknown>;
    const counts: Record<string, number> = {};
    for (const { type } of expectedOf(messages)) counts[type] = (counts[type] ?? 0) + times;
    if (Object.keys(counts).every((type) => got[type] === counts[type])) return undefined;
    const input = `a feed of ${bytes.length * times} bytes in chunks of ${chunk}`;
    return {
      input,
      expected: show(counts),
      got: show(got),
      reason: "Of some kind of message there are more or fewer.",
    };
  },
  show: ({ chunk }) => `a long feed in chunks of ${chunk} bytes`,
});

export const checks: Checks = {
  "each kind of message": reads("Every field of every kind is read.", 14, (draws, index) => {
    const type = READ[index % READ.length];
    return { messages: draws.list(draws.integer(1, 3), () => drawMessage(draws, type, "small")), cuts: [] };
  }),
  "numbers as wide as they come": reads("No number lost a bit, or became negative.", 14, (draws, index) => {
    const type = READ[index % READ.length];
    return { messages: draws.list(draws.integer(1, 3), () => drawMessage(draws, type, "wide")), cuts: [] };
  }),
  "other types are passed over": reads("What isn't read was passed over, and all else read.", 12, (draws) => ({
    messages: some(draws, (own) => (own.integer(0, 1) === 0 ? drawSkipped(own) : drawRead(own))),
    cuts: [],
  })),
  "messages cut anywhere": reads(
    "However the feed was cut, the same messages came.",
    24,
    (draws, index) => ({
      messages: some(draws, (own) => (own.integer(0, 5) === 0 ? drawSkipped(own) : drawRead(own))),
      cuts:
        index < 3 ? [index + 1] : draws.list(draws.integer(1, 6), () => draws.pick([1, 2, 3, draws.integer(1, 120)])),
    }),
    aFeed,
  ),
  "what cannot be is refused": reads("What can't be ended the reading, at its byte.", 16, (draws, index) => {
    const messages = some(draws, drawRead);
    const at = draws.integer(0, messages.length - 1);
    const wrong = index % 4 === 0 ? { type: "", timeNs: 0, ref: "0", filler: [], longer: -1 } : messages[at];
    const longer = wrong.longer ?? draws.pick([-4, -1, 1, 4]);
    return { messages: messages.with(at, { ...wrong, longer }), cuts: index % 2 === 0 ? [] : [1] };
  }),
  "a feed without an end": withoutEnd,
};
