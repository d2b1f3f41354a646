import { editor, Uri } from "monaco-editor/editor/editor.api";
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/typescript/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import { typescriptDefaults } from "monaco-editor/languages/features/typescript/register";
import TypeScriptWorker from "monaco-editor/languages/features/typescript/ts.worker?worker";
import { defineThemes, themeNow } from "./editor-themes.ts";
import { strategyTypes } from "./strategy-types.ts";

/** The editor's one-time setting-up: workers from our own site, one language, the strategy's types, the site's colours. */

/** Numbers of TypeScript's own enums, which the editor's narrower ones don't name. */
const MODULE_RESOLUTION_NODE = 2;
const TARGET_ESNEXT = 99;
const MODULE_ESNEXT = 99;

self.MonacoEnvironment = {
  getWorker: (_, label) => (label === "typescript" ? new TypeScriptWorker() : new EditorWorker()),
};

typescriptDefaults.setCompilerOptions({
  target: TARGET_ESNEXT,
  module: MODULE_ESNEXT,
  moduleResolution: MODULE_RESOLUTION_NODE,
  lib: ["es2023"],
  strict: true,
  noEmit: true,
  allowNonTsExtensions: true,
  allowImportingTsExtensions: true,
});
typescriptDefaults.setExtraLibs(
  Object.entries(strategyTypes).map(([path, content]) => ({ content, filePath: `file://${path}` })),
);
// A file's type errors depend on the others, also on those that were never in view.
typescriptDefaults.setEagerModelSync(true);
defineThemes();
new MutationObserver(() => editor.setTheme(themeNow())).observe(document.documentElement, {
  attributeFilter: ["data-theme"],
});

/** What every editor of the site looks like. */
export const LOOK = {
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
  bracketPairColorization: { enabled: false },
} satisfies editor.IEditorOptions & { tabSize: number; bracketPairColorization: object };

/** For a model, since models don't take it from their editor. */
export const ONE_BRACKET_COLOUR: editor.ITextModelUpdateOptions = {
  bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
};

export { editor, themeNow, Uri };
