/** A failing case as the end of an address: whoever opens it can run the case on their own code. */

export interface LinkedCase {
  slug: string;
  check: string;
  /** As the check wrote it, or as anybody did: the check must look before it uses it. */
  data: unknown;
}

const PREFIX = "#case=";
/** Addresses of more characters are cut by some programs. */
const MOST_CHARACTERS = 8_000;

/** @returns undefined where the case is too large for an address */
export function caseHash({ slug, check, data }: LinkedCase): string | undefined {
  const hash = `${PREFIX}${encodeURIComponent(JSON.stringify([slug, check, data]))}`;
  return hash.length > MOST_CHARACTERS ? undefined : hash;
}

/** @returns undefined where the hash tells of no case */
export function readCaseHash(hash: string): LinkedCase | undefined {
  if (!hash.startsWith(PREFIX) || hash.length > MOST_CHARACTERS) return undefined;
  try {
    const read: unknown = JSON.parse(decodeURIComponent(hash.slice(PREFIX.length)));
    if (!Array.isArray(read) || read.length !== 3) return undefined;
    const [slug, check, data] = read as unknown[];
    return typeof slug === "string" && typeof check === "string" ? { slug, check, data } : undefined;
  } catch {
    return undefined;
  }
}
