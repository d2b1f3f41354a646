import { File, FingerprintIndex, type Pair, Region, TokenizedFile } from "@dodona/dolos-core";
import { parse, type Token } from "acorn";
import { transform } from "sucrase";
import type { ClassGrades } from "../graded.ts";
import type { Submission } from "../submission.ts";

/** Two students' submissions for one exercise that share more than they would by chance. A reason to look, never a finding. */
export interface SimilarPair {
  exercise: string;
  left: SimilarSide;
  right: SimilarSide;
  /** Share of both files' own fingerprints that the other has too, 0 … 1. What is common to all is left out. */
  similarity: number;
  /** Fingerprints in a row that both have, at the longest. */
  longest: number;
}

export interface SimilarSide {
  submission: Submission;
  /** Lines that the other has too, from 1, ascending. */
  lines: readonly number[];
}

export interface SimilarSubmissions {
  /** The most alike first. */
  pairs: readonly SimilarPair[];
  /** What could not be compared. */
  unread: readonly { submission: Submission; why: string }[];
}

/** Tokens that a fingerprint is made of, and fingerprints of which one is kept: a copied part of their sum is always found. */
const TOKENS = 17;
const WINDOW = 9;
/** Own fingerprints that a file needs for its likeness to mean anything: about 30 lines beside what is common. */
const FEWEST = 12;
/** What so many of a class have, they have from the brief or from the language. */
const COMMON_SHARE = 0.2;
const COMMON_LEAST = 5;
const LEAST_SIMILARITY = 0.6;
const MOST_PAIRS = 20;
/** Of a file: comparing takes the product of two files' fingerprints. */
const MOST_TOKENS = 30_000;

/**
 * The class's counted submissions that are alike, by Dolos's fingerprints (winnowing: Schleimer, Wilkerson, Aiken, SIGMOD 2003) over
 * tokens without names, types and comments.
 *
 * @param commonOf an exercise's starter, solution and given files, by its slug: what comes from there is nobody's
 */
export function similarSubmissions(
  grades: ClassGrades,
  commonOf: (slug: string) => readonly string[],
): SimilarSubmissions {
  const pairs: SimilarPair[] = [];
  const unread: { submission: Submission; why: string }[] = [];
  for (const { slug } of grades.assignment.exercises) {
    const submissions = grades.students.flatMap(({ exercises }) =>
      exercises.flatMap(({ exercise, counted }) =>
        exercise === slug && counted !== undefined ? [counted.submission] : [],
      ),
    );
    const found = compare(slug, submissions, commonOf(slug));
    pairs.push(...found.pairs);
    unread.push(...found.unread);
  }
  pairs.sort((one, other) => other.similarity - one.similarity || other.longest - one.longest);
  return { pairs: pairs.slice(0, MOST_PAIRS), unread };
}

function compare(exercise: string, submissions: readonly Submission[], common: readonly string[]): SimilarSubmissions {
  const most = Math.max(COMMON_LEAST, Math.ceil(submissions.length * COMMON_SHARE));
  const index = new FingerprintIndex(TOKENS, WINDOW, false, most);
  for (const code of common) {
    const file = tokenized(code);
    if (typeof file !== "string") index.addIgnoredFile(file);
  }
  const unread: { submission: Submission; why: string }[] = [];
  const owners = new Map<TokenizedFile, Submission>();
  for (const submission of submissions) {
    const file = tokenized(submission.code);
    if (typeof file === "string") unread.push({ submission, why: file });
    else owners.set(file, submission);
  }
  index.addFiles([...owners.keys()]);
  const own = new Map(index.entries().map((entry) => [entry.file, ownCount(entry)]));
  const pairs = candidates(index, own).flatMap(([left, right]) => {
    const similarity = similarityOf(index.getPair(left, right), own);
    return similarity < LEAST_SIMILARITY ? [] : [pairOf(exercise, index.getPair(left, right), similarity, owners)];
  });
  return { pairs, unread };
}

/** Pairs that share enough to be worth comparing: of three hundred files there are too many pairs for all. */
function candidates(
  index: FingerprintIndex,
  own: ReadonlyMap<TokenizedFile, number>,
): [TokenizedFile, TokenizedFile][] {
  const shared = new Map<TokenizedFile, Map<TokenizedFile, number>>();
  const isEnough = (file: TokenizedFile) => (own.get(file) ?? 0) >= FEWEST;
  for (const fingerprint of index.sharedFingerprints()) {
    if (fingerprint.ignored) continue;
    const files = fingerprint.files().filter(isEnough);
    for (const [at, left] of files.entries()) {
      const counts = shared.get(left) ?? new Map<TokenizedFile, number>();
      shared.set(left, counts);
      for (const right of files.slice(at + 1)) counts.set(right, (counts.get(right) ?? 0) + 1);
    }
  }
  return [...shared].flatMap(([left, counts]) =>
    [...counts].flatMap(([right, count]): [TokenizedFile, TokenizedFile][] =>
      count * 2 >= FEWEST ? [[left, right]] : [],
    ),
  );
}

type Entry = ReturnType<FingerprintIndex["entries"]>[number];

/** A file's fingerprints that aren't common. */
function ownCount({ file, kgrams, ignored }: Entry): number {
  let common = 0;
  for (const fingerprint of ignored) common += fingerprint.occurrencesOf(file).length;
  return kgrams.length - common;
}

// Dolos's own takes the left file's common fingerprints off both.
function similarityOf(
  { leftFile, rightFile, leftCovered, rightCovered }: Pair,
  own: ReadonlyMap<TokenizedFile, number>,
) {
  return (leftCovered + rightCovered) / ((own.get(leftFile) ?? 0) + (own.get(rightFile) ?? 0));
}

function pairOf(
  exercise: string,
  pair: Pair,
  similarity: number,
  owners: ReadonlyMap<TokenizedFile, Submission>,
): SimilarPair {
  const fragments = pair.buildFragments();
  const side = (file: TokenizedFile, regions: readonly Region[]): SimilarSide => {
    const submission = owners.get(file);
    if (submission === undefined) throw new Error("A compared file is nobody's.");
    return { submission, lines: linesOf(regions) };
  };
  return {
    exercise,
    left: side(
      pair.leftFile,
      fragments.map(({ leftSelection }) => leftSelection),
    ),
    right: side(
      pair.rightFile,
      fragments.map(({ rightSelection }) => rightSelection),
    ),
    similarity,
    longest: pair.longest,
  };
}

function linesOf(regions: readonly Region[]): number[] {
  const lines = new Set<number>();
  for (const { startRow, endRow } of regions) for (let row = startRow; row <= endRow; row++) lines.add(row + 1);
  return [...lines].sort((one, other) => one - other);
}

/** The code's tokens, whatever its names; why there are none where it doesn't parse. */
function tokenized(code: string): TokenizedFile | string {
  const tokens: Token[] = [];
  let plain: string;
  try {
    // Lines stay where they were.
    plain = transform(code, { transforms: ["typescript"], disableESTransforms: true }).code;
    parse(plain, { ecmaVersion: "latest", sourceType: "module", locations: true, onToken: tokens });
  } catch {
    return "it doesn't parse";
  }
  const kept = tokens.slice(0, MOST_TOKENS).filter(({ type, loc }) => type.label !== "eof" && loc != null);
  const regions = kept.map(({ loc }) => {
    const { start, end } = loc ?? { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };
    return new Region(start.line - 1, start.column, end.line - 1, end.column);
  });
  return new TokenizedFile(
    new File("", code),
    kept.map(({ type, start, end }) => kindOf(type.label, plain.slice(start, end))),
    regions,
  );
}

const ONE_OF_A_KIND = new Set([
  "name",
  "privateId",
  "num",
  "bigint",
  "string",
  "template",
  "invalidTemplate",
  "regexp",
]);

/** Names, numbers and texts count as one of their kind, and so do declarations; operators and other keywords as themselves. */
function kindOf(label: string, text: string): string {
  if (text === "let" || text === "var") return "const";
  return ONE_OF_A_KIND.has(label) ? label : text;
}
