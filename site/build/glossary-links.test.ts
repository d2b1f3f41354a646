import { describe, expect, test } from "vitest";
import { glossaryTerms, type Term } from "../components/glossary/terms.ts";
import { cutAtTerms } from "./glossary-links.ts";

const term = (id: string, ...forms: string[]): Term => ({ id, term: id, forms, definition: "", see: "/" });
const terms = [term("maker", "maker", "makers"), term("market-maker", "market maker"), term("tick", "tick", "ticks")];

/** The text with its links in brackets. */
function linked(text: string, used = new Set<string>()): string {
  return cutAtTerms(text, terms, used)
    .map((stretch) => (stretch.term === undefined ? stretch.text : `[${stretch.text}](${stretch.term})`))
    .join("");
}

describe("the first use of a term", () => {
  test.each([
    ["is linked, and no other", "A maker, two makers.", "A [maker](maker), two makers."],
    ["is linked in any form and case", "Makers wait a tick.", "[Makers](maker) wait a [tick](tick)."],
    ["is the longest where several begin", "A market maker.", "A [market maker](market-maker)."],
    ["is found over the end of a line", "A market\nmaker.", "A [market\nmaker](market-maker)."],
    ["is a whole word", "A sticky bookmaker-like x-tick.", "A sticky bookmaker-like x-tick."],
  ])("%s", (_, text, expected) => {
    expect(linked(text)).toBe(expected);
  });

  test("counts over all texts of a page", () => {
    const used = new Set<string>();
    expect(linked("A maker.", used)).toBe("A [maker](maker).");
    expect(linked("A maker.", used)).toBe("A maker.");
  });
});

describe("the glossary", () => {
  const all = glossaryTerms();

  test("is in the order of the alphabet, with each term and each form once", () => {
    const names = all.map(({ term: name }) => name);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "en")));
    for (const values of [all.map(({ id }) => id), all.flatMap(({ forms }) => forms)]) {
      expect(values.length).toBe(new Set(values).size);
    }
  });

  test("has forms that are words, and a definition for each term", () => {
    for (const { forms, definition } of all) {
      for (const form of forms) expect(form).toMatch(/^[\p{L} '’-]+$/u);
      expect(definition).toMatch(/^[A-Z].*\.$/s);
    }
  });
});
