import { readMessages } from "../../lab/sandbox/message-shapes.ts";
import type { FromWorker, ToWorker } from "../../lab/sandbox/protocol.ts";
import type { SandboxMessage, Stopped } from "./api.ts";
import type { FrameNote } from "./frame-notes.ts";
import type { FrameListener, SandboxFrame } from "./sandbox-frame.ts";
import { SILENCE_MS, Watch } from "./watch.ts";

/** What a kind of guest does with the messages that are its own. */
export interface GuestPart {
  /** What the worker is sent first; it may have to be fetched. */
  load(): Promise<Extract<ToWorker, { kind: "load" }>>;
  /**
   * Takes a message that has been checked.
   *
   * @returns `done` where it was the last one, `forged` where it can't come at this point
   */
  take(message: FromWorker, guest: Guest): "go on" | "done" | "forged";
  /** The guest is gone; `last` is what the page was told at the end. */
  ended(last: SandboxMessage | undefined): void;
}

const SECONDS = SILENCE_MS / 1000;
/** How long an engine may say nothing while it starts, ms: an interpreter takes seconds, many where the machine is busy. */
const STARTING_MS = 30_000;
const NOT_STARTED = `The engine didn't start within ${STARTING_MS / 1000} s. Run it again when the machine is less busy, or choose another one.`;

const WHY: Record<Stopped["reason"], string> = {
  reader: "It was stopped.",
  silence: `Nothing came from the code for ${SECONDS} s. Look for a call that doesn't come back: a recursion, a sort or a regular expression over too much, memory that only grows.`,
  lost: "The browser ended the code's process, as it does when memory runs out. Look for an array or a map that only grows.",
  flood: "The code sent more messages than the page takes. Look for a line that prints too much.",
  forged: "The code sent the page a message that the lab never sends.",
  timeout: "The call took too long.",
};

/** A reader's code in a frame, from its load to its end. Exactly one end is told, and then nothing more. */
export class Guest implements FrameListener {
  readonly #part: GuestPart;
  readonly #tell: (message: SandboxMessage) => void;
  readonly #begin = performance.now();
  readonly #watch: Watch;
  #frame: SandboxFrame | undefined;
  #over = false;

  /**
   * @param frame a frame that is starting or has started
   * @param tell the page; it is not told of what the part keeps for itself
   */
  constructor(part: GuestPart, frame: Promise<SandboxFrame>, tell: (message: SandboxMessage) => void) {
    this.#part = part;
    this.#tell = tell;
    this.#watch = new Watch((reason) => {
      const isStarting = reason === "silence" && this.#watch.silenceMs === STARTING_MS;
      this.stop(reason, isStarting ? NOT_STARTED : WHY[reason]);
    });
    // Until the frame has started, there is nobody to be heard.
    this.#watch.expecting = false;
    void this.#start(frame);
  }

  get over(): boolean {
    return this.#over;
  }

  /** Whether silence of the worker is suspicious now. */
  expectWord(expected: boolean): void {
    this.#watch.expecting = expected;
  }

  /** Whether it waits for an engine that takes long to start. */
  waitForStart(starting: boolean): void {
    this.#watch.silenceMs = starting ? STARTING_MS : SILENCE_MS;
  }

  send(message: ToWorker): void {
    this.#frame?.send(message);
  }

  /** Passes a message on to the page. */
  tell(message: SandboxMessage): void {
    if (!this.#over) this.#tell(message);
  }

  /** Ends it from outside. */
  stop(reason: Stopped["reason"], message = WHY[reason]): void {
    if (this.#over) return;
    // First the end, then the message: it tells how long it took.
    this.#frame?.remove();
    this.#end({ kind: "stopped", reason, afterMs: performance.now() - this.#begin, message });
  }

  /** Ends it without a word, as when the page itself closes it. */
  close(): void {
    if (!this.#over) this.#end(undefined);
  }

  onText(text: string): void {
    this.#watch.heardWorker();
    const messages = readMessages(text);
    if (messages === undefined) this.stop("forged");
    for (const message of messages ?? []) {
      if (this.#over) return;
      const what = message.kind === "log" ? "log" : this.#part.take(message, this);
      if (what === "forged") this.stop("forged");
      else if (what === "done") this.#end(message);
      else if (what === "log") this.#tell(message);
    }
  }

  onNote(note: FrameNote): void {
    if (note === "alive") this.#watch.heardFrame();
    else this.stop(note === "flood" ? "flood" : "lost");
  }

  async #start(frame: Promise<SandboxFrame>): Promise<void> {
    try {
      const [started, load] = await Promise.all([frame, this.#part.load()]);
      if (this.#over) return started.remove();
      this.#frame = started;
      started.listener = this;
      this.#watch.heardWorker();
      this.#watch.expecting = true;
      started.send(load);
    } catch (error) {
      frame.then((started) => started.remove()).catch(() => {});
      const message = error instanceof Error ? error.message : String(error);
      if (!this.#over) this.#end({ kind: "failed", phase: "load", message });
    }
  }

  #end(last: SandboxMessage | undefined): void {
    this.#over = true;
    this.#watch.stop();
    this.#frame?.remove();
    if (last !== undefined) this.#tell(last);
    this.#part.ended(last);
  }
}
