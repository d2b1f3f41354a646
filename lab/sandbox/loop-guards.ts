import type { Node, Program } from "acorn";
import { simple } from "acorn-walk";

/** The name by which the guard is called in a reader's code; the worker defines it, and nothing can redefine it. */
export const GUARD_NAME = "__hotpathLoopGuard";

/** Text put into a line of the code. */
interface Insertion {
  at: number;
  text: string;
}

/** Code in which each turn of each loop calls the guard with the loop's line. It has the lines of the code it came from. */
export class GuardedCode {
  readonly code: string;
  readonly #source: string;
  readonly #insertions: readonly Insertion[];

  constructor(source: string, insertions: readonly Insertion[]) {
    this.#source = source;
    this.#insertions = insertions.toSorted((a, b) => a.at - b.at);
    let code = "";
    let from = 0;
    for (const { at, text } of this.#insertions) {
      code += source.slice(from, at) + text;
      from = at;
    }
    this.code = code + source.slice(from);
  }

  /** Where a place of the source, from 0, stands in the guarded code. */
  offsetAfter(at: number): number {
    return this.#insertions.reduce((sum, insertion) => (insertion.at <= at ? sum + insertion.text.length : sum), at);
  }

  /** The column, before the guards came in, of a column of the guarded code; both from 1. */
  columnBefore(line: number, column: number): number {
    const lineStart = startOfLine(this.#source, line);
    const lineEnd = startOfLine(this.#source, line + 1);
    let shift = 0;
    for (const { at, text } of this.#insertions) {
      if (at < lineStart || at >= lineEnd) continue;
      if (at - lineStart + shift >= column - 1) break;
      shift += text.length;
    }
    return Math.max(1, column - shift);
  }
}

/**
 * @param program of the source, with locations
 * @param file told to the guard beside the line; left out for the file that is run
 */
export function guardLoops(source: string, program: Program, file?: string): GuardedCode {
  const insertions: Insertion[] = [];
  const named = file === undefined ? "" : `,${JSON.stringify(file)}`;
  const guard = (loop: Node, body: Node) => {
    const call = `${GUARD_NAME}(${loop.loc?.start.line}${named});`;
    if (body.type === "BlockStatement") insertions.push({ at: body.start + 1, text: call });
    else insertions.push({ at: body.start, text: `{${call}` }, { at: body.end, text: "}" });
  };
  simple(program, {
    ForStatement: (loop) => guard(loop, loop.body),
    ForInStatement: (loop) => guard(loop, loop.body),
    ForOfStatement: (loop) => guard(loop, loop.body),
    WhileStatement: (loop) => guard(loop, loop.body),
    DoWhileStatement: (loop) => guard(loop, loop.body),
  });
  return new GuardedCode(source, insertions);
}

/** Where a line begins; the length of the text where there is no such line. */
function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let current = 1; current < line; current++) {
    const end = text.indexOf("\n", start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return start;
}
