import { readable } from "./readable.ts";

/** A cell where it stands: `raw` is its bytes, one character each; `value` is what it says. */
export interface CsvCell {
  /** Offset of its first byte, the quote where it has one. */
  start: number;
  /** Offset behind its last byte. */
  end: number;
  value: string;
}

/** A file of cells that can be changed one by one, while every other byte stays. */
export interface CsvTable {
  bytes: Uint8Array;
  delimiter: "," | ";" | "\t";
  /** Every row of the file, a blank line too: that has one empty cell. */
  rows: readonly (readonly CsvCell[])[];
}

export interface CsvChange {
  /** From 0, as in `rows`. */
  row: number;
  column: number;
  value: string;
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const utf8 = new TextDecoder("utf-8", { fatal: true });
const windows = new TextDecoder("windows-1252");

/**
 * Finds the cells of a CSV file as RFC 4180 has them, in UTF-8 or an ASCII superset of one byte. The delimiter is the one
 * of comma, semicolon and tab that the first row has most of.
 *
 * @throws Error where it is UTF-16, or a quote is never closed; the message says what to do
 */
export function readCsv(bytes: Uint8Array): CsvTable {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new Error("it is UTF-16. Save it as CSV UTF-8.");
  }
  // One character a byte: what splits cells is ASCII, and no part of a longer UTF-8 character is.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const decode = decoderOf(bytes);
  const start = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  const delimiter = delimiterOf(text, start);
  const rows: CsvCell[][] = [];
  let at = start;
  while (at < text.length) {
    const row: CsvCell[] = [];
    for (;;) {
      const end = cellEnd(text, at, delimiter, rows.length + 1);
      row.push({ start: at, end, value: decode(unquoted(text.slice(at, end))) });
      at = end + 1;
      if (text[end] === delimiter) continue;
      if (text[end] === "\r" && text[end + 1] === "\n") at++;
      break;
    }
    rows.push(row);
  }
  return { bytes, delimiter, rows };
}

/** The table's bytes with these cells changed. A cell keeps its quotes, and gets them where its new value needs them. */
export function withCells(table: CsvTable, changes: readonly CsvChange[]): Uint8Array {
  const sorted = changes
    .map(({ row, column, value }) => ({ cell: table.rows[row][column], value }))
    .sort((one, other) => one.cell.start - other.cell.start);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { cell, value } of sorted) {
    parts.push(table.bytes.subarray(at, cell.start));
    const wasQuoted = table.bytes[cell.start] === 0x22 && cell.end > cell.start;
    parts.push(Buffer.from(wasQuoted ? quoted(value) : quotedIfNeeded(value, table.delimiter)));
    at = cell.end;
  }
  parts.push(table.bytes.subarray(at));
  return Buffer.concat(parts);
}

/** A new file, RFC 4180. Texts that a spreadsheet would take for a formula begin with an apostrophe; numbers stay numbers. */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
}

function cellText(value: string | number): string {
  if (typeof value === "number") return String(value);
  const shown = readable(value).replaceAll("\n", " ");
  // A dash alone is how systems write "none".
  return shown !== "-" && /^\s*[=+\-@]/.test(shown) ? quoted(`'${shown}`) : quotedIfNeeded(shown, ",");
}

function quotedIfNeeded(value: string, delimiter: string): string {
  return value.includes(delimiter) || /["\r\n]/.test(value) ? quoted(value) : value;
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

function cellEnd(text: string, start: number, delimiter: string, line: number): number {
  let at = start;
  if (text[at] === '"') {
    do {
      at = text.indexOf('"', at + 1);
      if (at < 0)
        throw new Error(`row ${line} has a quote that is never closed. Close it, or download the file again.`);
      at++;
    } while (text[at] === '"');
  }
  while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

function unquoted(raw: string): string {
  if (raw[0] !== '"') return raw;
  const close = raw.lastIndexOf('"');
  return raw.slice(1, close).replaceAll('""', '"') + raw.slice(close + 1);
}

function delimiterOf(text: string, start: number): CsvTable["delimiter"] {
  const count = new Map<string, number>();
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === "\n" || character === "\r") break;
    count.set(character, (count.get(character) ?? 0) + 1);
  }
  const many = (delimiter: string) => count.get(delimiter) ?? 0;
  if (many(";") > many(",") && many(";") >= many("\t")) return ";";
  return many("\t") > many(",") ? "\t" : ",";
}

/** Spreadsheets on Windows save in the system's code page where they aren't told otherwise. */
function decoderOf(bytes: Uint8Array): (raw: string) => string {
  let decoder = utf8;
  try {
    utf8.decode(bytes);
  } catch {
    decoder = windows;
  }
  return (raw) => decoder.decode(Buffer.from(raw, "latin1"));
}
