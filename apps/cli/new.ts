import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { Argument, type Command, Option } from "commander";
import type { Level } from "../../engines/contract/engine.ts";
import { Failure } from "./failure.ts";
import { newChapter } from "./new/chapter.ts";
import { newEngine } from "./new/engine.ts";
import { newExercise } from "./new/exercise.ts";
import type { Made } from "./new/made.ts";

type Kind = "engine" | "exercise" | "chapter";

interface NewFlags {
  language?: string;
  level: Level;
  wasm: boolean;
  chapter?: string;
  group: string;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8").replaceAll("\r\n", "\n");

/** Adds the command `new`: the folder of a new engine, exercise or chapter, and its line in the list. */
export function addNew(program: Command): void {
  program
    .command("new")
    .summary("begin an engine, an exercise or a chapter")
    .description("Writes a new folder from a template, adds it to the list of its kind, and checks it.")
    .addArgument(new Argument("<kind>").choices(["engine", "exercise", "chapter"]))
    .argument("<name>", "its folder's name: small letters, with hyphens between words")
    .option("--language <name>", "engine: asked for on a terminal where left out")
    .addOption(
      new Option("--level <level>", "engine: what it is to reach")
        .choices(["core", "full", "extended"])
        .default("core"),
    )
    .option("--wasm", "engine: its book is in another language, and built into a Wasm module", false)
    .option("--chapter <slug>", "exercise: whose it is; asked for on a terminal where left out")
    .option("--group <label>", "chapter: where in the order", "After")
    .addHelpText("after", EXAMPLES)
    .action(begin);
}

const EXAMPLES = `
Examples:
  npm run new -- engine zig-wasm --language Zig --level core --wasm
  npm run new -- exercise round-to-tick --chapter design-the-interface
  npm run new -- chapter market-data --group After

Nothing that is there is overwritten. Exit codes: 0 written; 2 a wrong command line.`;

async function begin(kind: Kind, name: string, flags: NewFlags): Promise<void> {
  checkName(kind, name);
  const made = await madeOf(kind, name, flags);
  for (const [path, text] of Object.entries({ ...made.files, ...made.changed })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    process.stdout.write(`${path in made.files ? "wrote  " : "changed"} ${path}\n`);
  }
  process.stdout.write(`\n$ node ${made.check.join(" ")}\n`);
  await run(made.check);
  process.stdout.write(`\nNext: ${made.next}\n`);
}

/** @throws Failure where no folder can have that name, or one has it */
function checkName(kind: Kind, name: string): void {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) {
    throw new Failure(`"${name}" can't be a name: write small letters a to z, with hyphens between words.`, 2);
  }
  const path = `${kind}s/${name}`;
  if (existsSync(join(root, path))) throw new Failure(`${path} is there already: choose another name.`, 2);
}

async function madeOf(kind: Kind, name: string, flags: NewFlags): Promise<Made> {
  try {
    if (kind === "chapter") return newChapter(name, flags.group, read);
    if (kind === "engine") {
      const language = flags.language ?? (await asked("Which language is it written in?", "--language"));
      return newEngine({ name, language, level: flags.level, wasm: flags.wasm }, read);
    }
    const chapter = flags.chapter ?? (await asked("Which chapter does it belong to?", "--chapter"));
    const chapters = readdirSync(join(root, "chapters"));
    if (!chapters.includes(chapter)) throw new Error(`There is no chapter "${chapter}" in chapters/.`);
    return newExercise(name, chapter);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure((error as Error).message, 2);
  }
}

async function asked(question: string, option: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Failure(`Give ${option}: there is no terminal to ask on.`, 2);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = (await terminal.question(`${question} `)).trim();
    if (answer === "") throw new Failure(`${question} Give ${option}.`, 2);
    return answer;
  } finally {
    terminal.close();
  }
}

/** What it finds is for the contributor to read: a new engine fails. */
function run(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
    child.on("error", (error) => reject(new Failure(`The check can't be started: ${error.message}.`)));
    child.on("close", () => resolve());
  });
}
