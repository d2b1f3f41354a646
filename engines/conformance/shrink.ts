/**
 * Commands that still fail, of which none can be left out, nor any of a command's keys: delta debugging (Zeller and
 * Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002), without its test of the parts alone.
 *
 * @param fails whether these commands, given to something fresh, fail; true for `commands` itself
 */
export function shrink(commands: readonly object[], fails: (commands: readonly object[]) => boolean): object[] {
  let shrunk = withoutSpareParts([...commands], fails);
  for (let i = 0; i < shrunk.length; i++) {
    for (const key of Object.keys(shrunk[i])) {
      const fewerKeys = Object.entries(shrunk[i]).filter(([each]) => each !== key);
      const candidate = shrunk.with(i, Object.fromEntries(fewerKeys));
      if (fails(candidate)) shrunk = candidate;
    }
  }
  return withoutSpareParts(shrunk, fails);
}

function withoutSpareParts(commands: object[], fails: (commands: readonly object[]) => boolean): object[] {
  let kept = commands;
  for (let part = Math.ceil(kept.length / 2); ; part = Math.ceil(part / 2)) {
    const before = kept.length;
    for (let from = 0; from < kept.length; ) {
      const candidate = kept.toSpliced(from, part);
      if (fails(candidate)) kept = candidate;
      else from += part;
    }
    if (part === 1 && kept.length === before) return kept;
  }
}
