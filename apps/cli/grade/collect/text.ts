/**
 * The text of a file from a stranger: UTF-8, or UTF-16 where it begins with its mark, as some shells write it.
 *
 * @throws Error whose message goes behind "it"
 */
export function textOf(bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (text.includes("\0")) throw new Error("is no text. Ask for the file alone, as it is saved by an editor.");
  return text;
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  try {
    if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le", { fatal: true }).decode(bytes);
    if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be", { fatal: true }).decode(bytes);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error("is not UTF-8. Ask for it saved as UTF-8.");
  }
}
