/** What the names of a submission's folders, zips and file tell: whose it is, and what for. */

export interface Origin {
  /** By whom, the surest first: what was taken out of a system's form of name, else each folder and the file. */
  owners: readonly Owner[];
  /** Canvas's mark. */
  markedLate: boolean;
  /** Canvas's number of the file: a later file has a higher one. */
  attempt?: number;
}

/** A name that may be a student's. */
export interface Owner {
  name: string;
  /** The number that the system knows the student by. */
  id?: string;
  /** A system's form of name says that it is one; else it may as well be a folder's own name. */
  isCertain: boolean;
}

const CANVAS = /^(?<name>[^_]+)_(?:(?<late>LATE)_)?(?<id>\d+)_(?<file>\d+)_(?<rest>.+)$/;
const MOODLE = /^(?<name>.+?)_(?<id>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?<rest>.*))?$/;
/** What files are called that are named for what they are. */
const NOBODY =
  /^(starter|solution|index|main|submission|submissions|answer|code|src|work|exercise|exercises|checks)?$/i;

/** @param slugs of all exercises */
export function originOf(path: readonly string[], slugs: readonly string[]): Origin {
  for (const part of path) {
    const form = (MOODLE.exec(part) ?? CANVAS.exec(part))?.groups;
    if (form === undefined) continue;
    const { name, late, id, file } = form;
    return {
      owners: [{ name, id, isCertain: true }],
      markedLate: late !== undefined,
      ...(file === undefined ? {} : { attempt: Number(file) }),
    };
  }
  const owners = path.flatMap((part, index) => ownersIn(part, index === path.length - 1, slugs));
  return { owners: owners.filter(({ name }) => !NOBODY.test(name)), markedLate: false };
}

function ownersIn(part: string, isFile: boolean, slugs: readonly string[]): Owner[] {
  const stem = isFile || /\.zip$/i.test(part) ? withoutExtension(part) : part;
  const slug = slugsIn(stem, slugs).at(0);
  if (slug === undefined) return [{ name: stem, isCertain: false }];
  const pattern = new RegExp(`(^|[-_ .])${slug.replaceAll("-", "[-_ ]")}(?=$|[-_ .])`, "i");
  const name = stem.replace(pattern, "").replaceAll(/^[-_ .]+|[-_ .]+$/g, "");
  // GitHub Classroom's folder: the exercise, then the user.
  const isClassroom = !isFile && stem.toLowerCase().startsWith(`${slug}-`);
  return [{ name, isCertain: isClassroom }];
}

/** `a.submission (1).json` is `a`: a browser numbers what it saves twice. */
function withoutExtension(name: string): string {
  return name
    .replace(/\.[a-z]{2,4}$/i, "")
    .replace(/ ?\(\d+\)$/, "")
    .replace(/\.submission$/i, "");
}

/**
 * Which exercise a file is for, by its own name, then by its folders' from the inside out.
 *
 * @param slugs of all exercises: a file may name one that isn't assigned
 * @param assigned slugs of the assignment's exercises
 * @throws Error whose message goes behind "it"
 */
export function exerciseOf(path: readonly string[], slugs: readonly string[], assigned: readonly string[]): string {
  for (const [depth, part] of [...path].reverse().entries()) {
    const named = slugsIn(part, depth === 0 ? slugs : assigned);
    if (named.length > 1)
      throw new Error(`names ${named.length} exercises: ${named.join(", ")}. Name the file after one.`);
    if (named.length === 0) continue;
    if (assigned.includes(named[0])) return named[0];
    throw new Error(`is for "${named[0]}", which the assignment doesn't ask for. Add it there, or leave the file out.`);
  }
  if (assigned.length === 1) return assigned[0];
  throw new Error(
    `doesn't tell which exercise it is for. Name the file or its folder after one: ${assigned.join(", ")}.`,
  );
}

/** The exercises that a name names, without those whose slug is part of another's that it names. */
function slugsIn(name: string, slugs: readonly string[]): string[] {
  const plain = `-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}-`;
  const named = slugs.filter((slug) => plain.includes(`-${slug}-`));
  return named.filter((slug) => !named.some((other) => other !== slug && `-${other}-`.includes(`-${slug}-`)));
}
