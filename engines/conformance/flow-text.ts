/**
 * Commands as the text that `replay` takes, one JSON object a line. What JSON can't say becomes what is invalid for the
 * same reason: NaN is written `null`, an infinite number `1e400` or `-1e400`.
 */
export function flowText(commands: readonly object[]): string {
  return commands.map((command) => `${valueText(command)}\n`).join("");
}

function valueText(value: unknown): string {
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const present = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${present.map(([key, each]) => `${JSON.stringify(key)}:${valueText(each)}`).join(",")}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "null";
  if (Object.is(value, -0)) return "-0";
  if (Number.isFinite(value)) return JSON.stringify(value);
  return value > 0 ? "1e400" : "-1e400";
}
