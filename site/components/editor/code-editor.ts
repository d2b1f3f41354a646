import type { SourceFiles } from "../../../lab/sandbox/source-files.ts";

/** A place in one of the files, both from 1. */
export interface Problem {
  /** Where left out: the first. */
  file?: string;
  line: number;
  column?: number;
  message: string;
}

/** What the editor's language service found in the files. */
export interface Findings {
  /** Type errors: the code can run all the same. */
  typeErrors: number;
  /** The first one; left out where there is none. */
  first?: { file: string; line: number };
}

/** An editor of a reader's files, whatever it is made of. One file is in view. */
export interface CodeEditor {
  /** The files, with LF line ends, in the order that they were given in. */
  readonly files: SourceFiles;
  /** Replaces the texts that differ; the reader can undo it as any edit where the editor can. */
  replace(files: SourceFiles): void;
  /** Brings a file into view. */
  show(file: string): void;
  /** Marks a line with what is wrong in it, or nothing where it is undefined. */
  mark(problem: Problem | undefined): void;
  /** @param line puts the cursor there, in the file in view, from 1 */
  focus(line?: number): void;
  /** Lays the file in view out anew. @throws Error for the reader where it can't */
  format(): Promise<void>;
}

/** What an editor tells the component that it stands in. */
export interface EditorListeners {
  onEdit(): void;
  /** Ctrl or ⌘ with Enter. */
  onRun(): void;
  /** Shift+Alt+F. */
  onFormat(): void;
  onFindings(findings: Findings): void;
  /** The reader pressed Esc (true), so that Tab leaves the editor, or went on typing (false). */
  onLeaving(leaving: boolean): void;
}

/** Whether the reader points with a finger, where a plain text field serves better than an editor made for a keyboard. */
export function prefersPlainEditor(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}

/** The name of the file that a field of the page holds. */
export function fileOf(field: HTMLTextAreaElement): string {
  return field.dataset.file as string;
}

/** Whether a key asks for a run, or for the layout. */
export function commandOf(event: KeyboardEvent): "run" | "format" | undefined {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return "run";
  if (event.code === "KeyF" && event.shiftKey && event.altKey && !event.ctrlKey && !event.metaKey) return "format";
  return undefined;
}
