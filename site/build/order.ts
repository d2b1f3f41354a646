import order from "../../chapters/order.json" with { type: "json" };

/** A group of chapters as `chapters/order.json` lists it: the one order of the workbook. */
export interface ChapterGroup {
  label: string;
  /** Whether its chapters are counted, as the phases are. */
  numbered?: boolean;
  /** Slugs: folders of `chapters/`. */
  chapters: string[];
}

export const groups: ChapterGroup[] = order;

/** Where a chapter stands in its group, counted from 1. */
export interface ChapterPlace {
  group: ChapterGroup;
  position: number;
}

/** @param slug a folder of `chapters/` @returns its place, or nothing where the order doesn't list it */
export function placeOf(slug: string): ChapterPlace | undefined {
  for (const group of groups) {
    const index = group.chapters.indexOf(slug);
    if (index >= 0) return { group, position: index + 1 };
  }
  return undefined;
}

/** The sidebar in Starlight's form; labels and badges come from each page's own front matter. */
export const sidebar = groups.map((group) => ({
  label: group.label,
  items: group.chapters.map((slug, index) => ({
    slug,
    attrs: group.numbered ? { "data-phase": String(index + 1) } : {},
  })),
}));
