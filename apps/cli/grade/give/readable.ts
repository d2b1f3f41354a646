/**
 * What strangers wrote, made fit to be shown: their code's messages, names and files can hold escape sequences, HTML,
 * Markdown and characters that turn the reading direction.
 */

const ESC = String.fromCharCode(0x1b);
const BELL = String.fromCharCode(0x07);
const CSI = String.fromCharCode(0x9b);
const ESCAPE_SEQUENCES = new RegExp(
  [
    `(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]`,
    `${ESC}\\][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\)?`,
    `${ESC}[ -/]*[0-~]`,
  ].join("|"),
  "g",
);
const CONTROLS = /[^\P{Cc}\n\t]/gu;
/** Zero-width and direction characters, separators of lines and paragraphs, tags, and halves of pairs. */
const UNSEEN = /\p{Cf}|[\u2028\u2029]|\u034f|\p{Cs}/gu;

/** The text without escape sequences, control characters but line feed and tab, and characters that nobody sees. */
export function readable(text: string, limit = 4_000): string {
  const shown = text
    .replaceAll("\r\n", "\n")
    .replaceAll(ESCAPE_SEQUENCES, "")
    .replaceAll(CONTROLS, "")
    .replaceAll(UNSEEN, "");
  return shown.length > limit ? `${shown.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…` : shown;
}

/** One line of Markdown that says the text and does nothing. Pairs of backticks stay: what is between them is code. */
export function markdownLine(text: string, limit?: number): string {
  return readable(text, limit)
    .replaceAll(/\s+/g, " ")
    .trim()
    .split(/(?<!`)(`[^`]+`)(?!`)/)
    .map((part, index) => (index % 2 === 1 ? part : escapedMarkdown(part)))
    .join("")
    .replace(/^(\s*)([-+=]|\d+(?=[.)]))/, (_, space, mark) =>
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    );
}

function escapedMarkdown(text: string): string {
  // Colons and dots only where they would make a link of an address.
  return text
    .replaceAll(/[\\`*_[\]<>|#~&$!@{}]/g, "\\$&")
    .replaceAll("://", "\\://")
    .replaceAll(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`);
}

/** A block of code in Markdown that nothing in the text can end. */
export function markdownCode(text: string, limit?: number): string {
  const shown = readable(text, limit);
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}text\n${shown}\n${fence}`;
}

/** The text for an HTML page, in an element or a quoted attribute. */
export function html(text: string | number, limit?: number): string {
  return readable(String(text), limit)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
