/** How long a shown value may be, characters. */
const SHOWN_LIMIT = 160;

/** A value as the learner would write it, cut where it is long. Works on anything that a call can give back. */
export function show(value: unknown, limit = SHOWN_LIMIT): string {
  const text = written(value, limit, 0);
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}

function written(value: unknown, limit: number, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value.length > limit ? `${value.slice(0, limit)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (depth > 4) return "…";
  const inner = (element: unknown): string => written(element, limit, depth + 1);
  if (Array.isArray(value)) return `[${joined(value, inner, limit)}]`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return `${value.constructor.name} [${joined(value as unknown as ArrayLike<unknown>, inner, limit)}]`;
  }
  if (value instanceof Map) {
    return `Map {${joined([...value], (entry) => `${inner(entry[0])} => ${inner(entry[1])}`, limit)}}`;
  }
  if (value instanceof Set) return `Set {${joined([...value], inner, limit)}}`;
  const entries = Object.entries(value);
  return `{${joined(entries, ([key, element]) => `${/^[\w$]+$/.test(key) ? key : JSON.stringify(key)}: ${inner(element)}`, limit)}}`;
}

function joined<T>(elements: ArrayLike<T>, write: (element: T) => string, limit: number): string {
  let text = "";
  for (let index = 0; index < elements.length; index++) {
    if (text.length > limit) return `${text}, … ${elements.length} in all`;
    text += `${index === 0 ? "" : ", "}${write(elements[index])}`;
  }
  return text;
}

/** A call as the learner would write it. */
export function showCall(name: string, ...args: readonly unknown[]): string {
  return `${name}(${args.map((argument) => show(argument)).join(", ")})`;
}

/** A number for a sentence: thousands apart, the same in every locale. */
export function showNumber(value: number): string {
  const [whole, fraction] = String(value).split(".");
  if (!/^-?\d+$/.test(whole)) return String(value);
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
}
