import {
  type CodeEditor,
  commandOf,
  type EditorListeners,
  type Findings,
  fileOf,
  type Problem,
} from "./code-editor.ts";
import { editor, LOOK, ONE_BRACKET_COLOUR, themeNow, Uri } from "./monaco.ts";

/** TypeScript numbers its syntax errors from 1000 to 1999. */
const SYNTAX_ERROR = /^1\d{3}$/;
/** Of `MarkerSeverity`. */
const ERROR = 8;

let made = 0;

/**
 * Puts the editor in the fields' place. Its texts are theirs.
 *
 * @param fields one for each file; they stay in the page, hidden
 * @param box where the editor stands; its size rules
 */
export function monacoEditor(
  fields: readonly HTMLTextAreaElement[],
  box: HTMLElement,
  listeners: EditorListeners,
): CodeEditor {
  // A folder of their own, so that they find each other as "./name.ts", and no other editor's.
  const folder = `file:///reader-${++made}`;
  const models = new Map(fields.map((field) => [fileOf(field), modelOf(field, folder, listeners)]));
  const shownAtFirst = fields.find((field) => !field.hidden) ?? fields[0];
  let shown = fileOf(shownAtFirst);
  const view = editor.create(box, {
    ...LOOK,
    model: models.get(shown) as editor.ITextModel,
    theme: themeNow(),
    ariaLabel: shownAtFirst.getAttribute("aria-label") ?? "Code",
    renderLineHighlight: "line",
    renderFinalNewline: "on",
    quickSuggestions: { other: true, comments: false, strings: false },
  });
  for (const field of fields) field.hidden = true;
  tellFindings(models, listeners);
  handleKeys(box, listeners);
  const states = new Map<string, editor.ICodeEditorViewState | null>();
  const marks = new Map([...models.keys()].map((file) => [file, [] as string[]]));

  const show = (file: string): void => {
    const model = models.get(file);
    if (model === undefined || file === shown) return;
    states.set(shown, view.saveViewState());
    shown = file;
    view.setModel(model);
    view.restoreViewState(states.get(file) ?? null);
    view.updateOptions({ ariaLabel: fields.find((field) => fileOf(field) === file)?.ariaLabel ?? file });
  };
  const replaceText = (file: string, text: string): void => {
    const model = models.get(file);
    if (model === undefined || model.getValue(LF) === text) return;
    const edits = [{ range: model.getFullModelRange(), text }];
    model.pushStackElement();
    if (file === shown) view.executeEdits("workbook", edits);
    else model.pushEditOperations([], edits, () => null);
    model.pushStackElement();
    if (file === shown) view.setScrollTop(0);
  };

  return {
    get files() {
      return Object.fromEntries([...models].map(([file, model]) => [file, model.getValue(LF)]));
    },
    replace(files) {
      for (const [file, text] of Object.entries(files)) replaceText(file, text);
    },
    show,
    mark(problem) {
      const [first] = models.keys();
      for (const [file, model] of models) {
        const here = problem !== undefined && (problem.file ?? first) === file;
        marks.set(file, model.deltaDecorations(marks.get(file) ?? [], here ? [decoration(problem)] : []));
      }
      if (problem !== undefined && (problem.file ?? first) === shown)
        view.revealLineInCenterIfOutsideViewport(problem.line);
    },
    focus(line) {
      view.focus();
      if (line === undefined) return;
      const model = models.get(shown) as editor.ITextModel;
      const lineNumber = Math.min(line, model.getLineCount());
      view.setPosition({ lineNumber, column: Math.max(1, model.getLineFirstNonWhitespaceColumn(lineNumber)) });
      view.revealLineInCenterIfOutsideViewport(lineNumber);
    },
    async format() {
      await view.getAction("editor.action.formatDocument")?.run();
    },
  };
}

const LF = editor.EndOfLinePreference.LF;

function modelOf(field: HTMLTextAreaElement, folder: string, listeners: EditorListeners): editor.ITextModel {
  const model = editor.createModel(field.value, "typescript", Uri.parse(`${folder}/${fileOf(field)}`));
  model.updateOptions({ tabSize: 2, insertSpaces: true, ...ONE_BRACKET_COLOUR });
  model.onDidChangeContent(() => {
    // So that what falls back on the field, or reads it, finds what the reader wrote.
    field.value = model.getValue(LF);
    listeners.onEdit();
  });
  return model;
}

function decoration({ line, message }: Problem): editor.IModelDeltaDecoration {
  return {
    range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
    options: {
      isWholeLine: true,
      className: "failed-line",
      linesDecorationsClassName: "failed-line-edge",
      hoverMessage: { value: message.replaceAll("`", "'") },
      after: { content: `   ${message.split("\n")[0].slice(0, 120)}`, inlineClassName: "failed-line-message" },
      showIfCollapsed: true,
    },
  };
}

function tellFindings(models: ReadonlyMap<string, editor.ITextModel>, listeners: EditorListeners): void {
  const own = new Set([...models.values()].map(({ uri }) => uri.toString()));
  editor.onDidChangeMarkers((changed) => {
    if (!changed.some((resource) => own.has(resource.toString()))) return;
    const findings: Findings = { typeErrors: 0 };
    for (const [file, { uri }] of models) {
      const lines = typeErrorLines(uri);
      findings.typeErrors += lines.length;
      if (lines.length > 0) findings.first ??= { file, line: Math.min(...lines) };
    }
    listeners.onFindings(findings);
  });
}

function typeErrorLines(resource: Uri): number[] {
  return editor
    .getModelMarkers({ resource })
    .filter(({ severity }) => severity === ERROR)
    .filter(({ code }) => !SYNTAX_ERROR.test(typeof code === "object" ? code.value : (code ?? "")))
    .map(({ startLineNumber }) => startLineNumber);
}

/** Before the editor sees them: the page's own commands, and Tab after Esc goes where Tab goes in a page. */
function handleKeys(box: HTMLElement, listeners: EditorListeners): void {
  let leaving = false;
  const setLeaving = (now: boolean): void => {
    if (leaving === now) return;
    leaving = now;
    listeners.onLeaving(now);
  };
  box.addEventListener(
    "keydown",
    (event) => {
      const command = commandOf(event);
      if (command !== undefined) {
        event.preventDefault();
        event.stopImmediatePropagation();
        if (command === "run") listeners.onRun();
        else listeners.onFormat();
      } else if (event.key === "Tab" && leaving) {
        event.stopImmediatePropagation();
      } else if (event.key !== "Shift") {
        setLeaving(event.key === "Escape");
      }
    },
    { capture: true },
  );
  box.addEventListener("focusout", () => setLeaving(false));
}
