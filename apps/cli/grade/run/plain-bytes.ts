/**
 * Plain values as bytes and back, for the channel between the grader and a submission's process: null, undefined, booleans,
 * numbers, bigints, strings, arrays, objects (own enumerable properties; the class is lost), Map, Set and typed arrays,
 * which go as they lie in memory. All is little-endian.
 *
 * Reading is bounded, because the bytes may be a stranger's. What writing needs of the platform is taken when the module
 * loads, before a stranger's code runs in the same realm.
 */

const TYPED_ARRAYS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
] as const;

const NULL = 0;
const UNDEFINED = 1;
const FALSE = 2;
const TRUE = 3;
const NUMBER = 4;
const BIGINT = 5;
const STRING = 6;
const ARRAY = 7;
const OBJECT = 8;
const MAP = 9;
const SET = 10;
const TYPED = 11;

const MAX_DEPTH = 100;
const MAX_PARTS = 1_000_000;
/** Bytes of one value at most. */
export const MAX_BYTES = 2 ** 25;

const { isArray } = Array;
const { keys } = Object;
const Bytes = Uint8Array;
const View = DataView;
const Fault = TypeError;
const uncurried = Function.prototype.bind.bind(Function.prototype.call) as <This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
) => (that: This, ...args: Args) => Result;
const setFloat64 = uncurried(DataView.prototype.setFloat64);
const setUint32 = uncurried(DataView.prototype.setUint32);
const set = uncurried(Uint8Array.prototype.set);
const subarray = uncurried(Uint8Array.prototype.subarray);
const encodeInto = uncurried(TextEncoder.prototype.encodeInto);
const bigintText = uncurried(BigInt.prototype.toString);
const encoder = new TextEncoder();

/**
 * Writes a value from `begin` on into new bytes; those before it are left 0.
 *
 * @throws TypeError that says what can't be carried, as in "a function, which is no plain value"
 */
export function plainBytes(value: unknown, begin = 0): Uint8Array {
  const writer = new Writer(begin);
  writer.value(value, 0);
  return writer.written();
}

class Writer {
  #bytes = new Bytes(1024);
  #view = new View(this.#bytes.buffer);
  #at: number;
  #parts = 0;

  constructor(begin: number) {
    this.#at = begin;
  }

  written(): Uint8Array {
    return subarray(this.#bytes, 0, this.#at);
  }

  value(value: unknown, depth: number): void {
    if (depth > MAX_DEPTH) throw new Fault(`a value nested more than ${MAX_DEPTH} deep, or within itself`);
    if (++this.#parts > MAX_PARTS) throw new Fault("a value with more than a million parts");
    if (value === null) this.#byte(NULL);
    else if (value === undefined) this.#byte(UNDEFINED);
    else if (typeof value === "boolean") this.#byte(value ? TRUE : FALSE);
    else if (typeof value === "number") this.#number(value);
    else if (typeof value === "string") this.#tagged(STRING, value);
    else if (typeof value === "bigint") this.#tagged(BIGINT, bigintText(value));
    else if (typeof value === "object") this.#object(value, depth + 1);
    else throw new Fault(`a ${typeof value}, which is no plain value`);
  }

  #object(value: object, depth: number): void {
    if (isArray(value)) {
      this.#head(ARRAY, value.length);
      for (let index = 0; index < value.length; index++) this.value(value[index], depth);
    } else if (value instanceof Map) {
      this.#head(MAP, value.size);
      for (const [key, item] of value) {
        this.value(key, depth);
        this.value(item, depth);
      }
    } else if (value instanceof Set) {
      this.#head(SET, value.size);
      for (const item of value) this.value(item, depth);
    } else if (!this.#typed(value)) {
      const names = keys(value);
      this.#head(OBJECT, names.length);
      for (let index = 0; index < names.length; index++) {
        this.#text(names[index]);
        this.value((value as Record<string, unknown>)[names[index]], depth);
      }
    }
  }

  #typed(value: object): boolean {
    for (let index = 0; index < TYPED_ARRAYS.length; index++) {
      if (!(value instanceof TYPED_ARRAYS[index])) continue;
      const { buffer, byteOffset, byteLength } = value as Uint8Array;
      this.#byte(TYPED);
      this.#head(index, byteLength);
      this.#room(byteLength);
      set(this.#bytes, new Bytes(buffer, byteOffset, byteLength), this.#at);
      this.#at += byteLength;
      return true;
    }
    return false;
  }

  #number(value: number): void {
    this.#byte(NUMBER);
    this.#room(8);
    setFloat64(this.#view, this.#at, value, true);
    this.#at += 8;
  }

  #tagged(tag: number, text: string): void {
    this.#byte(tag);
    this.#text(text);
  }

  #text(text: string): void {
    // A character of a string is at most three bytes of UTF-8.
    this.#room(4 + text.length * 3);
    const { written } = encodeInto(encoder, text, subarray(this.#bytes, this.#at + 4));
    setUint32(this.#view, this.#at, written, true);
    this.#at += 4 + written;
  }

  #head(tag: number, count: number): void {
    this.#byte(tag);
    this.#room(4);
    setUint32(this.#view, this.#at, count, true);
    this.#at += 4;
  }

  #byte(byte: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = byte;
  }

  #room(more: number): void {
    const needed = this.#at + more;
    if (needed <= this.#bytes.length) return;
    if (needed > MAX_BYTES) throw new Fault(`a value larger than ${MAX_BYTES / 2 ** 20} MiB`);
    let length = this.#bytes.length;
    while (length < needed) length *= 2;
    const grown = new Bytes(length);
    set(grown, subarray(this.#bytes, 0, this.#at), 0);
    this.#bytes = grown;
    this.#view = new View(grown.buffer as ArrayBuffer);
  }
}

/** @throws TypeError where the bytes are not what `plainBytes` writes, to the last of them */
export function readPlainBytes(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #at = 0;
  #parts = 0;

  constructor(bytes: Uint8Array) {
    // Of a plain array of bytes: a slice of Node's own kind would be a view of the whole.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new TypeError("bytes after the value");
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH + 1) throw new TypeError("a value nested too deeply");
    if (++this.#parts > MAX_PARTS + 1) throw new TypeError("a value with too many parts");
    const tag = this.#bytes[this.#take(1)];
    switch (tag) {
      case NULL:
        return null;
      case UNDEFINED:
        return undefined;
      case FALSE:
        return false;
      case TRUE:
        return true;
      case NUMBER:
        return this.#view.getFloat64(this.#take(8), true);
      case BIGINT:
        return this.#bigint();
      case STRING:
        return this.#text();
      case TYPED:
        return this.#typed();
      default:
        return this.#several(tag, depth + 1);
    }
  }

  #several(tag: number, depth: number): unknown {
    const count = this.#count();
    if (tag === ARRAY) return this.#list(count, () => this.value(depth));
    if (tag === SET) return new Set(this.#list(count, () => this.value(depth)));
    if (tag === MAP) return new Map(this.#list(count, () => [this.value(depth), this.value(depth)]));
    // `fromEntries` defines: a key `__proto__` is a property like any other.
    if (tag === OBJECT) return Object.fromEntries(this.#list(count, () => [this.#text(), this.value(depth)]));
    throw new TypeError(`an unknown tag ${tag}`);
  }

  #list<Item>(count: number, next: () => Item): Item[] {
    const items: Item[] = [];
    // By its place: in the code's own realm `push` may be another by now.
    for (let index = 0; index < count; index++) items[index] = next();
    return items;
  }

  #typed(): unknown {
    const kind = this.#bytes[this.#take(1)];
    const length = this.#count();
    const begin = this.#take(length);
    if (kind >= TYPED_ARRAYS.length || length % TYPED_ARRAYS[kind].BYTES_PER_ELEMENT !== 0) {
      throw new TypeError("a typed array of no known kind");
    }
    return new TYPED_ARRAYS[kind](this.#bytes.slice(begin, begin + length).buffer as ArrayBuffer);
  }

  #bigint(): bigint {
    const text = this.#text();
    if (!/^-?\d{1,10000}$/.test(text)) throw new TypeError("a bigint that is none");
    return BigInt(text);
  }

  #text(): string {
    const length = this.#count();
    const begin = this.#take(length);
    return this.#decoder.decode(this.#bytes.subarray(begin, begin + length));
  }

  #count(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** @returns where what is taken begins */
  #take(length: number): number {
    const begin = this.#at;
    if (begin + length > this.#bytes.length) throw new TypeError("bytes that end too early");
    this.#at += length;
    return begin;
  }
}
