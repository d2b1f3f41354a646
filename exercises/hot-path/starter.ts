/** What a sampling profiler wrote: who called whom, outermost first, and how often it was seen so. */
export interface Sample {
  stack: string[];
  count: number;
}

/** Samples in which each function was the one that ran. */
export function selfTime(samples: Sample[]): Record<string, number> {
  const self: Record<string, number> = {};
  for (const { stack, count } of samples) self[stack[0]] = count;
  return self;
}

/** Samples in which each function stood anywhere in the stack. */
export function totalTime(samples: Sample[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const { stack, count } of samples) {
    for (const name of stack) total[name] = (total[name] ?? 0) + count;
  }
  return total;
}

/** The path on which most of the time goes, outermost first. */
export function hotPath(samples: Sample[]): string[] {
  const hottest = samples.toSorted((a, b) => b.count - a.count)[0];
  return hottest.stack;
}

/** How many times as fast the program would be if the function, with all that it calls, took no time. */
export function bestSpeedUp(samples: Sample[], name: string): number {
  return totalTime(samples)[name];
}
