import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isSatteriProcessor } from "@astrojs/markdown-satteri";
import type { AstroIntegration } from "astro";
import { defineHastPlugin, type HastPluginEntry } from "satteri";

/**
 * The address of a link in a chapter, from the site's root: `/a/` and, in the chapter `b`, `../a/` are `/hotpath/a/` under
 * the base `/hotpath/`. Addresses elsewhere and on the same page stay as they are.
 */
export function siteAddress(href: string, slug: string, base: string): string {
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#|\?)/i.test(href) || href === "") return href;
  const page = new URL(slug === "" ? "/" : `/${slug}/`, "http://site.invalid");
  const { pathname, search, hash } = new URL(href, page);
  return base.replace(/\/$/, "") + pathname + search + hash;
}

/** What the link checker must be told so that it takes the page for the site's root. */
const ROOT_SLUG = "//";

/** Attributes of our own and Starlight's components that hold a link. */
const LINK_ATTRIBUTES = new Set(["href", "link"]);

function chapterLinksPlugin(base: string, chapters: string): HastPluginEntry {
  return ({ fileURL }) => {
    const page = fileURL ? relative(chapters, fileURLToPath(fileURL)).replaceAll("\\", "/") : "..";
    // A brief stands in a chapter's page; it is no page itself, and its links begin at the site's root.
    const isBrief = page.startsWith("../exercises/");
    if (page.startsWith("..") && !isBrief) return;
    const slug = isBrief ? "" : page.replace(/(^|\/)index\.mdx?$/, "").replace(/\.mdx?$/, "");

    return defineHastPlugin({
      name: "hotpath-chapter-links",
      before(_root, ctx) {
        const frontmatter = ctx.data.astro?.frontmatter;
        if (frontmatter && !isBrief) frontmatter.slug ??= slug || ROOT_SLUG;
      },
      element: {
        filter: ["a"],
        visit(node, ctx) {
          const href = node.properties?.href;
          if (typeof href === "string" && siteAddress(href, slug, base) !== href) {
            ctx.setProperty(node, "href", siteAddress(href, slug, base));
          }
        },
      },
      mdxJsxFlowElement: {
        filter: [],
        visit(node, ctx) {
          let changed = false;
          const attributes = node.attributes.map((attribute) => {
            if (attribute.type !== "mdxJsxAttribute" || typeof attribute.value !== "string") return attribute;
            if (!LINK_ATTRIBUTES.has(attribute.name)) return attribute;
            const value = siteAddress(attribute.value, slug, base);
            changed ||= value !== attribute.value;
            return { ...attribute, value };
          });
          if (changed) ctx.replaceNode(node, { ...node, attributes });
        },
      },
    });
  };
}

/**
 * Lets a chapter, and an exercise's brief, link to `/another/` wherever the site is put: the site's base path goes in front. It also tells the
 * link checker each page's slug, since the checker takes it from a path under `content/docs`, where ours are not.
 */
export function chapterLinks(): AstroIntegration {
  return {
    name: "hotpath-chapter-links",
    hooks: {
      "astro:config:setup"({ config }) {
        const processor = config.markdown.processor;
        if (!processor || !isSatteriProcessor(processor)) {
          throw new Error("chapter links need markdown.processor to be satteri(): set it in astro.config.mjs.");
        }
        const chapters = fileURLToPath(new URL("./chapters/", config.root));
        processor.options.hastPlugins.unshift(chapterLinksPlugin(config.base, chapters));
      },
    },
  };
}
