import type { CodeEditor, EditorListeners } from "./code-editor.ts";

/** The text field that the page is built with: it serves until, or where, no other editor loads. */
export function plainEditor(field: HTMLTextAreaElement, listeners: EditorListeners): CodeEditor {
  field.addEventListener("input", () => listeners.onEdit());
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    listeners.onRun();
  });
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
    focus(line) {
      field.focus();
      if (line !== undefined) selectLine(field, line);
    },
  };
}

function selectLine(field: HTMLTextAreaElement, line: number): void {
  const lines = field.value.split("\n");
  const before = Math.min(line, lines.length) - 1;
  const start = lines.slice(0, before).reduce((sum, text) => sum + text.length + 1, 0);
  field.setSelectionRange(start, start + lines[before].length);
  field.scrollTop = (field.scrollHeight / lines.length) * Math.max(0, before - 3);
}
