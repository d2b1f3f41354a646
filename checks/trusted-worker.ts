import { parentPort } from "node:worker_threads";
import { LoopGuard } from "../lab/sandbox/loop-guard.ts";
import { GUARD_NAME } from "../lab/sandbox/loop-guards.ts";
import type { Failure } from "../lab/sandbox/protocol.ts";
import { type ModuleExports, ReaderModule } from "../lab/sandbox/reader-module.ts";

/**
 * Runs modules of ours, solutions, starters and mutants, and calls their exports, read as the page's sandbox reads them.
 * Nothing is taken away from them: not for code of strangers.
 */

export type Asked = { code: string } | { name: string; args: unknown[]; timeoutMs: number };
export type Answer = { exports: string[] } | { value: unknown } | { failure: Failure };

const LOAD_LIMIT_MS = 1_000;

const port = parentPort as NonNullable<typeof parentPort>;
const guard = new LoopGuard(performance.now.bind(performance), () => undefined);
Object.defineProperty(globalThis, GUARD_NAME, { value: (line: number) => guard.turn(line) });

let module: ReaderModule;
let exported: ModuleExports = {};
let loads = 0;

/** Another address for each load: the same text imported twice would be one module, with what the first left in it. */
function addressOf(code: string): string {
  return `data:text/javascript;base64,${Buffer.from(`${code}\n// ${++loads}`).toString("base64")}`;
}

async function load(code: string): Promise<Answer> {
  const read = ReaderModule.read(code, addressOf);
  if (!(read instanceof ReaderModule)) return { failure: read };
  module = read;
  guard.begin(LOAD_LIMIT_MS);
  try {
    exported = await module.instance();
  } catch (error) {
    return { failure: module.failureOf("load", error) };
  }
  return { exports: Object.keys(exported) };
}

async function call(name: string, args: unknown[], timeoutMs: number): Promise<Answer> {
  guard.begin(timeoutMs);
  try {
    return { value: await (exported[name] as (...args: unknown[]) => unknown)(...args) };
  } catch (error) {
    return { failure: module.failureOf("run", error) };
  }
}

port.on("message", async (asked: Asked) => {
  const answer = "code" in asked ? await load(asked.code) : await call(asked.name, asked.args, asked.timeoutMs);
  try {
    port.postMessage(answer);
  } catch {
    const message = "It returned what can't be copied, such as a function.";
    port.postMessage({ failure: { kind: "failed", phase: "run", message } } satisfies Answer);
  }
});
