import type { Browser, CDPSession } from "playwright-core";

/** A browser's own record of what its threads did; only what is read here. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** µs on the clock. */
  dur?: number;
  /** µs of the thread's own CPU time; not on every system. */
  tdur?: number;
  args?: { name?: string };
}

/** The longest of the tasks on the main threads of pages and frames, each by its own measure, ms. */
export interface LongestTask {
  /** From begin to end. Whoever else had the core in between is in it. */
  clockMs: number;
  /** What the thread itself computed; null where the system doesn't tell. */
  cpuMs: number | null;
}

const MAIN_THREAD = "CrRendererMain";
const TASK = "ThreadControllerImpl::RunTask";
const CATEGORIES = ["toplevel", "__metadata"];

/** Records each task of the pages' main threads, until `end`. */
export class TaskTrace {
  readonly #session: CDPSession;
  readonly #events: TraceEvent[] = [];

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on("Tracing.dataCollected", ({ value }) => this.#events.push(...(value as unknown as TraceEvent[])));
  }

  static async begin(browser: Browser): Promise<TaskTrace> {
    const trace = new TaskTrace(await browser.newBrowserCDPSession());
    const traceConfig = { recordMode: "recordAsMuchAsPossible" as const, includedCategories: CATEGORIES };
    await trace.#session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig });
    return trace;
  }

  async end(): Promise<LongestTask> {
    const complete = new Promise((resolve) => this.#session.once("Tracing.tracingComplete", resolve));
    await this.#session.send("Tracing.end");
    await complete;
    await this.#session.detach();
    return longestTask(this.#events);
  }
}

export function longestTask(events: readonly TraceEvent[]): LongestTask {
  const thread = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
  const mains = new Set(
    events.filter(({ name, args }) => name === "thread_name" && args?.name === MAIN_THREAD).map(thread),
  );
  const tasks = events.filter((event) => event.name === TASK && event.ph === "X" && mains.has(thread(event)));
  const longest = (times: number[]): number => times.reduce((most, us) => Math.max(most, us), 0) / 1000;
  const cpu = tasks.flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur]));
  return {
    clockMs: longest(tasks.map(({ dur = 0 }) => dur)),
    cpuMs: cpu.length > 0 ? longest(cpu) : null,
  };
}
