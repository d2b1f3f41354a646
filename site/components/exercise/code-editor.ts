/** What an exercise asks of the editor that it stands in. */
export interface CodeEditor {
  readonly code: string;
  /** Replaces the text; the reader can undo it as any edit. */
  replace(code: string): void;
  /** Marks a line (from 1) with what is wrong in it, or nothing where it is undefined. */
  mark(problem: { line: number; message: string } | undefined): void;
  focus(): void;
}

/** The plain text field that the page is built with: it serves until, or where, no other editor loads. */
export function plainEditor(field: HTMLTextAreaElement, onEdit: () => void): CodeEditor {
  field.addEventListener("input", onEdit);
  return {
    get code() {
      return field.value.replaceAll("\r\n", "\n");
    },
    replace(code) {
      field.value = code;
    },
    mark(problem) {
      if (problem === undefined) field.removeAttribute("aria-invalid");
      else field.setAttribute("aria-invalid", "true");
    },
    focus: () => field.focus(),
  };
}
