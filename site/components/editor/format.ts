import { getTypeScriptWorker } from "monaco-editor/languages/features/typescript/register";
import { editor, Uri } from "./monaco.ts";

/** What TypeScript's own layout asks for. */
const STYLE = {
  indentSize: 2,
  /** Smart. */
  indentStyle: 2,
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

/** How long the service may take to register itself after the first text is there, ms. */
const REGISTER_LIMIT_MS = 10_000;

async function service(): ReturnType<typeof getTypeScriptWorker> {
  const until = performance.now() + REGISTER_LIMIT_MS;
  for (;;) {
    try {
      return await getTypeScriptWorker();
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A TypeScript text laid out anew, for an editor that can't itself. @throws Error where the service doesn't load */
export async function formatted(text: string): Promise<string> {
  const model = editor.createModel(text, "typescript", Uri.parse(`file:///formatted-${++formats}.ts`));
  try {
    const worker = await (await service())(model.uri);
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
