import { Failure } from "../failure.ts";

/**
 * Cuts a command line into the program and its arguments, at spaces, with parts in single or double quotes kept whole. No
 * shell is asked, so it means the same on every system, and a backslash is one of a Windows path.
 *
 * @throws Failure where it is empty or a quote isn't closed
 */
export function splitCommandLine(line: string): [program: string, ...args: string[]] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (const character of line) {
    if (quote !== "") {
      if (character === quote) quote = "";
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= "";
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + character;
    }
  }
  if (quote !== "") throw new Failure(`--command ${line}: a ${quote} isn't closed.`, 2);
  if (word !== undefined) words.push(word);
  const [program, ...args] = words;
  if (!program) throw new Failure("--command: give a program, such as --command './my-engine'.", 2);
  return [program, ...args];
}
