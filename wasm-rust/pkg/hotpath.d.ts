/* tslint:disable */
/* eslint-disable */

/**
 * A book, and the two buffers through which it is used.
 */
export class Engine {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Executes one add, given as word 0 of its record (side, type, time in force, flags) and its numbers.
     */
    add(codes: number, id: number, price: number, size: number, owner: number): number;
    /**
     * Executes one book.
     */
    book(depth: number): number;
    /**
     * Executes one cancel.
     */
    cancel(id: number): number;
    /**
     * How many words of commands there is room for.
     */
    command_words(): number;
    /**
     * Where the commands begin: a byte offset in memory.
     */
    commands(): number;
    /**
     * How many words of events there is room for, until the buffer grows.
     */
    event_words(): number;
    /**
     * Where the events begin: a byte offset in memory.
     */
    events(): number;
    /**
     * An engine with an empty book.
     */
    constructor();
    /**
     * Executes one replace.
     */
    replace(id: number, price: number, size: number): number;
    /**
     * Makes room for so many command records. Views must be made again.
     */
    reserve(command_records: number): void;
    /**
     * Executes the first `words` words of the commands.
     */
    submit(words: number): number;
}

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_engine_free: (a: number, b: number) => void;
    readonly engine_add: (a: number, b: number, c: number, d: number, e: number, f: number) => number;
    readonly engine_book: (a: number, b: number) => number;
    readonly engine_cancel: (a: number, b: number) => number;
    readonly engine_command_words: (a: number) => number;
    readonly engine_commands: (a: number) => number;
    readonly engine_event_words: (a: number) => number;
    readonly engine_events: (a: number) => number;
    readonly engine_new: () => number;
    readonly engine_replace: (a: number, b: number, c: number, d: number) => number;
    readonly engine_reserve: (a: number, b: number) => void;
    readonly engine_submit: (a: number, b: number) => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path?: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
