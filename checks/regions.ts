/** A region's beginning in a file. */
export interface RegionMark {
  file: string;
  name: string;
  line: number;
}

const MARK = /^[ \t]*(?:\/\/|#|\(\*|\/\*)[ \t]*#region[ \t]+([a-z0-9-]+)/gm;

/** The regions that a file marks. */
export function regionsOf(file: string, text: string): RegionMark[] {
  return [...text.matchAll(MARK)].map((match) => ({
    file,
    name: match[1],
    line: text.slice(0, match.index).split("\n").length,
  }));
}

/** Whether a page or a component names a region: its file, and its name as a value of its own or after a `#`. */
export function shows(page: string, { file, name }: RegionMark): boolean {
  return page.includes(`${file}#${name}`) || (page.includes(file) && new RegExp(`["'\`]${name}["'\`]`).test(page));
}
