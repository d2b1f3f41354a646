/** A core's side of the boundary. */
export interface Core {
  /** A `WebAssembly.Memory`. Its buffer is detached when it grows, and `buffer` is then a new one. */
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Where the events lie, bytes; each `submit` may change it. */
  readonly eventsAddress: number;
  /** Executes what is pending. @returns the words of its events */
  submit(): number;
}

export interface Reader {
  submit(): number;
  /** Word `index` of the last events, read from the core's memory; undefined where there is none. */
  word(index: number): number | undefined;
  /** The last events, to keep. */
  take(): Int32Array;
}

/** Reads through one view, made once. It is fast, and right until the memory grows. */
export function createReader(core: Core): Reader {
  const view = new Int32Array(core.memory.buffer, core.eventsAddress);
  let words = 0;
  return {
    submit() {
      words = core.submit();
      return words;
    },
    word: (index) => view[index],
    take: () => view.subarray(0, words),
  };
}
