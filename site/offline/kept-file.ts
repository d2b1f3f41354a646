/** A file of the built site, as the service worker knows it. */
export interface KeptFile {
  /** From the site's root: `a/index.html`. */
  path: string;
  /** Of its content, so that what has not changed is not loaded again. */
  revision: string;
  /** Kept when a page first loads one of its kind, and not before: they are large, and not every reader needs them. */
  late?: "editor" | "python";
}

/** The page that stands for every address that has none. */
export const NOT_FOUND = "404.html";

/** The name of the `<meta>` in each page's head that holds the page's own revision. */
export const REVISION_META = "hotpath-revision";

/**
 * The file that an address of the site gives.
 *
 * @param scope the site's root, with a slash at the end
 * @returns its path, or undefined where the address lies elsewhere
 */
export function pathOf(address: string, scope: string): string | undefined {
  const { origin, pathname } = new URL(address);
  const root = new URL(scope);
  if (origin !== root.origin || !pathname.startsWith(root.pathname)) return undefined;
  const path = decodeURI(pathname.slice(root.pathname.length));
  if (path === "" || path.endsWith("/")) return `${path}index.html`;
  return /\.[^/]+$/.test(path) ? path : `${path}/index.html`;
}
