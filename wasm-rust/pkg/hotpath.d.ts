/* tslint:disable */
/* eslint-disable */

/**
 * Executes one add, given as word 0 of its record (side, type, time in force, flags) and its numbers.
 */
export function add(codes: number, id: number, price: number, size: number, owner: number): number;

/**
 * Executes one book.
 */
export function book(depth: number): number;

/**
 * Executes one cancel.
 */
export function cancel(id: number): number;

/**
 * How many words of commands there is room for.
 */
export function command_words(): number;

/**
 * Where the commands begin: a byte offset in memory.
 */
export function commands(): number;

/**
 * How many words of events there is room for, until the buffer grows.
 */
export function event_words(): number;

/**
 * Where the events begin: a byte offset in memory.
 */
export function events(): number;

/**
 * Executes one replace.
 */
export function replace(id: number, price: number, size: number): number;

/**
 * Makes room for so many command records. Views must be made again.
 */
export function reserve(command_records: number): void;

/**
 * Executes the first `words` words of the commands.
 */
export function submit(words: number): number;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly add: (a: number, b: number, c: number, d: number, e: number) => number;
    readonly book: (a: number) => number;
    readonly cancel: (a: number) => number;
    readonly command_words: () => number;
    readonly commands: () => number;
    readonly event_words: () => number;
    readonly events: () => number;
    readonly replace: (a: number, b: number, c: number) => number;
    readonly reserve: (a: number) => void;
    readonly submit: (a: number) => number;
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
