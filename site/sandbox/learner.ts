import type { OpenedLearner } from "../../lab/grade/check.ts";
import type { Sandbox, SandboxMessage } from "./api.ts";

/**
 * Opens a learner's code in the sandbox, the way the grading asks for it. A page can't bound memory: an exercise's limit holds in
 * Node and in the grader.
 *
 * @param onMessage gets the console's lines, and what ended the code
 */
export function learnerOpener(
  sandbox: Sandbox,
  onMessage: (message: SandboxMessage) => void = () => {},
): (code: string) => Promise<OpenedLearner> {
  return async (code) => {
    const module = sandbox.openModule(code, onMessage);
    return {
      exports: await module.exports,
      call: (name, args, timeoutMs) => module.call(name, args, timeoutMs),
      close: () => module.close(),
    };
  };
}
