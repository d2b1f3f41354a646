/**
 * Modules that come as text or bytes and have no address of their own. What this takes of the platform it takes as it is loaded: a
 * reader's sandbox takes it away before the reader's code runs.
 */

const ModuleBlob = globalThis.Blob;
const createAddress = URL.createObjectURL.bind(URL);
/** Node imports no blob's address; a sandbox's policy lets in no other. */
const { process } = globalThis as { process?: { versions?: { node?: string } } };
const isNode = process?.versions?.node !== undefined;

/** An address that a module can be imported from, in this realm: the same text again may be the same module, or another. */
export function moduleAddress(text: string): string {
  if (isNode) return `data:text/javascript,${encodeURIComponent(text)}`;
  return createAddress(new ModuleBlob([text], { type: "text/javascript" }));
}

/**
 * Imports a module from its bytes.
 *
 * @throws what the module throws as it begins, or SyntaxError where it is none
 */
export function importBytes(bytes: Uint8Array<ArrayBuffer>): Promise<Record<string, unknown>> {
  return import(/* @vite-ignore */ moduleAddress(new TextDecoder().decode(bytes)));
}
