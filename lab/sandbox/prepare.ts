import { type ImportDeclaration, type Node, type Program, parse } from "acorn";
import { simple } from "acorn-walk";
import { transform } from "sucrase";
import { type GuardedCode, guardLoops } from "./loop-guards.ts";
import type { Failure } from "./protocol.ts";

/** Characters of a reader's file at most. */
export const MAX_CODE_LENGTH = 500_000;

/** A reader's file, ready to be imported. */
export interface PreparedCode {
  kind: "prepared";
  /** JavaScript with guarded loops, on the lines of the reader's file. */
  code: string;
  /** The column of the reader's file for a place in `code`, both from 1; undefined where it can't be told. */
  columnOf(line: number, column: number): number | undefined;
}

/** Takes the types away, checks the syntax and the imports, and guards the loops. */
export function prepareCode(source: string): PreparedCode | Failure {
  if (source.length > MAX_CODE_LENGTH) {
    const most = MAX_CODE_LENGTH.toLocaleString("en");
    return syntaxFailure(
      `The file has ${source.length.toLocaleString("en")} characters; ${most} are the most it may have.`,
    );
  }
  try {
    const plain = withoutTypes(source);
    const program = parse(plain, { ecmaVersion: "latest", sourceType: "module", locations: true });
    const refused = refusedImport(program);
    if (refused !== undefined) return refused;
    const guarded = guardLoops(plain, program);
    return { kind: "prepared", code: guarded.code, columnOf: columnFinder(source, plain, guarded) };
  } catch (error) {
    return failureOf(error);
  }
}

function withoutTypes(source: string): string {
  return transform(source, { transforms: ["typescript"], disableESTransforms: true, filePath: FILE_PATH }).code;
}

/** The name that sucrase puts into its messages, from which it is taken out again. */
const FILE_PATH = "file.ts";

function columnFinder(source: string, plain: string, guarded: GuardedCode): PreparedCode["columnOf"] {
  const sourceLines = source.split("\n");
  const plainLines = plain.split("\n");
  // Where types were taken out of a line, its columns have moved.
  return (line, column) =>
    sourceLines[line - 1] === plainLines[line - 1] ? guarded.columnBefore(line, column) : undefined;
}

function refusedImport(program: Program): Failure | undefined {
  let first: { node: Node; message: string } | undefined;
  const refuse = (node: Node, message: string) => {
    if (first === undefined || node.start < first.node.start) first = { node, message };
  };
  const remedy = 'A file here stands alone: only types can be imported, as in import type { Strategy } from "hotpath".';
  const importedText = (node: Pick<ImportDeclaration, "source">) => JSON.stringify(node.source.value);
  simple(program, {
    ImportDeclaration: (node) => refuse(node, `Nothing can be imported from ${importedText(node)}. ${remedy}`),
    ExportAllDeclaration: (node) => refuse(node, `Nothing can be exported from ${importedText(node)}. ${remedy}`),
    ExportNamedDeclaration: (node) => {
      if (node.source) refuse(node, `Nothing can be exported from ${JSON.stringify(node.source.value)}. ${remedy}`);
    },
    ImportExpression: (node) => refuse(node, `import() can load nothing. ${remedy}`),
  });
  return first && syntaxFailure(first.message, first.node.loc?.start.line);
}

function failureOf(error: unknown): Failure {
  if (error instanceof RangeError) return syntaxFailure("The code is nested too deeply to be read.");
  if (!(error instanceof SyntaxError)) return syntaxFailure(error instanceof Error ? error.message : String(error));
  const loc = (error as SyntaxError & { loc?: { line: number; column: number } }).loc;
  const place = /\s*\(\d+:\d+\)$/;
  const message = error.message.replace(`Error transforming ${FILE_PATH}: `, "").replace(place, "");
  // Sucrase counts columns from 1; acorn, which reads what sucrase wrote, counts others.
  const column = error.message.startsWith("Error transforming") ? loc?.column : undefined;
  return syntaxFailure(`${message}.`, loc?.line, column);
}

function syntaxFailure(message: string, line?: number, column?: number): Failure {
  const failure: Failure = { kind: "failed", phase: "syntax", message };
  if (line !== undefined) failure.line = line;
  if (column !== undefined) failure.column = column;
  return failure;
}
