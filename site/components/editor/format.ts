import { getTypeScriptWorker } from "monaco-editor/languages/features/typescript/register";
import { editor, Uri } from "./monaco.ts";

/** What TypeScript's own layout asks for. */
const STYLE = {
  indentSize: 2,
  tabSize: 2,
  newLineCharacter: "\n",
  convertTabsToSpaces: true,
  insertSpaceAfterCommaDelimiter: true,
  insertSpaceAfterSemicolonInForStatements: true,
  insertSpaceBeforeAndAfterBinaryOperators: true,
  insertSpaceAfterKeywordsInControlFlowStatements: true,
  insertSpaceAfterOpeningAndBeforeClosingNonemptyBraces: true,
};

interface Edit {
  span: { start: number; length: number };
  newText: string;
}

let formats = 0;

/** A TypeScript text laid out anew, for an editor that can't itself. @throws Error where the service doesn't load */
export async function formatted(text: string): Promise<string> {
  const model = editor.createModel(text, "typescript", Uri.parse(`file:///formatted-${++formats}.ts`));
  try {
    const worker = await (await getTypeScriptWorker())(model.uri);
    const edits: Edit[] = await worker.getFormattingEditsForDocument(model.uri.toString(), STYLE);
    return edits
      .toSorted((a, b) => b.span.start - a.span.start)
      .reduce(
        (done, { span, newText }) => done.slice(0, span.start) + newText + done.slice(span.start + span.length),
        text,
      );
  } finally {
    model.dispose();
  }
}
