import type { Made, ReadProjectFile } from "./made.ts";

const ORDER = "chapters/order.json";
const WIDTH = 120;

interface Group {
  label: string;
  numbered?: true;
  chapters: string[];
}

/** A new chapter, last in its group. @throws Error that lists the groups, where there is none of that label */
export function newChapter(slug: string, label: string, read: ReadProjectFile): Made {
  const groups = JSON.parse(read(ORDER)) as Group[];
  const group = groups.find((each) => each.label === label);
  if (group === undefined) {
    throw new Error(`There is no group "${label}". The groups are: ${groups.map((each) => each.label).join(", ")}.`);
  }
  group.chapters.push(slug);
  return {
    files: { [`chapters/${slug}/index.mdx`]: page(slug) },
    changed: { [ORDER]: orderText(groups) },
    check: ["node_modules/vitest/vitest.mjs", "run", "--project", "node", "checks/book-checks", "checks/spelling"],
    next: `Write chapters/${slug}/index.mdx beside npm run dev; npm test says what is wrong with it.`,
  };
}

/** The order as the formatter would write it: on one line what fits. */
export function orderText(groups: readonly Group[]): string {
  const texts = groups.map((group) => {
    const [label, numbered] = [JSON.stringify(group.label), group.numbered === true];
    const names = group.chapters.map((name) => JSON.stringify(name));
    const inline = `"chapters": [${names.join(", ")}]`;
    const whole = `  { "label": ${label}, ${numbered ? '"numbered": true, ' : ""}${inline} }`;
    if (whole.length < WIDTH) return whole;
    const short = `    ${inline}`;
    const chapters = short.length <= WIDTH ? short : `    "chapters": [\n      ${names.join(",\n      ")}\n    ]`;
    return `  {\n    "label": ${label},\n${numbered ? '    "numbered": true,\n' : ""}${chapters}\n  }`;
  });
  return `[\n${texts.join(",\n")}\n]\n`;
}

function page(slug: string): string {
  const words = slug.replaceAll("-", " ");
  const title = `${words[0].toUpperCase()}${words.slice(1)}`;
  return `---
title: ${title}
description: What this chapter answers, in one sentence.
minutes: 5
aim: You know what you can do once you have read it.
---

## Which question comes first?

The answer, and what shows that it is so.
`;
}
