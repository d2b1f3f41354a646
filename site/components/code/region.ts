/** A stretch of a file, between `// #region name` and `// #endregion name`. */
export interface Region {
  /** Without its indentation and without markers of regions inside it. */
  code: string;
  /** Of its first and last line in the file, from 1, the markers left out. */
  firstLine: number;
  lastLine: number;
}

const MARKER = /^\s*(?:\/\/|#|\(\*|\/\*)\s*#(region|endregion)\s+([a-z0-9-]+)\s*(?:\*\)|\*\/)?\s*$/;

/**
 * Finds a region of a file.
 *
 * @param file named in the error
 * @throws Error where the file has no such region, or has it twice, or doesn't end it
 */
export function readRegion(text: string, name: string, file: string): Region {
  const lines = text.split(/\r?\n/);
  const markers = lines.map((line) => MARKER.exec(line));
  const of = (kind: string): number[] =>
    markers.flatMap((found, index) => (found?.[1] === kind && found[2] === name ? [index] : []));
  const [starts, ends] = [of("region"), of("endregion")];
  if (starts.length === 0) {
    const others = markers.flatMap((found) => (found?.[1] === "region" ? [found[2]] : []));
    const has = others.length > 0 ? `It has: ${others.join(", ")}.` : "It has none.";
    throw new Error(`${file} has no region "${name}". ${has} Put "// #region ${name}" before the lines to show.`);
  }
  if (starts.length > 1 || ends.length !== 1 || ends[0] < starts[0]) {
    throw new Error(`${file}: begin region "${name}" once and end it once, with "// #endregion ${name}".`);
  }
  const [start, end] = [starts[0] + 1, ends[0]];
  const shown = lines.slice(start, end).filter((_, index) => markers[start + index] === null);
  if (shown.every((line) => line.trim() === "")) throw new Error(`${file}: the region "${name}" is empty.`);
  return { code: dedent(shown).join("\n"), firstLine: start + 1, lastLine: end };
}

function dedent(lines: string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent));
}
