/* @ts-self-types="./hotpath.d.ts" */

/**
 * Executes one add, given as word 0 of its record (side, type, time in force, flags) and its numbers.
 * @param {number} codes
 * @param {number} id
 * @param {number} price
 * @param {number} size
 * @param {number} owner
 * @returns {number}
 */
export function add(codes, id, price, size, owner) {
    const ret = wasm.add(codes, id, price, size, owner);
    return ret;
}

/**
 * Executes one book.
 * @param {number} depth
 * @returns {number}
 */
export function book(depth) {
    const ret = wasm.book(depth);
    return ret;
}

/**
 * Executes one cancel.
 * @param {number} id
 * @returns {number}
 */
export function cancel(id) {
    const ret = wasm.cancel(id);
    return ret;
}

/**
 * How many words of commands there is room for.
 * @returns {number}
 */
export function command_words() {
    const ret = wasm.command_words();
    return ret >>> 0;
}

/**
 * Where the commands begin: a byte offset in memory.
 * @returns {number}
 */
export function commands() {
    const ret = wasm.commands();
    return ret >>> 0;
}

/**
 * How many words of events there is room for, until the buffer grows.
 * @returns {number}
 */
export function event_words() {
    const ret = wasm.event_words();
    return ret >>> 0;
}

/**
 * Where the events begin: a byte offset in memory.
 * @returns {number}
 */
export function events() {
    const ret = wasm.events();
    return ret >>> 0;
}

/**
 * Executes one replace.
 * @param {number} id
 * @param {number} price
 * @param {number} size
 * @returns {number}
 */
export function replace(id, price, size) {
    const ret = wasm.replace(id, price, size);
    return ret;
}

/**
 * Makes room for so many command records. Views must be made again.
 * @param {number} command_records
 */
export function reserve(command_records) {
    wasm.reserve(command_records);
}

/**
 * Executes the first `words` words of the commands.
 * @param {number} words
 * @returns {number}
 */
export function submit(words) {
    const ret = wasm.submit(words);
    return ret;
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbindgen_init_externref_table: function() {
            const table = wasm.__wbindgen_externrefs;
            table.set(0, undefined);
            table.set(1024, undefined);
            table.set(1025, null);
            table.set(1026, true);
            table.set(1027, false);
        },
    };
    return {
        __proto__: null,
        "./hotpath_bg.js": import0,
    };
}

let wasmModule, wasmInstance, wasm;
function __wbg_finalize_init(instance, module) {
    wasmInstance = instance;
    wasm = instance.exports;
    wasmModule = module;
    wasm.__wbindgen_start();
    return wasm;
}

async function __wbg_load(module, imports) {
    if (typeof Response === 'function' && module instanceof Response) {
        if (!module.ok) {
            throw new Error(`failed to fetch Wasm: ${module.status} ${module.statusText} fetching '${module.url}'`);
        }

        if (typeof WebAssembly.instantiateStreaming === 'function') {
            try {
                return await WebAssembly.instantiateStreaming(module, imports);
            } catch (e) {
                const validResponse = expectedResponseType(module.type);

                if (validResponse && module.headers.get('Content-Type') !== 'application/wasm') {
                    console.warn("`WebAssembly.instantiateStreaming` failed because your server does not serve Wasm with `application/wasm` MIME type. Falling back to `WebAssembly.instantiate` which is slower. Original error:\n", e);

                } else { throw e; }
            }
        }

        const bytes = await module.arrayBuffer();
        return await WebAssembly.instantiate(bytes, imports);
    } else {
        const instance = await WebAssembly.instantiate(module, imports);

        if (instance instanceof WebAssembly.Instance) {
            return { instance, module };
        } else {
            return instance;
        }
    }

    function expectedResponseType(type) {
        switch (type) {
            case 'basic': case 'cors': case 'default': return true;
        }
        return false;
    }
}

function initSync(module) {
    if (wasm !== undefined) return wasm;


    if (module !== undefined) {
        if (Object.getPrototypeOf(module) === Object.prototype) {
            ({module} = module)
        } else {
            console.warn('using deprecated parameters for `initSync()`; pass a single object instead')
        }
    }

    const imports = __wbg_get_imports();
    if (!(module instanceof WebAssembly.Module)) {
        module = new WebAssembly.Module(module);
    }
    const instance = new WebAssembly.Instance(module, imports);
    return __wbg_finalize_init(instance, module);
}

let __wbg_init_promise;
async function __wbg_init(module_or_path) {
    if (wasm !== undefined) return wasm;
    if (__wbg_init_promise === undefined) {
        __wbg_init_promise = __wbg_init_once(module_or_path);
        __wbg_init_promise.catch(() => { __wbg_init_promise = undefined; });
    }
    return __wbg_init_promise;
}

async function __wbg_init_once(module_or_path) {

    if (module_or_path !== undefined) {
        if (Object.getPrototypeOf(module_or_path) === Object.prototype) {
            ({module_or_path} = module_or_path)
        } else {
            console.warn('using deprecated parameters for the initialization function; pass a single object instead')
        }
    }

    if (module_or_path === undefined) {
        module_or_path = new URL('hotpath_bg.wasm', import.meta.url);
    }
    const imports = __wbg_get_imports();

    if (typeof module_or_path === 'string' || (typeof Request === 'function' && module_or_path instanceof Request) || (typeof URL === 'function' && module_or_path instanceof URL)) {
        module_or_path = fetch(module_or_path);
    }

    const { instance, module } = await __wbg_load(await module_or_path, imports);

    return __wbg_finalize_init(instance, module);
}

export { initSync, __wbg_init as default };
