import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { proseFiles } from "./chapter-texts.ts";
import { readProjectFile, root } from "./tree.ts";

const CSPELL = join(root, "node_modules", "cspell", "bin.mjs");
const CONFIG = join(root, "checks", "spelling", "cspell.json");
const WORDS = "checks/spelling/words.txt";

/** The unknown words of files, as `file:line: word`. */
function unknownWords(files: readonly string[], folder: string): Promise<string[]> {
  const list = join(mkdtempSync(join(tmpdir(), "hotpath-spelling-")), "files.txt");
  onTestFinished(() => rmSync(dirname(list), { recursive: true }));
  writeFileSync(list, files.map((file) => join(folder, file)).join("\n"));
  const args = [CSPELL, "lint", "--config", CONFIG, "--file-list", list, "--no-progress", "--no-summary", "--no-color"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      // 1: it has found some.
      if (error !== null && error.code !== 1) return reject(new Error(stderr || error.message));
      resolve(
        [...stdout.matchAll(/^(.+?):(\d+):\d+ - Unknown word \((.+?)\)/gm)].map((m) => `${m[1]}:${m[2]}: ${m[3]}`),
      );
    });
  });
}

test("every word of what is read is spelled as a dictionary has it", { timeout: 60_000 }, async () => {
  const remedy = `mend it, write code in \`backticks\`, or add the word as a line of ${WORDS}`;
  expect(await unknownWords(proseFiles(), root), remedy).toEqual([]);
});

test("a misspelled word is found with its line, and code is left alone", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "hotpath-spelling-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "a.mdx"), "# Orders\n\nWe recieve an `ordder`. Its colour is grey.\n");
  expect(await unknownWords(["a.mdx"], folder)).toEqual([expect.stringMatching(/a\.mdx:3: recieve$/)]);
});

test("the list of words is sorted, with each word once", () => {
  const words = readProjectFile(WORDS).trimEnd().split("\n");
  expect(words).toEqual([...new Set(words)].sort((a, b) => a.localeCompare(b, "en")));
});
