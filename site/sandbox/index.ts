import type { Sandbox } from "./api.ts";
import { FrameSandbox } from "./frame-sandbox.ts";
import { SandboxFrame } from "./sandbox-frame.ts";

export type { ModuleHandle, RunHandle, Sandbox, SandboxMessage, Stopped } from "./api.ts";
export { learnerOpener } from "./learner.ts";

/** Makes a sandbox, and warms its first frame up. `api.ts` shows how it is used. */
export function createSandbox(): Sandbox {
  return new FrameSandbox(() => SandboxFrame.start());
}
