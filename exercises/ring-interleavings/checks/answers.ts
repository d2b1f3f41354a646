import { show } from "../../../lab/grade/show.ts";

/** What is wrong with what a call gave. */
export interface WrongAnswer {
  reason: string;
  expected: string;
  got: string;
}

/** What was pushed, and whether nothing more will come: then each word that was taken must come out. */
export interface Pushed {
  values: readonly number[];
  taken: number;
  isAll: boolean;
}

/** Whether `push` gave one of its two answers. */
export function judgePush(answer: unknown): WrongAnswer | undefined {
  if (typeof answer === "boolean") return undefined;
  return { reason: "`push` gives `true` or `false`.", expected: "true or false", got: show(answer) };
}

/** @param before what the pops before gave */
export function judgePop(answer: unknown, before: readonly unknown[], pushed: Pushed): WrongAnswer | undefined {
  const { values, taken, isAll } = pushed;
  const popped = before.filter((each) => typeof each === "number").length;
  const wrong = (reason: string, expected: string): WrongAnswer => ({
    reason,
    expected,
    got: typeof answer === "string" ? answer : show(answer),
  });
  if (answer === "undefined") {
    if (!isAll || popped >= taken) return undefined;
    return wrong("A word is lost: `push` took it, and `pop` finds nothing.", show(values[popped]));
  }
  if (typeof answer !== "number")
    return wrong("`pop` gives a word, or `undefined` where there is none.", "a word or undefined");
  const next = isAll ? taken : values.length;
  const expected = popped < next ? show(values[popped]) : "undefined";
  if (popped < next && answer === values[popped]) return undefined;
  const at = values.indexOf(answer);
  if (at === -1) return wrong("`pop` gave a word that nobody pushed: what was in the slot before.", expected);
  if (at < popped) return wrong("`pop` gave a word a second time.", expected);
  return wrong("`pop` left out a word: its slot was written over before it was read.", expected);
}
