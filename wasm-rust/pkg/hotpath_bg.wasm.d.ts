/* tslint:disable */
/* eslint-disable */
export const memory: WebAssembly.Memory;
export const add: (a: number, b: number, c: number, d: number, e: number) => number;
export const book: (a: number) => number;
export const cancel: (a: number) => number;
export const command_words: () => number;
export const commands: () => number;
export const event_words: () => number;
export const events: () => number;
export const replace: (a: number, b: number, c: number) => number;
export const reserve: (a: number) => void;
export const submit: (a: number) => number;
export const __wbindgen_externrefs: WebAssembly.Table;
export const __wbindgen_start: () => void;
