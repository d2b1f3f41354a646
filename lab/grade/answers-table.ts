import type { Table } from "./see.ts";

/** What a table can hold: the last rows are kept, since that is where an answer goes wrong. */
const MOST_ROWS = 20;
const MOST_CHARACTERS = 120;

/**
 * Commands, one a row, with the events that they must give and those that a book gave.
 *
 * @param expected for each command its events
 * @param answers for each command what the book gave, of whatever shape; `{ threw }` where it threw
 */
export function answersTable(
  title: string,
  commands: readonly object[],
  expected: readonly (readonly object[])[],
  answers: readonly unknown[],
): Table {
  const rows = commands.map((command, at) => [inShort(command), eventsText(expected[at]), eventsText(answers[at])]);
  return { kind: "table", title, columns: ["command", "the contract", "your book"], rows: rows.slice(-MOST_ROWS) };
}

function eventsText(events: unknown): string {
  if (Array.isArray(events)) return events.map(inShort).join("; ") || "no event";
  if (typeof events === "object" && events !== null && "threw" in events) return `an error: ${String(events.threw)}`;
  return "nothing";
}

/** A command or an event in few words: its own name, then each field. */
function inShort(record: unknown): string {
  if (typeof record !== "object" || record === null) return String(record);
  const fields = Object.entries(record).map(([name, value]) =>
    name === "op" || name === "event" ? value : `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`,
  );
  return fields.join(" ").slice(0, MOST_CHARACTERS);
}
