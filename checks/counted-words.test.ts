import { expect, test } from "vitest";
import type { Check } from "../lab/grade/check.ts";
import { type CountedCall, WordsPlace, type WordsRun } from "../lab/grade/counted-words.ts";
import { grade } from "../lab/grade/grade.ts";
import { openTrusted } from "./trusted-learner.ts";

/** What a learner's functions do on words of the parent's memory, and what they are counted for. */

async function inPlace<T>(code: string, names: readonly string[], act: (place: WordsPlace) => Promise<T>): Promise<T> {
  let result: T | undefined;
  const check: Check = {
    async run(_learner, context) {
      result = await act(await WordsPlace.open(context, names));
      return { share: 1, reason: "It ran." };
    },
  };
  const exercise = {
    id: "1",
    hash: "2",
    limits: { timeMs: 10_000, memoryMiB: 256 },
    checks: [{ name: "it", points: 1, credit: "cost" as const }],
  };
  const options = { exercise, checks: { it: check }, code, files: {}, open: openTrusted, seed: 5, host: "node" };
  const [{ reason }] = (await grade(options)).checks;
  if (result === undefined) throw new Error(reason);
  return result;
}

const SUM =
  "export function sum(words) { let all = 0; for (let at = 1; at <= words[0]; at++) all += words[at]; return all; }";
const APPEND =
  "export function append(words, value) { const at = words[0] + 1; words[at] = value; words[0] = at; return at; }";

const count = (code: string, words: number[], most: number, ...args: number[]): Promise<CountedCall> =>
  inPlace(code, ["f"], async (place) => {
    const [counted] = await place.count([{ name: "f", args, words: Int32Array.from(words) }], most);
    return counted;
  });
const run = (code: string, words: number[], ...args: number[]): Promise<WordsRun> =>
  inPlace(code, ["f"], (place) => place.run([Int32Array.from(words)], [{ name: "f", args }]));

test("calls in turn find the memory as the ones before them left it, and may name their answers", async () => {
  const { answers, memories } = await inPlace(`${SUM}\n${APPEND}`, ["sum", "append"], (place) =>
    place.run(
      [new Int32Array(4), new Int32Array(4)],
      [
        { name: "append", args: [7] },
        { name: "append", args: [{ of: 0 }] },
        { name: "append", args: [5], memory: 1 },
        { name: "sum", args: [] },
      ],
    ),
  );
  expect(answers).toEqual([1, 2, 1, 8]);
  expect(memories.map((words) => [...words])).toEqual([
    [2, 7, 1, 0],
    [1, 5, 0, 0],
  ]);
});

test("every load and every store of a call is counted, and its memory is kept", async () => {
  const code = APPEND.replace("append", "f");
  const { answer, accesses, words } = await count(code, [1, 7, 0], 10, 9);
  expect([answer, accesses, [...words]]).toEqual([2, 3, [2, 7, 9]]);
});

test("a call that goes on for longer than was asked for is stopped and has no answer", async () => {
  const code = SUM.replace("sum", "f");
  const ones = Array.from({ length: 50 }, (_, index) => (index === 0 ? 49 : 1));
  expect(await count(code, ones, 20)).toMatchObject({ answer: undefined, accesses: 21 });
  expect(await count(code, [3, 1, 1, 1], 20)).toMatchObject({ answer: 3, accesses: 7 });
});

test("a call that catches what stops it is stopped all the same", async () => {
  const code = "export function f(words) { for (;;) { try { words[1]; } catch { return 7; } } }";
  expect(await count(code, [0, 0], 5)).toMatchObject({ answer: undefined, accesses: 6 });
});

test("a call that loads other words each time has no answer", async () => {
  const code = "let calls = 0; export function f(words) { calls++; return words[calls % 9] + words[(calls * 5) % 9]; }";
  expect(await count(code, [1, 2, 3, 4, 5, 6, 7, 8, 9], 8)).toMatchObject({ answer: undefined });
});

test("words are read and written as an Int32Array's, without its methods", async () => {
  const code = `export function f(words) {
    words[0] = 2 ** 31; words[1] = 1.5; words[9] = 3; words[-1] = 3; words.more = 3;
    return [words.length, words[9], words[-1], words.more, typeof words.indexOf, words[0]].join();
  }`;
  const { answers, memories } = await run(code, [0, 0]);
  expect(answers).toEqual([`2,,,,undefined,${-(2 ** 31)}`]);
  expect([...memories[0]]).toEqual([-(2 ** 31), 1]);
});

test("a function that isn't there is named", async () => {
  await expect(run("export const g = 1;", [0])).rejects.toThrow(/f is not defined/);
});
