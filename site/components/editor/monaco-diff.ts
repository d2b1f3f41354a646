import { editor, languages } from "monaco-editor/editor/editor.api";
import { conf, language } from "monaco-editor/languages/definitions/typescript/typescript";
import { LOOK, ONE_BRACKET_COLOUR, themeNow } from "./monaco.ts";

/** TypeScript's colours without its service: what is only shown must not meet the reader's own code in it. */
const SHOWN = "typescript-shown";

let registered = false;

function register(): void {
  if (registered) return;
  registered = true;
  languages.register({ id: SHOWN });
  languages.setMonarchTokensProvider(SHOWN, language);
  languages.setLanguageConfiguration(SHOWN, conf);
}

/** Two texts side by side, or one under the other where the box is narrow; neither can be changed in it. */
export interface SideBySide {
  update(before: string, after: string): void;
  close(): void;
}

/** Narrower than this, CSS px, the two stand in one column. */
const INLINE_BELOW = 640;
/** CSS px. */
const LEAST_HEIGHT = 140;
const MOST_HEIGHT = 560;

/** @param labels what the two texts are, for a screen reader */
export function sideBySide(
  box: HTMLElement,
  before: string,
  after: string,
  labels: { before: string; after: string },
): SideBySide {
  register();
  const models = { original: editor.createModel(before, SHOWN), modified: editor.createModel(after, SHOWN) };
  for (const model of Object.values(models)) model.updateOptions(ONE_BRACKET_COLOUR);
  const view = editor.createDiffEditor(box, {
    ...LOOK,
    theme: themeNow(),
    readOnly: true,
    originalEditable: false,
    renderSideBySide: true,
    useInlineViewWhenSpaceIsLimited: true,
    renderSideBySideInlineBreakpoint: INLINE_BELOW,
    renderOverviewRuler: false,
    renderMarginRevertIcon: false,
    renderGutterMenu: false,
    hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 6 },
    // Nothing is typed here, so Tab may go on.
    tabFocusMode: true,
  });
  view.setModel(models);
  const sides = [view.getOriginalEditor(), view.getModifiedEditor()];
  const names = [labels.before, labels.after];
  // As tall as what it shows, within bounds: unchanged lines are folded away.
  const fit = (): void => {
    const content = Math.max(...sides.map((side) => side.getContentHeight()));
    box.style.height = `${Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, content + 16))}px`;
  };
  for (const [index, side] of sides.entries()) {
    side.updateOptions({ ariaLabel: names[index] });
    side.onDidContentSizeChange(fit);
  }
  return {
    update(newBefore, newAfter) {
      if (models.original.getValue() !== newBefore) models.original.setValue(newBefore);
      if (models.modified.getValue() !== newAfter) models.modified.setValue(newAfter);
    },
    close() {
      view.dispose();
      models.original.dispose();
      models.modified.dispose();
    },
  };
}
