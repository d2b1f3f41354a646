import { describe, expect, test } from "vitest";
import { groups } from "../site/build/order.ts";
import { glossaryTerms } from "../site/components/glossary/terms.ts";
import { builtPages, linkFault, readPage } from "./built-pages.ts";
import { STORY_PLACES } from "./story-places.ts";

// Among the browser's tests, since those begin with a built site.
const pages = builtPages();

test("no link or anchor of the built site is broken", () => {
  const faults = [...pages.values()].flatMap(({ links }) =>
    links.flatMap((link) => {
      const fault = linkFault(link, pages);
      return fault === undefined ? [] : [`chapters${link.from}: the link ${link.href} ${fault}`];
    }),
  );
  expect([...new Set(faults)]).toEqual([]);
});

test("every page but the last links to the next of the order, and every page but the first to the one before", () => {
  const order = ["/", ...groups.flatMap(({ chapters }) => chapters).map((slug) => `/${slug}/`)];
  const linked = (path: string, rel: string) =>
    pages.get(path)?.html.match(new RegExp(`<a href="([^"]+)" rel="${rel}"`))?.[1];
  for (const [place, path] of order.entries()) {
    expect(linked(path, "next"), `${path}: its link to the next page`).toBe(order[place + 1]);
    if (place > 0) expect(linked(path, "prev"), `${path}: its link to the page before`).toBe(order[place - 1]);
  }
});

test.each(Object.entries(STORY_PLACES))("the story's point has its place: %s", (_, places) => {
  const faults = places.flatMap((href) => {
    const fault = linkFault({ from: "/", href }, pages);
    return fault === undefined ? [] : [`checks/story-places.ts: ${href} ${fault}: say where the point is told now`];
  });
  expect(faults).toEqual([]);
});

test("the first use of a term in a chapter leads to the glossary, and no later one", () => {
  const { links } = pages.get("/identify-bottlenecks/") ?? { links: [] };
  const terms = links.map(({ href }) => href).filter((href) => href.startsWith("/glossary/#"));
  expect(terms).toContain("/glossary/#matching-engine");
  expect(terms).toEqual([...new Set(terms)]);
  const linked = new Set([...pages.values()].flatMap((page) => page.links.map(({ href }) => href)));
  const unused = glossaryTerms().filter(({ id, forms }) => forms.length > 0 && !linked.has(`/glossary/#${id}`));
  for (const { term } of unused) console.warn(`notice: no chapter uses the glossary's term "${term}" yet`);
});

describe("a link", () => {
  const page = readPage("/a/", '<h2 id="part">x</h2><a href="/b/">b</a>');
  const site = new Map([
    ["/a/", page],
    ["/b/", readPage("/b/", "")],
  ]);

  test("and an anchor are read from a page", () => {
    expect(page.links).toEqual([{ from: "/a/", href: "/b/" }]);
    expect([...page.anchors]).toEqual(["part"]);
  });

  test.each([
    ["/b/", undefined],
    ["../b/", undefined],
    ["#part", undefined],
    ["/a/?x#part", undefined],
    ["https://example.org/a", undefined],
    ["/c/", "leads to no page"],
    ["/b", "lacks the slash"],
    ["#other", "has no #other"],
    ["http://example.org", "plain HTTP"],
    ["https://localhost/", "names no public host"],
    ["javascript:void(0)", "names no page"],
  ])("to %s has the fault %s", (href, fault) => {
    const found = linkFault({ from: "/a/", href }, site);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(fault);
  });
});
