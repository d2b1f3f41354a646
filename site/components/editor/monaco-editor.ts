import type { CodeEditor, EditorListeners, Findings, Problem } from "./code-editor.ts";
import { editor, themeNow, Uri } from "./monaco.ts";

/** TypeScript numbers its syntax errors from 1000 to 1999. */
const SYNTAX_ERROR = /^1\d{3}$/;
/** Of `MarkerSeverity`. */
const ERROR = 8;

let made = 0;

/**
 * Puts the editor in the field's place. Its text is the field's.
 *
 * @param field stays in the page, hidden
 * @param box where the editor stands; its size rules
 */
export function monacoEditor(field: HTMLTextAreaElement, box: HTMLElement, listeners: EditorListeners): CodeEditor {
  const model = editor.createModel(field.value, "typescript", Uri.parse(`file:///reader-${++made}.ts`));
  const view = editor.create(box, {
    model,
    theme: themeNow(),
    ariaLabel: field.getAttribute("aria-label") ?? "Code",
    automaticLayout: true,
    fontFamily: '"Geist Mono Variable", ui-monospace, monospace',
    fontSize: 13.5,
    lineHeight: 22,
    tabSize: 2,
    minimap: { enabled: false },
    stickyScroll: { enabled: false },
    scrollBeyondLastLine: false,
    overviewRulerLanes: 0,
    lineNumbersMinChars: 3,
    folding: false,
    padding: { top: 14, bottom: 14 },
    scrollbar: { alwaysConsumeMouseWheel: false, useShadows: false, verticalScrollbarSize: 10 },
    fixedOverflowWidgets: true,
    renderLineHighlight: "line",
    renderFinalNewline: "on",
    bracketPairColorization: { enabled: false },
    quickSuggestions: { other: true, comments: false, strings: false },
  });
  field.hidden = true;
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
  model.onDidChangeContent(() => {
    // So that what falls back on the field, or reads it, finds what the reader wrote.
    field.value = model.getValue(editor.EndOfLinePreference.LF);
    listeners.onEdit();
  });
  tellFindings(model, listeners);
  handleKeys(box, listeners);
  const marks = view.createDecorationsCollection();

  return {
    get code() {
      return model.getValue(editor.EndOfLinePreference.LF);
    },
    replace(code) {
      view.pushUndoStop();
      view.executeEdits("lab", [{ range: model.getFullModelRange(), text: code }]);
      view.pushUndoStop();
      view.setScrollTop(0);
    },
    mark(problem) {
      marks.set(problem === undefined ? [] : [decoration(problem)]);
      if (problem !== undefined) view.revealLineInCenterIfOutsideViewport(problem.line);
    },
    focus(line) {
      view.focus();
      if (line === undefined) return;
      view.setPosition({ lineNumber: line, column: Math.max(1, model.getLineFirstNonWhitespaceColumn(line)) });
      view.revealLineInCenterIfOutsideViewport(line);
    },
  };
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

function tellFindings(model: editor.ITextModel, listeners: EditorListeners): void {
  editor.onDidChangeMarkers((changed) => {
    if (!changed.some((resource) => resource.toString() === model.uri.toString())) return;
    const errors = editor.getModelMarkers({ resource: model.uri }).filter(({ severity }) => severity === ERROR);
    const lines = errors
      .filter(({ code }) => !SYNTAX_ERROR.test(typeof code === "object" ? code.value : (code ?? "")))
      .map(({ startLineNumber }) => startLineNumber);
    const findings: Findings = { typeErrors: lines.length };
    if (lines.length > 0) findings.firstTypeErrorLine = Math.min(...lines);
    listeners.onFindings(findings);
  });
}

/** Before the editor sees them: Ctrl or ⌘ with Enter runs, and Tab after Esc goes where Tab goes in a page. */
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
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        listeners.onRun();
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
