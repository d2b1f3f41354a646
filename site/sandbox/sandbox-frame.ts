import type { ToWorker } from "../../lab/sandbox/protocol.ts";
import type { FrameNote, FrameStart } from "./frame-notes.ts";

/** How long a frame may take to start, ms. */
const START_LIMIT_MS = 15_000;

/** What comes out of a frame. */
export interface FrameListener {
  /** A text from the worker, not looked into yet. */
  onText(text: string): void;
  onNote(note: FrameNote): void;
}

/**
 * A frame of opaque origin with a worker in it, that can reach nothing: no network, no storage, no page. Removing the
 * frame ends whatever runs in it.
 */
export class SandboxFrame {
  /** Who hears it; nobody at first. */
  listener: FrameListener | undefined;
  readonly #element: HTMLIFrameElement;
  readonly #port: MessagePort;

  private constructor(element: HTMLIFrameElement, port: MessagePort) {
    this.#element = element;
    this.#port = port;
    port.onmessage = ({ data }) => {
      if (typeof data === "string") this.listener?.onText(data);
      else this.listener?.onNote((data as { note: FrameNote }).note);
    };
  }

  /**
   * Starts a frame and waits for the first word of its worker.
   *
   * @param script the worker's; where left out, the one that runs a reader's code
   * @throws Error where it can't be started
   */
  static async start(script?: string): Promise<SandboxFrame> {
    const { workerText, frameText, frameHash } = await import("virtual:hotpath-sandbox");
    const element = document.createElement("iframe");
    element.setAttribute("sandbox", "allow-scripts");
    // Without it the frame has a coarse clock and no shared memory, even on a page that is isolated.
    element.setAttribute("allow", "cross-origin-isolated");
    element.referrerPolicy = "no-referrer";
    element.hidden = true;
    element.title = "Where your code runs";
    const policy = `default-src 'none'; script-src blob: '${frameHash}' 'wasm-unsafe-eval'`;
    element.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${frameText}</script>`;

    const channel = new MessageChannel();
    const frame = new SandboxFrame(element, channel.port1);
    const ready = frame.#ready();
    element.onload = () => {
      const start: FrameStart = { workerText: script ?? workerText };
      element.contentWindow?.postMessage(start, "*", [channel.port2]);
    };
    document.body.append(element);
    await ready;
    return frame;
  }

  send(message: ToWorker): void {
    this.#port.postMessage(message);
  }

  remove(): void {
    this.listener = undefined;
    this.#port.close();
    this.#element.remove();
  }

  #ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const give = (problem: string) => {
        this.remove();
        reject(new Error(problem));
      };
      const timer = setTimeout(() => give("The place for the code did not start. Reload the page."), START_LIMIT_MS);
      this.listener = {
        onText: () => {
          clearTimeout(timer);
          this.listener = undefined;
          resolve();
        },
        onNote: (note) => {
          if (note === "alive") return;
          clearTimeout(timer);
          give("The browser did not let the place for the code start. Reload the page.");
        },
      };
    });
  }
}
