/** How long a run may say nothing, ms. */
export const SILENCE_MS = 5000;
/** How long the frame itself may say nothing while the page is seen, ms; it says that it lives twice a second. */
const LOST_MS = 4000;
const CHECK_MS = 200;

/** Notices when a frame falls silent. */
export class Watch {
  /** Whether the worker is expected to say something. */
  expecting = true;
  /** How long it may say nothing, ms. */
  silenceMs = SILENCE_MS;
  readonly #timer: ReturnType<typeof setInterval>;
  #lastWord = performance.now();
  #lastSign = performance.now();
  #lastCheck = performance.now();

  /** @param onSilent is told once, and which of the two it is */
  constructor(onSilent: (reason: "silence" | "lost") => void) {
    this.#timer = setInterval(() => {
      const reason = this.#check();
      if (reason === undefined) return;
      this.stop();
      onSilent(reason);
    }, CHECK_MS);
  }

  /** The worker said something. */
  heardWorker(): void {
    this.#lastWord = performance.now();
    this.#lastSign = this.#lastWord;
  }

  /** The frame said that it lives. */
  heardFrame(): void {
    this.#lastSign = performance.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): "silence" | "lost" | undefined {
    const now = performance.now();
    const slept = now - this.#lastCheck > 10 * CHECK_MS;
    this.#lastCheck = now;
    // After the page itself stood still, or hidden, where timers are slow, nothing can be told yet.
    if (slept || document.hidden) this.#lastSign = now;
    if (slept || !this.expecting) this.#lastWord = now;
    if (now - this.#lastSign > LOST_MS) return "lost";
    return now - this.#lastWord > this.silenceMs ? "silence" : undefined;
  }
}
