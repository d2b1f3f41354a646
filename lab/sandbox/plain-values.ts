/**
 * Plain values as JSON and back, without loss: beside what JSON has, also undefined, −0, NaN and the infinities, bigint,
 * Map, Set and typed arrays. An object's own enumerable properties are kept, its class is not.
 *
 * A value that JSON has not is written as `{"$": what, "of": its parts}`; an object that has a key `$` itself, as one of
 * kind `object`.
 */

const TYPED_ARRAYS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const MAX_DEPTH = 100;
const MAX_PARTS = 1_000_000;

/** @throws TypeError that says what can't be carried, for a reader */
export function encodePlain(value: unknown): Json {
  return new Encoder().encode(value, 0);
}

/** @throws TypeError where it isn't what `encodePlain` writes */
export function decodePlain(json: unknown): unknown {
  return decode(json, 0);
}

class Encoder {
  #parts = 0;

  encode(value: unknown, depth: number): Json {
    if (depth > MAX_DEPTH) throw new TypeError(`a value nested more than ${MAX_DEPTH} deep, or within itself`);
    if (++this.#parts > MAX_PARTS) throw new TypeError("a value with more than a million parts");
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0) ? value : tagged("number", numberText(value));
      case "undefined":
        return tagged("undefined", null);
      case "bigint":
        return tagged("bigint", value.toString());
      case "object":
        return value === null ? null : this.#object(value, depth + 1);
      default:
        throw new TypeError(`a ${typeof value}, which is no plain value`);
    }
  }

  #object(value: object, depth: number): Json {
    if (Array.isArray(value)) return Array.from(value, (item) => this.encode(item, depth));
    if (value instanceof Map) {
      return tagged(
        "Map",
        Array.from(value, ([key, item]) => [this.encode(key, depth), this.encode(item, depth)]),
      );
    }
    if (value instanceof Set)
      return tagged(
        "Set",
        Array.from(value, (item) => this.encode(item, depth)),
      );
    for (const [name, TypedArray] of Object.entries(TYPED_ARRAYS)) {
      if (value instanceof TypedArray)
        return tagged(
          name,
          Array.from(value, (item) => this.encode(item, depth)),
        );
    }
    const entries: [string, Json][] = Object.entries(value).map(([key, item]) => [key, this.encode(item, depth)]);
    return entries.some(([key]) => key === "$") ? tagged("object", entries) : Object.fromEntries(entries);
  }
}

function tagged(kind: string, of: Json): Json {
  return { $: kind, of };
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function decode(json: unknown, depth: number): unknown {
  if (depth > 3 * MAX_DEPTH) throw new TypeError("a value nested too deeply");
  if (typeof json !== "object" || json === null) {
    if (json === undefined || typeof json === "function" || typeof json === "symbol") throw new TypeError("not JSON");
    return json;
  }
  if (Array.isArray(json)) return json.map((item) => decode(item, depth + 1));
  const fields = json as Record<string, unknown>;
  if (Object.hasOwn(fields, "$")) return decodeTagged(fields.$, fields.of, depth + 1);
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, decode(item, depth + 1)]));
}

function decodeTagged(kind: unknown, of: unknown, depth: number): unknown {
  const parts = () => {
    if (!Array.isArray(of)) throw new TypeError(`a ${kind} without its parts`);
    return of.map((item) => decode(item, depth));
  };
  if (kind === "undefined") return undefined;
  if (kind === "number" && typeof of === "string") return Number(of);
  if (kind === "bigint" && typeof of === "string" && /^-?\d{1,10000}$/.test(of)) return BigInt(of);
  if (kind === "Map") return new Map(parts() as [unknown, unknown][]);
  if (kind === "Set") return new Set(parts());
  if (kind === "object") return Object.fromEntries(parts() as [string, unknown][]);
  if (typeof kind === "string" && Object.hasOwn(TYPED_ARRAYS, kind)) {
    return TYPED_ARRAYS[kind as keyof typeof TYPED_ARRAYS].from(parts() as number[]);
  }
  throw new TypeError(`a value of unknown kind ${String(kind).slice(0, 30)}`);
}
