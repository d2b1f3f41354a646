import { projectFiles, readProjectFile } from "./tree.ts";

/** A paragraph, a list item or a table of a chapter: what a source must stand in together with its number. */
export interface Block {
  text: string;
  /** Of its first line, from 1. */
  line: number;
}

/** The chapters' texts, as paths from the root. */
export function chapterFiles(): string[] {
  return projectFiles().filter((file) => /^chapters\/.*\.mdx?$/.test(file));
}

/** All that is read as prose: chapters, briefs and hints, and the pages beside the code. */
export function proseFiles(): string[] {
  const prose = /^(chapters|exercises)\/.*\.mdx?$|\.md$|^chapters\/glossary\/terms\.json$/;
  return projectFiles().filter((file) => prose.test(file));
}

/** The text with its front matter, imports and code fences made blank, line for line. */
export function proseOf(text: string): string {
  const blank = (found: string) => found.replace(/[^\n]/g, "");
  return text
    .replaceAll("\r\n", "\n")
    .replace(/^---\n[\s\S]*?\n---\n/, blank)
    .replace(/^(\s*)(```+)[\s\S]*?^\s*\2\s*$/gm, blank)
    .replace(/^(import|export) .*$/gm, blank);
}

/** Cuts prose into blocks. A line that begins a list item begins one; a table is one. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const [index, line] of proseOf(text).split("\n").entries()) {
    const isBlank = line.trim() === "";
    if (isBlank || /^\s*([-*+]|\d+[.)])\s/.test(line)) open = undefined;
    if (isBlank) continue;
    if (open === undefined) {
      open = { text: line, line: index + 1 };
      blocks.push(open);
    } else open.text += `\n${line}`;
  }
  return blocks;
}

/** A use of a component in a chapter. */
export interface Tag {
  file: string;
  line: number;
  /** From `<Name` to its `>`. */
  text: string;
}

/** Finds the uses of a component in the chapters. An attribute's value may span lines and hold braces, but no `>` outside of them. */
export function tagsOf(name: string): Tag[] {
  return chapterFiles().flatMap((file) => {
    const text = proseOf(readProjectFile(file));
    return [...text.matchAll(new RegExp(`<${name}\\b(?:[^{}>]|\\{(?:[^{}]|\\{[^{}]*\\})*\\})*>`, "g"))].map(
      (match) => ({
        file,
        line: text.slice(0, match.index).split("\n").length,
        text: match[0],
      }),
    );
  });
}
