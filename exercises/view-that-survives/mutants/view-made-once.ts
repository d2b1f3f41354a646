// Caught by: the memory grows, the events move, somebody else lets it grow, what was taken stays
// One view for ever: dead after the first growth.
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
  const view = new Int32Array(core.memory.buffer, core.eventsAddress);
  let words = 0;
  return {
    submit() {
      words = core.submit();
      return words;
    },
    word: (index) => (index < words ? view[index] : undefined),
    take: () => view.slice(0, words),
  };
}
