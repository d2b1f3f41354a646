import { type Literal, type Node, type Program, parse } from "acorn";
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
  /** The other files that it imports, each once, with the line of the first import. */
  imports: ReadonlyMap<string, number>;
  /** The code with the addresses from which those files are imported, by name. */
  linked(addresses: ReadonlyMap<string, string>): string;
}

/** What a file stands beside. */
export interface Beside {
  /** Names of the other files, which it can import as `./name.ts`. */
  others: readonly string[];
  /** Its own name; left out for the file that is run. */
  file?: string;
}

/** An import of another file: the text in quotes, in the code without types. */
interface Import {
  name: string;
  start: number;
  end: number;
  line: number;
}

/** Takes the types away, checks the syntax and the imports, and guards the loops. */
export function prepareCode(source: string, beside: Beside = { others: [] }): PreparedCode | Failure {
  if (source.length > MAX_CODE_LENGTH) {
    const most = MAX_CODE_LENGTH.toLocaleString("en");
    return syntaxFailure(
      `The file has ${source.length.toLocaleString("en")} characters; ${most} are the most it may have.`,
    );
  }
  try {
    const plain = withoutTypes(source);
    const program = parse(plain, { ecmaVersion: "latest", sourceType: "module", locations: true });
    const imports = importsOf(program, beside.others);
    if (!Array.isArray(imports)) return imports;
    const guarded = guardLoops(plain, program, beside.file);
    return {
      kind: "prepared",
      code: guarded.code,
      columnOf: columnFinder(source, plain, guarded, new Set(imports.map(({ line }) => line))),
      imports: new Map(imports.toReversed().map(({ name, line }) => [name, line])),
      linked: (addresses) => link(guarded, imports, addresses),
    };
  } catch (error) {
    return failureOf(error);
  }
}

function withoutTypes(source: string): string {
  return transform(source, { transforms: ["typescript"], disableESTransforms: true, filePath: FILE_PATH }).code;
}

/** The name that sucrase puts into its messages, from which it is taken out again. */
const FILE_PATH = "file.ts";

function link(guarded: GuardedCode, imports: readonly Import[], addresses: ReadonlyMap<string, string>): string {
  let code = guarded.code;
  for (const { name, start, end } of imports.toSorted((a, b) => b.start - a.start)) {
    const address = JSON.stringify(addresses.get(name));
    code = code.slice(0, guarded.offsetAfter(start)) + address + code.slice(guarded.offsetAfter(end));
  }
  return code;
}

function columnFinder(
  source: string,
  plain: string,
  guarded: GuardedCode,
  importing: ReadonlySet<number>,
): PreparedCode["columnOf"] {
  const sourceLines = source.split("\n");
  const plainLines = plain.split("\n");
  // Where types were taken out of a line, or an address put into it, its columns have moved.
  return (line, column) =>
    sourceLines[line - 1] === plainLines[line - 1] && !importing.has(line)
      ? guarded.columnBefore(line, column)
      : undefined;
}

/** The imports of other files, or what is wrong with the first that is none. */
function importsOf(program: Program, others: readonly string[]): Import[] | Failure {
  let first: { node: Node; message: string } | undefined;
  const imports: Import[] = [];
  const refuse = (node: Node, message: string) => {
    if (first === undefined || node.start < first.node.start) first = { node, message };
  };
  const take = (node: Node, source: Literal, what: "imported" | "exported") => {
    const name = /^\.\/(.*)$/.exec(String(source.value))?.[1] ?? "";
    if (!others.includes(name)) {
      return refuse(node, `Nothing can be ${what} from ${JSON.stringify(source.value)}. ${remedy(others)}`);
    }
    imports.push({ name, start: source.start, end: source.end, line: source.loc?.start.line ?? 1 });
  };
  simple(program, {
    ImportDeclaration: (node) => take(node, node.source, "imported"),
    ExportAllDeclaration: (node) => take(node, node.source, "exported"),
    ExportNamedDeclaration: (node) => {
      if (node.source) take(node, node.source, "exported");
    },
    ImportExpression: (node) => refuse(node, `import() can load nothing. ${remedy(others)}`),
  });
  return first === undefined ? imports : syntaxFailure(first.message, first.node.loc?.start.line);
}

function remedy(others: readonly string[]): string {
  const types = 'import type { Strategy } from "hotpath"';
  if (others.length === 0) return `A file here stands alone: only types can be imported, as in ${types}.`;
  const names = others.map((name) => `"./${name}"`).join(", ");
  return `Only types can be imported, as in ${types}, and the other files: ${names}.`;
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
