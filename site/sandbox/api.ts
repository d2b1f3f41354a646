import type { Difference, FromWorker, RunRequest } from "../../lab/sandbox/protocol.ts";
import type { Source } from "../../lab/sandbox/source-files.ts";

/**
 * What a page uses to run a reader's code. `createSandbox` of `./index.ts` makes one:
 *
 * ```ts
 * import { createSandbox } from "../sandbox/index.ts";
 *
 * const sandbox = createSandbox();                      // warms a frame up at once; keep one for each page
 * const run = sandbox.run(code, { engines: ["typescript", "rust-wasm"], seed: 7, profile: "std", orders: 100_000 }, (message) => {
 *   switch (message.kind) { case "progress": …; case "report": …; case "failed": …; case "stopped": …; case "log": … }
 * });
 * run.stop();                                           // ends within half a second, whatever the code does
 * ```
 *
 * A run's messages: `starting` for each engine, `clock`, then `progress` about every 50 ms, with `log` between, then `splitting`, then exactly one of
 * `report`, `failed` and `stopped`; after that one nothing more comes, and the next `run` may begin at once.
 *
 * The page that holds it needs `<meta http-equiv="Content-Security-Policy" content="frame-src 'none'">` in its head: frames
 * made here still load (they have no address), and can't navigate anywhere. A `script-src` of the page's own would also bind
 * the frame: it would have to allow `frameHash` of `virtual:hotpath-sandbox`, `blob:` and `'wasm-unsafe-eval'`.
 *
 * All is loaded when `createSandbox` is called (100 KB compressed), so call it when the lab comes into view. For exercises,
 * `learnerOpener(sandbox)` gives what `lab/grade` calls `OpenLearner`.
 */
export interface Sandbox {
  /**
   * Runs a strategy on each engine of the request. At most one run at a time: a run that still goes is stopped first.
   *
   * @param code the reader's file, TypeScript, as it stands in the editor, or several, of which the first is the strategy
   * @param recording the bytes of the recorded market that the request tells of
   */
  run(
    code: Source,
    request: RunRequest,
    onMessage: (message: SandboxMessage) => void,
    recording?: Uint8Array<ArrayBuffer>,
  ): RunHandle;
  /**
   * Loads a reader's module to call its exports, as exercises do. It has a frame of its own until `close`.
   *
   * @param onMessage gets `loaded` with the names of the exports, `log`, and at the end of it `failed` or `stopped`
   */
  openModule(code: Source, onMessage: (message: SandboxMessage) => void): ModuleHandle;
  /** Removes all frames. */
  close(): void;
}

export interface RunHandle {
  /** Ends the run at once; `stopped` comes with reason `reader`. Nothing happens where it is over already. */
  stop(): void;
}

export interface ModuleHandle {
  /** Names of its exports, when it has loaded. Rejects with a `CallFailure` (`lab/grade/check.ts`) where it can't be. */
  readonly exports: Promise<readonly string[]>;
  /**
   * Calls an exported function, when the module has loaded; as often as wanted, since the bound on messages is on those
   * that nobody asked for.
   *
   * @param args plain values: numbers, strings, arrays, objects, typed arrays, Map and Set; no functions
   * @param timeoutMs how long it may take, 1 … 60,000; when it takes longer, the module is closed and `stopped` comes
   * @returns a copy of what it returned, or of what its promise gave
   * @throws CallFailure where it threw, is not there, took too long, or the module is closed; the message is for the reader
   */
  call(name: string, args: readonly unknown[], timeoutMs: number): Promise<unknown>;
  close(): void;
}

/** What ended a run from outside of the reader's code. */
export interface Stopped {
  kind: "stopped";
  /**
   * `reader`: Stop was pressed. `silence`: nothing came for 5 s. `lost`: the frame's process is gone, as when memory ran out.
   * `flood`: too many or too large messages. `forged`: a message that the worker never sends. `timeout`: a call took too long.
   */
  reason: "reader" | "silence" | "lost" | "flood" | "forged" | "timeout";
  /** From the start of the run to the removal of its frame. */
  afterMs: number;
  /** For a reader: what happened, and what to look for. */
  message: string;
  /** Of the reader's file, from 1; left out where it can't be told. */
  line?: number;
}

/** Everything that a page is told of a run. The page may rely on its shape: each message has been checked. */
export type SandboxMessage = FromWorker | Stopped;

export type { Difference };
