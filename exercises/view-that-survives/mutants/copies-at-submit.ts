// Caught by: reads without a copy
// Safe, and what the boundary was designed to avoid: a copy of all events, read or not.
export interface Core {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly eventsAddress: number;
  submit(): number;
}

export interface Reader {
  submit(): number;
  word(index: number): number | undefined;
  take(): Int32Array;
}

export function createReader(core: Core): Reader {
  let copy = new Int32Array(0);
  return {
    submit() {
      const words = core.submit();
      copy = new Int32Array(core.memory.buffer, core.eventsAddress, words).slice();
      return words;
    },
    word: (index) => copy[index],
    take: () => copy,
  };
}
