/** A place in a file, both from 1. */
export interface Place {
  line: number;
  column: number;
}

/** A place in one of several files. */
export interface PlaceInFile extends Place {
  /** Of the file, as it was given. */
  address: string;
}

/**
 * Where in a reader's code an error came from: the innermost frame of its stack that is in one of the given files.
 * Chromium writes `at name (address:line:column)`, Firefox `name@address:line:column`.
 *
 * @param error anything that was thrown; it may be hostile
 * @param addresses of the reader's files
 */
export function placeOf(error: unknown, addresses: readonly string[]): PlaceInFile | undefined {
  const stack = textOf(error, "stack");
  if (stack === undefined) return undefined;
  for (const line of stack.slice(0, 20_000).split("\n")) {
    for (const address of addresses) {
      const at = line.indexOf(address);
      if (at === -1) continue;
      const place = /^:(\d{1,7}):(\d{1,7})/.exec(line.slice(at + address.length));
      if (place !== null) return { address, line: Number(place[1]), column: Number(place[2]) };
    }
  }
  return undefined;
}

/** What was thrown, for a reader: name and message of an error, the value itself of anything else. */
export function thrownText(error: unknown): string {
  if (typeof error !== "object" || error === null) return `Thrown: ${primitiveText(error)}`.slice(0, 500);
  const name = textOf(error, "name") ?? "";
  const message = textOf(error, "message") ?? "";
  const text = name !== "" && message !== "" ? `${name}: ${message}` : name + message;
  return (text === "" ? "Thrown: an object that is no error" : text).slice(0, 500);
}

function primitiveText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "function" ? "a function" : String(value);
}

/** A property that is a string, of an object whose getters may throw. */
function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    const text: unknown = (value as Record<string, unknown>)[key];
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}
