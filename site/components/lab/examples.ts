/** The strategies of `lab/market/examples`, loaded when one is chosen. */
const texts = import.meta.glob(["/lab/market/examples/*.ts", "!**/*.test.ts"], {
  query: "?raw",
  import: "default",
}) as Record<string, () => Promise<string>>;

/** @param name of its file, without the ending @returns its text, with LF line ends @throws Error where there is none */
export async function exampleText(name: string): Promise<string> {
  const text = await texts[`/lab/market/examples/${name}.ts`]?.();
  if (text === undefined) throw new Error(`There is no example named ${name}.`);
  return text.replaceAll("\r\n", "\n");
}
