import { homedir, userInfo } from "node:os";
import { describe, expect, test } from "vitest";
import { lineAt, projectFiles, readProjectFile } from "./tree.ts";

/** What stands at the root: every other file belongs to a folder of the house. */
const ROOT_FILES = [
  ".gitattributes",
  ".gitignore",
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "METHOD.md",
  "README.md",
  "astro.config.mjs",
  "biome.json",
  "package-lock.json",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
];
const ROOT_FOLDERS = [
  ".ci",
  ".github",
  "apps",
  "chapters",
  "checks",
  "engines",
  "exercises",
  "lab",
  "site",
  "wasm-rust",
];

const TEXT = /\.(ts|js|mjs|json|md|mdx|astro|css|rs|toml|yml|svg|sh)$|^\.ci\/run$/;
const GENERATED = /^(package-lock\.json|wasm-rust\/Cargo\.lock|wasm-rust\/pkg\/)/;
const EMPTY_NAMES = /(^|\/)(utils?|helpers?|common|misc)(\/|\.[a-z]+$)/i;
/** A home folder of some machine, unless it stands in a pattern that looks for one. */
const HOME_PATHS = /(?<![\w.\\])\/(?:home|Users)\/[a-z][\w-]*\/|[A-Z]:\\Users\\[a-z]/g;

/** May skip: it leaves out what an engine's manifest says that it doesn't do, and why. And this file names what it forbids. */
const MAY_SKIP = ["engines/conformance/engines.test.ts", "checks/tidy.test.ts"];

const files = projectFiles();
const texts = files.filter((file) => TEXT.test(file) && !GENERATED.test(file));

function matches(pattern: RegExp, remedy: string, among = texts): string[] {
  return among.flatMap((file) => {
    const text = readProjectFile(file);
    return [...text.matchAll(pattern)].map(({ index }) => `${file}:${lineAt(text, index)}: ${remedy}`);
  });
}

describe("the house", () => {
  test("holds no stray file at its root", () => {
    const stray = files.filter((file) => {
      const [first, ...rest] = file.split("/");
      return rest.length === 0 ? !ROOT_FILES.includes(first) : !ROOT_FOLDERS.includes(first);
    });
    expect(stray).toEqual([]);
  });

  test("has no file whose name says nothing", () => {
    expect(files.filter((file) => EMPTY_NAMES.test(file))).toEqual([]);
  });

  test("holds no path of somebody's machine", () => {
    expect(matches(HOME_PATHS, "write a path from the project's root instead")).toEqual([]);
    const home = homedir();
    const named = texts.filter((file) => home.length > 5 && readProjectFile(file).includes(`${home}/`));
    expect(named, `the home of ${userInfo().username} stands in these`).toEqual([]);
  });

  test("runs every test that it has", () => {
    const skipped = /\b(?:describe|test|it)\.(?:only|skip|todo|fails)\b|^\s*#\[ignore/gm;
    const tests = texts.filter((file) => /\.test\.ts$|\.rs$/.test(file) && !MAY_SKIP.includes(file));
    expect(matches(skipped, "run this test, or remove it", tests)).toEqual([]);
  });

  test("ends its lines with a line feed, on every machine", () => {
    expect(texts.filter((file) => readProjectFile(file).includes("\r\n"))).toEqual([]);
  });
});

describe("the scripts of package.json", () => {
  const { scripts } = JSON.parse(readProjectFile("package.json")) as { scripts: Record<string, string> };

  test("use no shell syntax, so that they run on Windows too", () => {
    const faulty = Object.entries(scripts).filter(([, command]) => /&&|\|\||[;|<>$`*]|^\w+=/.test(command));
    expect(faulty).toEqual([]);
  });

  test("each install what is missing first", () => {
    const commands = Object.keys(scripts).filter((name) => !name.startsWith("pre"));
    const without = commands.filter((name) => scripts[`pre${name}`] !== "node apps/setup/install.js");
    expect(without).toEqual([]);
  });

  test("are each explained in one line of the README", () => {
    const readme = readProjectFile("README.md");
    const commands = Object.keys(scripts).filter((name) => !name.startsWith("pre"));
    const shown = (name: string) => (name === "start" || name === "test" ? `npm ${name}` : `npm run ${name}`);
    expect(commands.filter((name) => !readme.includes(`\`${shown(name)}`))).toEqual([]);
  });
});
