// Caught by: somebody else lets it grow
// A new view after each submit: but others let the memory grow, too.
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
  let view = new Int32Array(0);
  return {
    submit() {
      const words = core.submit();
      view = new Int32Array(core.memory.buffer, core.eventsAddress, words);
      return words;
    },
    word: (index) => view[index],
    take: () => view.slice(),
  };
}
