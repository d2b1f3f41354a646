import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isSatteriProcessor } from "@astrojs/markdown-satteri";
import type { AstroIntegration } from "astro";
import { defineHastPlugin, type HastPluginEntry, type HastVisitorContext } from "satteri";
import { glossaryTerms, type Term } from "../components/glossary/terms.ts";
import { placeOf } from "./order.ts";

/** A stretch of a text, with the term that it is the first use of. */
export interface Stretch {
  text: string;
  term?: string;
}

const GLOSSARY = "glossary";

/** What a text stands in when it is no running prose: it is linked already, is code, names something, or can be pressed. */
const NO_PROSE = new Set([
  "a",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "code",
  "pre",
  "kbd",
  "summary",
  "button",
  "label",
  "th",
]);

/** Components whose text is prose as any other. */
const PROSE_COMPONENTS = new Set(["Steps", "Tabs", "TabItem", "Fragment", "Aside"]);

/**
 * Cuts a text where a term is used for the first time on its page.
 *
 * @param used ids of the terms that the page has used; those of this text are added
 */
export function cutAtTerms(text: string, terms: readonly Term[], used: Set<string>): Stretch[] {
  const stretches: Stretch[] = [];
  let rest = text;
  for (let found = firstUse(rest, terms, used); found !== undefined; found = firstUse(rest, terms, used)) {
    if (found.at > 0) stretches.push({ text: rest.slice(0, found.at) });
    stretches.push({ text: rest.slice(found.at, found.at + found.length), term: found.id });
    used.add(found.id);
    rest = rest.slice(found.at + found.length);
  }
  if (rest !== "") stretches.push({ text: rest });
  return stretches;
}

interface Use {
  at: number;
  length: number;
  id: string;
}

/** The earliest use, and of those that begin together the longest: "market maker" before "market". */
function firstUse(text: string, terms: readonly Term[], used: ReadonlySet<string>): Use | undefined {
  let first: Use | undefined;
  for (const { id, forms } of terms) {
    if (used.has(id)) continue;
    for (const form of forms) {
      const at = text.search(new RegExp(`(?<![\\w-])${form.replaceAll(" ", "\\s")}(?![\\w-])`, "i"));
      if (at < 0) continue;
      if (first === undefined || at < first.at || (at === first.at && form.length > first.length)) {
        first = { at, length: form.length, id };
      }
    }
  }
  return first;
}

type TextNode = Parameters<HastVisitorContext["parent"]>[0];

function isProse(node: TextNode, ctx: HastVisitorContext): boolean {
  for (let above = ctx.parent(node); above !== undefined; above = ctx.parent(above as TextNode)) {
    if (above.type === "element" && NO_PROSE.has(above.tagName)) return false;
    if (above.type !== "mdxJsxFlowElement" && above.type !== "mdxJsxTextElement") continue;
    const name = above.name ?? "";
    if (NO_PROSE.has(name) || (/^[A-Z]/.test(name) && !PROSE_COMPONENTS.has(name))) return false;
  }
  return true;
}

function glossaryLinksPlugin(base: string, chapters: string): HastPluginEntry {
  const address = `${base.replace(/\/$/, "")}/${GLOSSARY}/`;
  return ({ fileURL }) => {
    const page = fileURL ? relative(chapters, fileURLToPath(fileURL)).replaceAll("\\", "/") : "..";
    const slug = page.replace(/\/index\.mdx?$/, "");
    if (slug === GLOSSARY || placeOf(slug) === undefined) return;
    const used = new Set<string>();

    return defineHastPlugin({
      name: "hotpath-glossary-links",
      text(node, ctx) {
        if (!isProse(node, ctx)) return;
        const stretches = cutAtTerms(node.value, glossaryTerms(), used);
        if (stretches.every(({ term }) => term === undefined)) return;
        ctx.replaceNode(
          node,
          stretches.map(({ text, term }) => {
            const value = { type: "text" as const, value: text };
            if (term === undefined) return value;
            const properties = { href: `${address}#${term}`, className: ["term"] };
            return { type: "element" as const, tagName: "a", properties, children: [value] };
          }),
        );
      },
    });
  };
}

/** Links the first use of each term in a chapter to its entry in the glossary. It stands after Starlight, whose link checker knows no entry. */
export function glossaryLinks(): AstroIntegration {
  return {
    name: "hotpath-glossary-links",
    hooks: {
      "astro:config:setup"({ config }) {
        const processor = config.markdown.processor;
        if (!processor || !isSatteriProcessor(processor)) {
          throw new Error("glossary links need markdown.processor to be satteri(): set it in astro.config.mjs.");
        }
        const chapters = fileURLToPath(new URL("./chapters/", config.root));
        processor.options.hastPlugins.push(glossaryLinksPlugin(config.base, chapters));
      },
    },
  };
}
