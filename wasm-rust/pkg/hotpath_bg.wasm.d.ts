/* tslint:disable */
/* eslint-disable */
export const memory: WebAssembly.Memory;
export const __wbg_engine_free: (a: number, b: number) => void;
export const engine_add: (a: number, b: number, c: number, d: number, e: number, f: number) => number;
export const engine_book: (a: number, b: number) => number;
export const engine_cancel: (a: number, b: number) => number;
export const engine_command_words: (a: number) => number;
export const engine_commands: (a: number) => number;
export const engine_event_words: (a: number) => number;
export const engine_events: (a: number) => number;
export const engine_new: () => number;
export const engine_replace: (a: number, b: number, c: number, d: number) => number;
export const engine_reserve: (a: number, b: number) => void;
export const engine_submit: (a: number, b: number) => number;
export const __wbindgen_externrefs: WebAssembly.Table;
export const __wbindgen_start: () => void;
