import type { EngineEvent } from "../contract/events.ts";
import textLines from "./cases/text-lines.json" with { type: "json" };

/** What a replay of some bytes writes. */
export interface TextCase {
  name: string;
  /** One after the other: text as it stands, an object as its JSON and a line feed, `{"$hex":"ff 0a"}` as those bytes. */
  input: readonly (string | object)[];
  /** Events, or lines as they stand where an event's text can't be had from a JSON file. */
  output: readonly (EngineEvent | string)[];
  /** The number of the line, from 1, that stops the replay; left out where it comes to its end. */
  stops?: number;
}

/** All cases of the text form. They need no more than level `core`. */
export const textCases = textLines.cases as unknown as readonly TextCase[];

/** What is given to the replay. */
export function inputBytes({ input }: TextCase): Uint8Array {
  const utf8 = new TextEncoder();
  const pieces = input.map((piece) => {
    if (typeof piece === "string") return utf8.encode(piece);
    if ("$hex" in piece) return Uint8Array.from(String(piece.$hex).split(" "), (byte) => Number.parseInt(byte, 16));
    return utf8.encode(`${JSON.stringify(piece)}\n`);
  });
  const bytes = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** What the replay writes, each event as `JSON.stringify` would, and a line feed. */
export function outputText({ output }: TextCase): string {
  return output.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
}
