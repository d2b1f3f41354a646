import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CallFailure, type OpenedLearner, type OpenLearner, type PlaceLimits } from "../../../../lab/grade/check.ts";
import { GUARD_NAME } from "../../../../lab/sandbox/loop-guards.ts";
import { prepareCode } from "../../../../lab/sandbox/prepare.ts";
import type { Answer } from "./asked.ts";
import { sentenceOf, sentencesOf } from "./stopped.ts";
import { type Ground, SubmissionProcess } from "./submission-process.ts";

/** What a file's top level may take in loops, ms. */
const LOAD_LIMIT_MS = 1_000;
/** How long a process may take until it is there and the code is loaded, ms: a busy machine is slow. */
const LOAD_WAIT_MS = 10_000;
/** How much longer than its own limit a call is waited for, so that the loop guard's word comes first, ms. */
const GRACE_MS = 500;

/** Where the code of one submission runs. */
export interface Cell {
  open: OpenLearner;
  /** What its code tried and was kept from, in sentences, each once, in a fixed order. */
  stopped(): string[];
  /** Ends whatever of it still runs. */
  close(): void;
}

/**
 * Processes without permissions for code of strangers: each loading of a code gets one of its own. A few are started ahead,
 * because starting one takes as long as most checks.
 */
export class Isolation {
  readonly #ground: Ground;
  readonly #root: string;
  readonly #ahead: number;
  readonly #ready: SubmissionProcess[] = [];
  #closed = false;

  /** @param ahead how many processes of one memory limit wait, started */
  constructor(ahead = 1) {
    this.#root = mkdtempSync(join(tmpdir(), "hotpath-grade-"));
    this.#ground = { folder: join(this.#root, "empty"), cache: join(this.#root, "deno") };
    mkdirSync(this.#ground.folder);
    this.#ahead = ahead;
  }

  cell(): Cell {
    const processes: SubmissionProcess[] = [];
    const refused = new Set<string>();
    return {
      open: async (code, limits) => {
        const prepared = prepareCode(code);
        if (prepared.kind === "failed") {
          const sentence = sentenceOf(prepared.message);
          if (sentence !== undefined) refused.add(sentence);
          throw new CallFailure("syntax", prepared.message, prepared.line);
        }
        const process = this.#process(limits);
        processes.push(process);
        return opened(process, `data:text/javascript;base64,${Buffer.from(prepared.code).toString("base64")}`);
      },
      stopped: () => [...refused, ...sentencesOf(processes)].filter((text, at, all) => all.indexOf(text) === at).sort(),
      close: () => {
        for (const process of processes) process.close();
      },
    };
  }

  /** Ends every process that waits; those of a cell end with it. */
  close(): void {
    this.#closed = true;
    for (const process of this.#ready.splice(0)) process.close();
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 5 });
  }

  #process({ memoryMiB }: PlaceLimits): SubmissionProcess {
    if (this.#closed) throw new CallFailure("ended", "The grading was stopped.");
    const at = this.#ready.findIndex((process) => process.memoryMiB === memoryMiB && !process.isOver);
    const process = at === -1 ? new SubmissionProcess(memoryMiB, this.#ground) : this.#ready.splice(at, 1)[0];
    const waiting = this.#ready.filter((each) => each.memoryMiB === memoryMiB).length;
    for (let more = waiting; more < this.#ahead; more++)
      this.#ready.push(new SubmissionProcess(memoryMiB, this.#ground));
    // Those for an exercise that is over are of no more use.
    while (this.#ready.length > 2 * this.#ahead) this.#ready.shift()?.close();
    return process;
  }
}

async function opened(process: SubmissionProcess, address: string): Promise<OpenedLearner> {
  let exports: readonly string[];
  try {
    const asked = { kind: "load", address, guardName: GUARD_NAME, limitMs: LOAD_LIMIT_MS } as const;
    const answer = await process.ask(asked, LOAD_WAIT_MS);
    exports = "exports" in answer ? answer.exports : [];
    if (!("exports" in answer)) outputOf(answer);
  } catch (failure) {
    process.close();
    throw failure instanceof CallFailure && failure.kind === "timeout" ? tooLongToLoad() : failure;
  }
  return {
    exports,
    close: () => process.close(),
    call: async (name, args, timeoutMs) =>
      outputOf(await process.ask({ kind: "call", name, args: [...args], timeoutMs }, timeoutMs + GRACE_MS)),
  };
}

function outputOf(answer: Answer): unknown {
  if ("failure" in answer) {
    const { kind, message, line } = answer.failure;
    throw new CallFailure(kind, message, line);
  }
  return "value" in answer ? answer.value : undefined;
}

function tooLongToLoad(): CallFailure {
  return new CallFailure("load", "its top level goes on without end, and was stopped.");
}
