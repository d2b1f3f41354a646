import { findEngine } from "../../engines/registry.ts";
import type { RunRequest } from "../../lab/sandbox/protocol.ts";
import type { Source } from "../../lab/sandbox/source-files.ts";
import type { ModuleHandle, RunHandle, Sandbox, SandboxMessage } from "./api.ts";
import { artefactsOf } from "./artefacts.ts";
import { Guest, type GuestPart } from "./guest.ts";
import { ModuleGuest } from "./module-guest.ts";
import type { SandboxFrame } from "./sandbox-frame.ts";

/** Keeps a frame ready while nothing runs, so that Run answers at once, also after a stop. */
export class FrameSandbox implements Sandbox {
  #spare: Promise<SandboxFrame> | undefined;
  #run: Guest | undefined;
  readonly #modules = new Set<ModuleGuest>();
  #closed = false;
  readonly #startFrame: () => Promise<SandboxFrame>;

  constructor(startFrame: () => Promise<SandboxFrame>) {
    this.#startFrame = startFrame;
    this.#warmUp();
  }

  run(
    code: Source,
    request: RunRequest,
    onMessage: (message: SandboxMessage) => void,
    recording?: Uint8Array<ArrayBuffer>,
  ): RunHandle {
    this.#run?.stop("reader");
    const part: GuestPart = {
      load: async () => ({ kind: "load", code, artefacts: await artefactsOf(request.engines) }),
      take: (message, guest) => {
        switch (message.kind) {
          case "loaded":
            guest.tell(message);
            guest.send({ kind: "run", request, recording });
            return "go on";
          case "starting":
            if (!request.engines.includes(message.engine)) return "forged";
            guest.waitForStart(findEngine(message.engine).manifest.downloadMiB !== undefined);
            guest.tell(message);
            return "go on";
          case "clock":
            guest.waitForStart(false);
            guest.tell(message);
            return "go on";
          case "progress":
          case "splitting":
            guest.tell(message);
            return "go on";
          case "report":
          case "failed":
            return "done";
          default:
            return "forged";
        }
      },
      // Not earlier: a frame that starts would disturb what is measured.
      ended: () => this.#warmUp(),
    };
    const guest = new Guest(part, this.#takeFrame(), onMessage);
    this.#run = guest;
    return { stop: () => guest.stop("reader") };
  }

  openModule(code: Source, onMessage: (message: SandboxMessage) => void): ModuleHandle {
    const module = new ModuleGuest(code, this.#takeFrame(), onMessage, () => {
      this.#modules.delete(module);
      this.#warmUp();
    });
    this.#modules.add(module);
    return module;
  }

  close(): void {
    this.#closed = true;
    this.#run?.close();
    for (const module of this.#modules) module.close();
    this.#spare?.then((frame) => frame.remove()).catch(() => {});
    this.#spare = undefined;
  }

  #takeFrame(): Promise<SandboxFrame> {
    const frame = this.#spare ?? this.#startFrame();
    this.#spare = undefined;
    return frame;
  }

  #warmUp(): void {
    if (this.#closed || this.#spare !== undefined) return;
    const spare = this.#startFrame();
    this.#spare = spare;
    // Whoever takes it gets the error; where nobody does, the next one is tried afresh.
    spare.catch(() => {
      if (this.#spare === spare) this.#spare = undefined;
    });
  }
}
