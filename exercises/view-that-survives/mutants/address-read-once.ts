// Caught by: the events move
// Renews the view, and remembers the place.
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
  let view = new Int32Array(core.memory.buffer);
  let words = 0;

  /** A view of the whole memory as it is now. A new one is made only where the old one is dead: comparing is cheap. */
  const memory = (): Int32Array => {
    if (view.buffer !== core.memory.buffer) view = new Int32Array(core.memory.buffer);
    return view;
  };
  const first = core.eventsAddress / Int32Array.BYTES_PER_ELEMENT;
  const firstWord = (): number => first;

  return {
    submit() {
      words = core.submit();
      return words;
    },
    word: (index) => (index < words ? memory()[firstWord() + index] : undefined),
    // `slice` copies, `subarray` would give a view that dies with the memory.
    take: () => memory().slice(firstWord(), firstWord() + words),
  };
}
