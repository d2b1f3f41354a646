import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/**
 * Reads a built file of an engine from the disk, for programs that run in Node.
 *
 * @param path from the project's root, with forward slashes
 * @throws Error that names the file, where it can't be read
 */
export async function readArtefact(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(`../${path}`, import.meta.url);
  try {
    return new Uint8Array(await readFile(url));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new Error(
      `The engine's built file ${fileURLToPath(url)} can't be read (${code}). Build it, or complete the checkout.`,
    );
  }
}
