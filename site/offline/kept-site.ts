import { isIsolated } from "./isolation.ts";
import { type KeptFile, NOT_FOUND, pathOf } from "./kept-file.ts";

/** Files loaded at the same time. */
const AT_ONCE = 6;
/** Where the build puts files whose names change with their content. */
const IMMUTABLE = "_astro/";

/** One version of the site, in the browser's cache. */
export class KeptSite {
  readonly #scope: string;
  readonly #files: ReadonlyMap<string, KeptFile>;
  #hostIsolates: Promise<boolean | undefined> | undefined;

  /** @param scope the site's root, with a slash at the end */
  constructor(scope: string, files: readonly KeptFile[]) {
    this.#scope = scope;
    this.#files = new Map(files.map((file) => [file.path, file]));
  }

  isImmutable(path: string): boolean {
    return path.startsWith(IMMUTABLE) && this.#files.has(path);
  }

  /** The revision of the page at an address of the site. */
  revisionOf(address: string): string | undefined {
    const path = pathOf(address, this.#scope) ?? NOT_FOUND;
    return (this.#files.get(path) ?? this.#files.get(NOT_FOUND))?.revision;
  }

  async kept(path: string): Promise<Response | undefined> {
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    return (await this.#cache()).match(this.#key(file));
  }

  /** The page for an address that the site doesn't have. */
  async keptNotFound(): Promise<Response | undefined> {
    const page = await this.kept(NOT_FOUND);
    return page && new Response(page.body, { status: 404, headers: page.headers });
  }

  /** Keeps what is not kept yet, but for what is late. @throws Error where something can't be loaded or kept */
  async keepAll(): Promise<void> {
    const wanted = [...this.#files.values()].filter(({ late }) => !late);
    await this.#keep(wanted);
  }

  /** Keeps all late files of a kind when one is kept or was loaded by a page: the editor is of no use without its parts. */
  async keepLate(loaded: readonly string[]): Promise<void> {
    const late = [...this.#files.values()].filter((file) => file.late);
    const paths = new Set(loaded.map((address) => pathOf(address, this.#scope)));
    const keys = new Set((await (await this.#cache()).keys()).map(({ url }) => url));
    const isThere = (file: KeptFile) => paths.has(file.path) || keys.has(this.#key(file));
    const kinds = new Set(late.filter(isThere).map((file) => file.late));
    await this.#keep(late.filter((file) => kinds.has(file.late)));
  }

  async put(path: string, response: Response): Promise<void> {
    const file = this.#files.get(path);
    if (file !== undefined) await (await this.#cache()).put(this.#key(file), response);
  }

  /** Drops what belongs to other versions. */
  async dropOthers(): Promise<void> {
    const cache = await this.#cache();
    const keys = new Set([...this.#files.values()].map((file) => this.#key(file)));
    const others = (await cache.keys()).filter(({ url }) => !keys.has(url));
    await Promise.all(others.map((request) => cache.delete(request)));
  }

  /**
   * Whether the host sends the isolating headers itself. Another program on the same port some day, as on a developer's
   * machine, then keeps its pages as they are.
   */
  async hostIsolates(): Promise<boolean> {
    this.#hostIsolates ??= this.kept("index.html").then((page) => page && isIsolated(page));
    const known = await this.#hostIsolates;
    if (known === undefined) this.#hostIsolates = undefined;
    return known ?? false;
  }

  async #keep(files: readonly KeptFile[]): Promise<void> {
    const cache = await this.#cache();
    const there = new Set((await cache.keys()).map(({ url }) => url));
    const missing = files.filter((file) => !there.has(this.#key(file)));
    const loadNext = async (): Promise<void> => {
      for (let file = missing.pop(); file !== undefined; file = missing.pop()) {
        const response = await fetch(this.#address(file), { cache: "no-cache" });
        if (!response.ok) throw new Error(`${file.path}: the server answered ${response.status}`);
        await cache.put(this.#key(file), withoutRedirect(response));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, loadNext));
  }

  /** Of a name that no other site of the same origin has. */
  #cache(): Promise<Cache> {
    return caches.open(`hotpath of ${this.#scope}`);
  }

  #address({ path }: KeptFile): string {
    // A host may send `index.html` on to its folder, and a redirect can't be shown as a page.
    return new URL(path.replace(/(^|\/)index\.html$/, "$1"), this.#scope).href;
  }

  #key(file: KeptFile): string {
    return `${this.#address(file)}?revision=${file.revision}`;
  }
}

/** A response that was redirected can't be shown as a page; one with the same body can. */
function withoutRedirect(response: Response): Response {
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
}
