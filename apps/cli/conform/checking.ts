import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import type { ConformMessage, ConformPlan, ConformResult } from "./result.ts";

const program = fileURLToPath(new URL("./process.ts", import.meta.url));
/** Without a word for so long, the engine is in an endless loop; the longest case takes a fraction of it. */
const SILENCE_MS = 60_000;

/**
 * Checks in a process of its own.
 *
 * @throws Failure where the engine can't be loaded, doesn't end, or takes its process down; or the signal's reason
 */
export function runCheck(
  plan: ConformPlan,
  signal: AbortSignal,
  onProgress: (doing: string) => void,
  silenceMs = SILENCE_MS,
): Promise<ConformResult> {
  return new Promise((resolve, reject) => {
    // What an engine prints for its author goes to standard error: standard output has the report alone.
    const child = fork(program, [], { serialization: "advanced", stdio: ["ignore", 2, 2, "ipc"] });
    let doing = "the engine's start";
    const end = (settle: () => void) => {
      clearTimeout(silence);
      signal.removeEventListener("abort", abort);
      child.kill("SIGKILL");
      settle();
    };
    const abort = () => end(() => reject(signal.reason));
    const silence = setTimeout(() => {
      end(() => reject(new Failure(`It doesn't end: nothing came back for ${silenceMs / 1000} s, at ${doing}.`)));
    }, silenceMs);
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) return abort();
    child.on("message", (message: ConformMessage) => {
      silence.refresh();
      if ("result" in message) return end(() => resolve(message.result));
      if ("problem" in message) return end(() => reject(new Failure(message.problem, message.exitCode)));
      doing = message.doing;
      onProgress(doing);
    });
    child.on("error", (error) => end(() => reject(new Failure(`The check can't be started: ${error.message}.`))));
    child.on("exit", (code, by) => {
      end(() => reject(new Failure(`The check was ended (${by ?? `exit code ${code}`}), at ${doing}.`)));
    });
    child.send(plan);
  });
}
