import { blocksOf } from "./chapter-texts.ts";

const TIME = "ns|µs|us|ms|s|min|nanoseconds?|microseconds?|milliseconds?|seconds?|minutes?|hours?";
const SIZE = "bytes?|[kKMG]i?B|kilobytes?|megabytes?|gigabytes?";
const RATE =
  "[kMG]?Hz|GHz|[kMG]?B\\/s|M\\/s|[a-z]+\\/s|(?:million |thousand )?[a-z]+ (?:a|per|each) (?:second|minute|hour|day)";
const SHARE = "%|per ?cent|percent|×|x as|times as|-fold|times faster|times slower";

/** A number with a unit of time, rate or size, a share, or a multiple. A number alone counts things, and is free. */
const NUMBER = new RegExp(
  `(?<![\\w.#/-])\\d[\\d,.\\u00a0_]*(?:\\s(?:million|thousand|billion))?(?:\\s|\\u00a0|&nbsp;|-)?(?:(?:${TIME}|${SIZE}|${RATE}|per ?cent|percent)(?![\\w/])|${SHARE})`,
);

/** What counts as its source: a link, a figure of ours, or a comment that says where the number comes from. */
const SOURCE = /\]\([^)]+\)|<a\s[^>]*href=|<Measured\b|\{\/\*\s*number:\s*\S[\s\S]*?\*\/\}/;

const REMEDY =
  "say where it comes from in the same paragraph, list item or table: a link, <Measured of=… />, or a comment {/* number: example */}, {/* number: definition */}, {/* number: the run above */}";

/** Each number of a chapter that stands without a source, as `file:line: number: what to do`. */
export function numberFaults(file: string, text: string): string[] {
  return blocksOf(text).flatMap((block) => {
    if (SOURCE.test(block.text)) return [];
    const bare = block.text.replace(/`[^`]*`/g, (code) => "_".repeat(code.length));
    const found = NUMBER.exec(bare);
    if (found === null) return [];
    const line = block.line + bare.slice(0, found.index).split("\n").length - 1;
    return [`${file}:${line}: ${JSON.stringify(found[0])}: ${REMEDY}`];
  });
}
