import { type CodeEditor, commandOf, type EditorListeners, fileOf } from "./code-editor.ts";

/**
 * The text fields that the page is built with: they serve until, or where, no other editor loads.
 *
 * @param fields one for each file; all but the one in view are hidden
 */
export function plainEditor(fields: readonly HTMLTextAreaElement[], listeners: EditorListeners): CodeEditor {
  let shown = fields[0];
  for (const field of fields) {
    field.addEventListener("input", () => listeners.onEdit());
    field.addEventListener("keydown", (event) => {
      const command = commandOf(event);
      if (command === undefined) return;
      event.preventDefault();
      if (command === "run") listeners.onRun();
      else listeners.onFormat();
    });
  }
  const textOf = (field: HTMLTextAreaElement): string => field.value.replaceAll("\r\n", "\n");
  return {
    get files() {
      return Object.fromEntries(fields.map((field) => [fileOf(field), textOf(field)]));
    },
    replace(files) {
      let changed = false;
      for (const field of fields) {
        const text = files[fileOf(field)];
        if (text === undefined || text === textOf(field)) continue;
        field.value = text;
        changed = true;
      }
      if (changed) listeners.onEdit();
    },
    show(file) {
      shown = fields.find((field) => fileOf(field) === file) ?? shown;
      for (const field of fields) field.hidden = field !== shown;
    },
    mark(problem) {
      for (const field of fields) field.removeAttribute("aria-invalid");
      const field = fields.find((each) => fileOf(each) === problem?.file) ?? fields[0];
      if (problem !== undefined) field.setAttribute("aria-invalid", "true");
    },
    focus(line) {
      shown.focus();
      if (line !== undefined) selectLine(shown, line);
    },
    async format() {
      const { formatted } = await import("./format.ts");
      const [before, field] = [textOf(shown), shown];
      const after = await formatted(before);
      if (after === before || textOf(field) !== before) return;
      field.value = after;
      listeners.onEdit();
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
