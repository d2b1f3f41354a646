import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { siteFolder } from "../apps/setup/site.ts";

/** A link of a built page. */
export interface Link {
  /** The page's path from the site's root: `/a/`. */
  from: string;
  href: string;
}

/** A built page: what it links to, and what can be linked to in it. */
export interface BuiltPage {
  path: string;
  html: string;
  links: Link[];
  anchors: Set<string>;
}

const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&quot;": '"',
  "&#39;": "'",
  "&#x27;": "'",
  "&lt;": "<",
  "&gt;": ">",
};

function decoded(value: string): string {
  return value.replace(/&(?:amp|quot|#39|#x27|lt|gt);/g, (entity) => ENTITIES[entity]);
}

/** Reads a page as the build writes it: lower-case tags, attributes in double quotes or in none. */
export function readPage(path: string, html: string): BuiltPage {
  const bare = html.replace(/<!--[\s\S]*?-->/g, "").replace(/<script\b[\s\S]*?<\/script>/g, "");
  const values = (pattern: RegExp): string[] => [...bare.matchAll(pattern)].map((m) => decoded(m[1] ?? m[2]));
  return {
    path,
    html,
    links: values(/<a\b[^>]*?\shref=(?:"([^"]*)"|([^\s"'>]+))/g).map((href) => ({ from: path, href })),
    anchors: new Set(values(/<[a-z][^>]*?\sid=(?:"([^"]*)"|([^\s"'>]+))/g)),
  };
}

/** All pages of the built site by their paths. */
export function builtPages(): Map<string, BuiltPage> {
  const files = globSync("**/*.html", { cwd: siteFolder }).map((file) => file.replaceAll("\\", "/"));
  return new Map(
    files.map((file) => {
      const path = `/${file.replace(/(^|\/)index\.html$/, "$1")}`;
      return [path, readPage(path, readFileSync(join(siteFolder, file), "utf8"))];
    }),
  );
}

/** What is wrong with a link: nothing, or in words. Addresses elsewhere are not asked for, only read. */
export function linkFault({ from, href }: Link, pages: ReadonlyMap<string, BuiltPage>): string | undefined {
  if (/^mailto:\S+@\S+$/.test(href)) return undefined;
  if (/^(https?:)?\/\//.test(href)) return externalFault(href);
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return "names no page: use https, or a path of this site";
  const { pathname, hash } = new URL(href, `http://site.invalid${from}`);
  const page = pages.get(pathname);
  if (page === undefined) {
    const isFile = existsSync(join(siteFolder, decodeURIComponent(pathname))) && !pathname.endsWith("/");
    if (isFile) return undefined;
    return pages.has(`${pathname}/`) ? `lacks the slash at its end: ${pathname}/` : "leads to no page of the site";
  }
  const anchor = decodeURIComponent(hash.slice(1));
  if (anchor === "" || page.anchors.has(anchor)) return undefined;
  return `leads to ${pathname}, which has no #${anchor}`;
}

function externalFault(href: string): string | undefined {
  if (!URL.canParse(href)) return "is no address";
  const { protocol, hostname } = new URL(href);
  if (protocol !== "https:") return "goes over plain HTTP: use https";
  return /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(hostname) ? undefined : "names no public host";
}
