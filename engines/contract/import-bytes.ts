/**
 * Imports a module from its bytes, which have no address of their own. Node takes no blob's address, and a reader's sandbox takes no
 * other.
 *
 * @throws what the module throws as it begins, or SyntaxError where it is none
 */
export async function importBytes(bytes: Uint8Array<ArrayBuffer>): Promise<Record<string, unknown>> {
  const blob = new Blob([bytes], { type: "text/javascript" });
  if (typeof document === "undefined" && typeof importScripts === "undefined") {
    const text = await blob.text();
    return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`);
  }
  const address = URL.createObjectURL(blob);
  try {
    return await import(/* @vite-ignore */ address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
