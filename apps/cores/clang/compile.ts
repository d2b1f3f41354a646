/**
 * clang++ of `@yowasp/clang`, as a program: `node apps/cores/clang/compile.ts <arguments of clang++> -o <output>`. It sees the C++ files in
 * and below the folder that it is started in, and no others. Exit code: clang's.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Files and folders by name, as the compiler sees them. */
interface Tree {
  [name: string]: Tree | string | Uint8Array;
}

/** What of the package is used. It is not installed with the project, so its own types aren't there. */
interface YowaspClang {
  /** Without arguments it only loads. */
  runClang(
    args: readonly string[] | null,
    files: Tree,
    options: { stdout?: WriteBytes; stderr?: WriteBytes; fetchProgress?(): void },
  ): Promise<Tree>;
  /** Thrown where clang fails. */
  Exit: new () => Error & { code: number };
}

type WriteBytes = (bytes: Uint8Array | null) => void;

/** Where the linker writes in that tree. */
const OUTPUT = "a.wasm";

/** The C++ sources of a folder, whatever their line endings. */
function treeOf(folder: string): Tree {
  const tree: Tree = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) tree[entry.name] = treeOf(path);
    else if (/\.[ch]pp$/.test(entry.name)) tree[entry.name] = readFileSync(path, "utf8");
  }
  return tree;
}

async function compile(args: readonly string[], output: string): Promise<number> {
  const { runClang, Exit } = (await import(import.meta.resolve("@yowasp/clang"))) as YowaspClang;
  // It reads its own parts first, and would tell of each.
  await runClang(null, {}, { fetchProgress() {} });
  const say = (bytes: Uint8Array | null) => bytes !== null && process.stderr.write(bytes);
  try {
    const built = await runClang(["clang++", ...args, "-o", OUTPUT], treeOf(process.cwd()), {
      stdout: say,
      stderr: say,
    });
    const module = built[OUTPUT];
    if (!(module instanceof Uint8Array)) return 1;
    writeFileSync(output, module);
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.code;
    throw error;
  }
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  process.exitCode = await compile(args.slice(0, -2), args[args.length - 1]);
}
