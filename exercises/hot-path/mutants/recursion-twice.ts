// Caught by: total time counts a recursion once, what it is worth
// A function that calls itself is counted once for each of its frames: more time than there was.
export interface Sample {
  stack: string[];
  count: number;
}

export function selfTime(samples: Sample[]): Record<string, number> {
  return counted(samples, (stack) => stack.slice(-1));
}

export function totalTime(samples: Sample[]): Record<string, number> {
  return counted(samples, (stack) => stack);
}

export function hotPath(samples: Sample[]): string[] {
  const path: string[] = [];
  let here = samples;
  for (;;) {
    const depth = path.length;
    const ended = sum(here.filter(({ stack }) => stack.length === depth));
    const deeper = here.filter(({ stack }) => stack.length > depth);
    const callees = Object.entries(counted(deeper, (stack) => [stack[depth]]));
    callees.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    if (callees.length === 0 || ended >= callees[0][1]) return path;
    const [name] = callees[0];
    path.push(name);
    here = deeper.filter(({ stack }) => stack[depth] === name);
  }
}

export function bestSpeedUp(samples: Sample[], name: string): number {
  const all = sum(samples);
  return all / (all - (totalTime(samples)[name] ?? 0));
}

/** The samples' counts, added to each of the names that a stack gives. */
function counted(samples: Sample[], namesOf: (stack: string[]) => Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { stack, count } of samples) {
    for (const name of namesOf(stack)) counts[name] = (counts[name] ?? 0) + count;
  }
  return counts;
}

function sum(samples: Sample[]): number {
  return samples.reduce((total, { count }) => total + count, 0);
}
