import { parentPort } from "node:worker_threads";

/** Runs modules of ours, solutions, starters and mutants, and calls their exports. Not for code of strangers. */

type Message = { code: string } | { name: string; args: unknown[] };

const port = parentPort as NonNullable<typeof parentPort>;
let exported: Record<string, unknown> = {};
let loads = 0;

async function load(code: string): Promise<unknown> {
  // The same text imported twice would be one module, with what the first grading left in it.
  const text = `${code}\n// load ${++loads}`;
  try {
    exported = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
    return { exports: Object.keys(exported).filter((name) => typeof exported[name] === "function") };
  } catch (error) {
    return { loadFailure: failure(error) };
  }
}

async function call({ name, args }: { name: string; args: unknown[] }): Promise<unknown> {
  try {
    return { value: await (exported[name] as (...args: unknown[]) => unknown)(...args) };
  } catch (error) {
    return { failure: failure(error) };
  }
}

function failure(error: unknown): { message: string; line?: number } {
  if (!(error instanceof Error)) return { message: `it threw ${String(error)}` };
  const place = /data:text\/javascript[^\s)]*?:(\d+):\d+/.exec(error.stack ?? "");
  return { message: `${error.name}: ${error.message}`, ...(place === null ? {} : { line: Number(place[1]) }) };
}

port.on("message", async (message: Message) => {
  const reply = "code" in message ? await load(message.code) : await call(message);
  try {
    port.postMessage(reply);
  } catch (error) {
    // A function or a class's object can't be copied out.
    port.postMessage({ ...(reply as object), value: undefined, failure: failure(error) });
  }
});
