import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { importsOf, isTest, layeringFaults } from "./layering.ts";
import { lineAt, projectFiles, readProjectFile, root } from "./tree.ts";

/** An engine's `core/` is in another language, even where its files end in `.ts`. */
const OURS = /^(lab|engines(?!\/[^/]+\/core\/))\/.*\.ts$/;
const MODULES = /\.([cm]?[jt]s|astro|mdx)$/;

describe("the arrows between the layers", () => {
  test("no import of the project points the wrong way", () => {
    const faults = projectFiles()
      .filter((file) => MODULES.test(file))
      .flatMap((file) => layeringFaults(file, readProjectFile(file)));
    expect(faults).toEqual([]);
  });

  test.each([
    ["engines/typescript/engine.ts", "../../lab/market/session.ts", "engines may import from"],
    ["lab/market/session.ts", "../../site/store/drafts.ts", "lab may import from"],
    ["lab/market/session.ts", "node:fs", "lab runs in the browser too"],
    ["site/components/lab.ts", "../../chapters/integrate/a.ts", "site may import from"],
    ["exercises/a/checks.ts", "../../lab/market/session.ts", "exercises may import from"],
    ["apps/cli/main.ts", "../../site/sandbox/index.ts", "apps may import from"],
    ["wasm-rust/build.ts", "../lab/measure/clock.ts", "wasm-rust may import from nothing else"],
  ])("%s importing %s is a fault with its line", (file, specifier, message) => {
    const faults = layeringFaults(file, `\nimport { x } from "${specifier}";\n`);
    expect(faults).toEqual([expect.stringContaining(`${file}:2: ${message}`)]);
  });

  test.each([
    ["lab/market/session.ts", "../../engines/contract/commands.ts"],
    ["lab/market/session.test.ts", "node:fs"],
    ["exercises/a/checks.ts", "../../lab/grade/check.ts"],
    ["site/pages.browser.test.ts", "../apps/setup/launch.ts"],
    ["site/components/lab.ts", "chart.js"],
    ["site/build/order.ts", "../../chapters/order.json"],
  ])("%s may import %s", (file, specifier) => {
    expect(layeringFaults(file, `import { x } from "${specifier}";`)).toEqual([]);
  });

  test("imports are seen in pages and chapters, dynamic ones too", () => {
    const page = '---\nimport Lab from "./Lab.astro";\n---\n<script>import("./late.ts")</script>\n';
    expect(importsOf("site/pages/a.astro", page)).toEqual([
      { specifier: "./Lab.astro", line: 2 },
      { specifier: "./late.ts", line: 4 },
    ]);
  });
});

describe("the lab and the engines", () => {
  test.each([
    ["engines/registry.ts", true],
    ["engines/typescript/engine.ts", true],
    ["engines/typescript/core.ts", true],
    ["lab/core/clock.ts", true],
    ["engines/assemblyscript/core/book.ts", false],
    ["apps/cli/main.ts", false],
  ])("%s is theirs and in TypeScript: %s", (file, theirs) => expect(OURS.test(file)).toBe(theirs));

  test("compile without the types of a page and of Node", { timeout: 120_000 }, () => {
    const files = projectFiles().filter((file) => OURS.test(file) && !isTest(file));
    const program = ts.createProgram(
      files.map((file) => join(root, file)),
      {
        strict: true,
        noEmit: true,
        target: ts.ScriptTarget.ES2024,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        allowImportingTsExtensions: true,
        resolveJsonModule: true,
        skipLibCheck: true,
        lib: ["lib.es2024.d.ts", "lib.webworker.d.ts", "lib.webworker.importscripts.d.ts"],
        types: [],
      },
    );
    const faults = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, " ");
      return file === undefined
        ? message
        : `${file.fileName.slice(root.length)}:${lineAt(file.text, start)}: ${message}`;
    });
    expect(faults).toEqual([]);
  });
});
