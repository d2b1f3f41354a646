import { fileURLToPath } from "node:url";
import { denoBinary } from "./deno-binary.ts";
import type { Ground } from "./submission-process.ts";

/** What the process's own modules take of its heap, MiB. */
const OWN_HEAP_MIB = 16;
/** What V8 and Deno reserve without using it, MiB. */
const RESERVED_MIB = 1024;
/** Should the grader itself be killed, nobody would end a process that turns in a loop but this, s of its own time. */
const MOST_CPU_S = 900;
const WASM_PAGES_PER_MIB = 16;

const child = fileURLToPath(new URL("child.ts", import.meta.url));

/** Not one of them gives a permission: none is the default, and these keep Deno from asking for one or from fetching. */
const FLAGS = [
  "--no-prompt",
  "--no-remote",
  "--no-npm",
  "--no-config",
  "--no-lock",
  "--cached-only",
  "--no-code-cache",
  "--deny-import",
  "--quiet",
];

export interface ProcessCommand {
  program: string;
  args: string[];
  environment: Record<string, string>;
}

/** How a submission's process is started, its memory bounded by V8 and, where there is a shell that can, by the system. */
export function commandOf(memoryMiB: number, { cache }: Ground, platform: string = process.platform): ProcessCommand {
  const v8 = [
    `--max-old-space-size=${memoryMiB + OWN_HEAP_MIB}`,
    `--wasm-max-mem-pages=${memoryMiB * WASM_PAGES_PER_MIB}`,
    "--disallow-code-generation-from-strings",
    // So that code that draws lots draws the same ones in each grading.
    "--random-seed=1",
  ];
  const deno = ["run", ...FLAGS, `--v8-flags=${v8.join(",")}`, child];
  const environment: Record<string, string> = { DENO_DIR: cache, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
  if (platform === "win32") {
    // Without it no program of Windows starts.
    const { SystemRoot = "C:\\Windows" } = process.env;
    return { program: denoBinary(platform), args: deno, environment: { ...environment, SystemRoot } };
  }
  const data = platform === "linux" ? `ulimit -d ${(memoryMiB + RESERVED_MIB) * 1024}; ` : "";
  const script = `ulimit -c 0; ulimit -t ${MOST_CPU_S}; ${data}exec "$0" "$@"`;
  return { program: "/bin/sh", args: ["-c", script, denoBinary(platform), ...deno], environment };
}
