/** Names that Windows keeps for devices, with and without an ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * For each key a file's name that every system takes, in the keys' order: whatever a student is called, it stays in its folder and is
 * nobody else's.
 */
export function fileNames(keys: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const key of keys) {
    const plain = key
      .normalize("NFC")
      .replaceAll(/[^\p{L}\p{N}._@-]+/gu, "_")
      .replace(/^[._]+/, "")
      .slice(0, 60)
      .replace(/[.]+$/, "");
    const base = plain === "" || RESERVED.test(plain) ? `student-${plain}` : plain;
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${base}-${count}`;
    taken.add(name.toLowerCase());
    names.set(key, name);
  }
  return names;
}
