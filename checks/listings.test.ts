import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { chapterFiles } from "./chapter-texts.ts";
import { lineAt, projectFiles, readProjectFile, root } from "./tree.ts";

/** Languages in which a listing runs: such a listing must be a region of a file that is checked. Output and shell lines may stand in the text. */
const FENCE = /^[ \t]*```(ts|tsx|typescript|js|javascript|rust|rs|python|py|cpp|c|ocaml|ml)\b/gm;

const CODE = /^(chapters|exercises)\/.*\.ts$/;

test("no chapter holds code of its own: a listing is a region of a real file", () => {
  const faults = chapterFiles().flatMap((file) => {
    const text = readProjectFile(file);
    return [...text.matchAll(FENCE)].map(
      ({ index, 1: language }) =>
        `${file}:${lineAt(text, index)}: put this ${language} into a file beside the chapter and show it by <CodeRegion file=… region=… />`,
    );
  });
  expect(faults).toEqual([]);
});

test("all code beside chapters and exercises compiles", { timeout: 120_000 }, () => {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = projectFiles().filter((file) => CODE.test(file));
  const inScope = new Set(fileNames.map((file) => file.replaceAll("\\", "/")));
  const outside = files.filter((file) => !inScope.has(join(root, file).replaceAll("\\", "/")));
  expect(outside, "tsconfig.json leaves these out: put them into its scope").toEqual([]);

  const types = fileNames.filter((file) => file.endsWith(".d.ts"));
  const program = ts.createProgram([...types, ...files.map((file) => join(root, file))], { ...options, noEmit: true });
  const faults = files
    .map((file) => program.getSourceFile(join(root, file)))
    .filter((source) => source !== undefined)
    .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])
    .map(({ file, start = 0, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, " ");
      return file ? `${file.fileName.slice(root.length)}:${lineAt(file.text, start)}: ${message}` : message;
    });
  expect(faults).toEqual([]);
});
