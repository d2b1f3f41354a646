import { describe, expect, test } from "vitest";
import { longestTask, type TraceEvent } from "./page-tasks.ts";

const thread = (pid: number, tid: number, name: string): TraceEvent => ({
  name: "thread_name",
  ph: "M",
  pid,
  tid,
  args: { name },
});
const task = (pid: number, tid: number, dur: number, tdur?: number): TraceEvent => ({
  name: "ThreadControllerImpl::RunTask",
  ph: "X",
  pid,
  tid,
  dur,
  ...(tdur !== undefined && { tdur }),
});

describe("the longest task of a trace", () => {
  test("is of main threads alone, by the clock and by the thread's own time", () => {
    const events = [
      task(1, 1, 400_000, 9000),
      task(1, 1, 31_000, 30_000),
      task(1, 2, 900_000, 890_000),
      thread(1, 1, "CrRendererMain"),
      thread(1, 2, "DedicatedWorker thread"),
    ];
    expect(longestTask(events)).toEqual({ clockMs: 400, cpuMs: 30 });
  });

  test("says nothing of CPU time where the system doesn't", () => {
    expect(longestTask([thread(1, 1, "CrRendererMain"), task(1, 1, 60_000)])).toEqual({ clockMs: 60, cpuMs: null });
  });
});
