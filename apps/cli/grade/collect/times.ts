import { readCsv } from "../give/csv.ts";
import { alike } from "../give/gradebook-form.ts";
import { readable } from "../give/readable.ts";

/** When files were handed in, by their source, ISO 8601. */
export type Times = ReadonlyMap<string, string>;

/**
 * Reads when files were handed in: a CSV with the columns `source` (as the listing shows it) and `at` (ISO 8601 with its
 * offset). It is the instructor's word, where a folder has lost the system's.
 *
 * @throws Error saying what is wrong with it and what to do
 */
export function readTimes(bytes: Uint8Array): Times {
  const { rows } = readCsv(bytes);
  const headers = (rows[0] ?? []).map(({ value }) => alike(value));
  const [source, at] = [headers.indexOf("source"), headers.indexOf("at")];
  if (source < 0 || at < 0) throw new Error('its header has no "source" and "at". Write them as its first row.');
  const times = new Map<string, string>();
  for (const [index, row] of rows.entries()) {
    const file = row[source]?.value.trim() ?? "";
    if (index === 0 || file === "") continue;
    const time = row[at]?.value.trim() ?? "";
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(time) || Number.isNaN(Date.parse(time))) {
      throw new Error(
        `row ${index + 1}: "${readable(time, 40)}" is no time with its offset. Write it as 2026-12-01T23:59:00+01:00.`,
      );
    }
    if (times.has(file)) throw new Error(`row ${index + 1}: "${readable(file, 200)}" stands there twice. Keep one.`);
    times.set(file, new Date(time).toISOString());
  }
  return times;
}
