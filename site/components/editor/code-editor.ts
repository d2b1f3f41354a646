/** A place in a text, both from 1. */
export interface Problem {
  line: number;
  column?: number;
  message: string;
}

/** What the editor's language service found in the text. */
export interface Findings {
  /** Type errors: the text can run all the same. */
  typeErrors: number;
  /** Of the first one; left out where there is none. */
  firstTypeErrorLine?: number;
}

/** An editor of one text, whatever it is made of. */
export interface CodeEditor {
  /** The text, with LF line ends. */
  readonly code: string;
  /** Replaces the text; the reader can undo it as any edit. */
  replace(code: string): void;
  /** Marks a line with what is wrong in it, or nothing where it is undefined. */
  mark(problem: Problem | undefined): void;
  /** @param line puts the cursor there, from 1 */
  focus(line?: number): void;
}

/** What an editor tells the component that it stands in. */
export interface EditorListeners {
  onEdit(): void;
  /** Ctrl or ⌘ with Enter. */
  onRun(): void;
  onFindings(findings: Findings): void;
  /** The reader pressed Esc (true), so that Tab leaves the editor, or went on typing (false). */
  onLeaving(leaving: boolean): void;
}

/** Whether the reader points with a finger, where a plain text field serves better than an editor made for a keyboard. */
export function prefersPlainEditor(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
