import type { FromWorker } from "./protocol.ts";

export type LogMessage = Extract<FromWorker, { kind: "log" }>;

/** Lines of a run that are shown. */
export const MAX_LINES = 200;
/** Characters of a line. */
export const MAX_LINE_LENGTH = 1000;

const LEVELS = { log: "log", info: "log", debug: "log", warn: "warn", error: "error" } as const;

/** The console that a reader's code sees: it keeps the first lines, and says when it keeps no more. */
export class BoundedConsole {
  /** Whether lines are kept; of several instances of one strategy, one is heard. */
  heard = true;
  readonly #placeOf: () => { line: number; file?: string } | undefined;
  #pending: LogMessage[] = [];
  #lines = 0;

  /** @param placeOf the line of the reader's code that is running, and its file where that is not the first */
  constructor(placeOf: () => { line: number; file?: string } | undefined) {
    this.#placeOf = placeOf;
  }

  /** What to put in the place of the global `console`. */
  methods(): Record<string, (...values: unknown[]) => void> {
    const methods: Record<string, (...values: unknown[]) => void> = {};
    for (const name of ["assert", "count", "dir", "group", "groupEnd", "table", "time", "timeEnd", "trace"]) {
      methods[name] = () => {};
    }
    for (const [name, level] of Object.entries(LEVELS)) methods[name] = (...values) => this.#write(level, values);
    return methods;
  }

  /** The lines since the last call. */
  take(): LogMessage[] {
    const pending = this.#pending;
    this.#pending = [];
    return pending;
  }

  #write(level: LogMessage["level"], values: readonly unknown[]): void {
    if (!this.heard || this.#lines > MAX_LINES) return;
    if (this.#lines++ === MAX_LINES) {
      this.#pending.push({ kind: "log", level: "warn", text: `Only the first ${MAX_LINES} lines are shown.` });
      return;
    }
    const message: LogMessage = { kind: "log", level, text: lineText(values) };
    const place = this.#placeOf();
    if (place !== undefined) message.line = place.line;
    if (place?.file !== undefined) message.file = place.file;
    this.#pending.push(message);
  }
}

function lineText(values: readonly unknown[]): string {
  let text = "";
  for (const value of values) {
    if (text.length > MAX_LINE_LENGTH) break;
    text +=
      (text === "" ? "" : " ") +
      (typeof value === "string" ? value.slice(0, MAX_LINE_LENGTH + 1) : valueText(value, 0));
  }
  return text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH)} …` : text;
}

/** A value as a reader would write it, cut short; a getter that throws is shown so. */
function valueText(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, MAX_LINE_LENGTH));
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (depth > 2) return "…";
  try {
    return objectText(value, depth);
  } catch {
    return "an object that can't be shown";
  }
}

function objectText(value: object, depth: number): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = Array.prototype.slice.call(value, 0, 20).map((item: unknown) => valueText(item, depth + 1));
    const length = (value as ArrayLike<unknown>).length;
    return `[${items.join(", ")}${length > 20 ? `, … ${length} in all` : ""}]`;
  }
  if (value instanceof Map || value instanceof Set) {
    const name = value instanceof Map ? "Map" : "Set";
    const items = [...value].slice(0, 20).map((item) => valueText(item, depth + 1));
    return `${name}(${value.size}) {${items.join(", ")}}`;
  }
  const fields = Object.keys(value)
    .slice(0, 20)
    .map((key) => `${key}: ${valueText((value as Record<string, unknown>)[key], depth + 1)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
