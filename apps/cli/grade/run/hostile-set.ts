import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** One attack on the grader: what a hostile submission holds, and what must come of it. */
export interface Attack {
  /** The file's name without its endings, such as `read-a-file`. */
  name: string;
  /** In words, as in "to read a file". */
  tries: string;
  /** What of it the grader tells as stopped. */
  stopped: string[];
  /** What the reason of one check at least says. */
  reason?: RegExp;
  /** Whether it stands before the exercise's solution, and so may lose points only; else before its starter, which has none. */
  isBeforeSolution: boolean;
  /** What ends it, where its process is ended for that. */
  ends?: "time" | "memory";
  /** A whole submission for `ATTACKED`. */
  code: string;
}

/** The exercise that the attacks are made for. */
export const ATTACKED = "honest-histogram";

const project = fileURLToPath(new URL("../../../../", import.meta.url));
const folder = join(project, "apps", "cli", "grade", "hostile");
const ENDING = ".ts.txt";
/** Where the exercise's `record` begins, in its starter and in its solution. */
const RECORD = /export function record\(latenciesNs: number\[\]\): Histogram \{\n/;

/** The attacks of `hostile/`, in the order of their names. They are text: nothing of ours runs or checks them. */
export async function hostileSet(): Promise<Attack[]> {
  const text = async (file: string) =>
    (await readFile(join(project, "exercises", ATTACKED, file), "utf8")).replaceAll("\r\n", "\n");
  const [starter, solution] = [await text("starter.ts"), await text("solution.ts")];
  const files = (await readdir(folder)).filter((file) => file.endsWith(ENDING)).sort();
  return Promise.all(
    files.map(async (file) => {
      const attack = await readFile(join(folder, file), "utf8");
      return attackOf(file.slice(0, -ENDING.length), attack.replaceAll("\r\n", "\n"), starter, solution);
    }),
  );
}

function attackOf(name: string, text: string, starter: string, solution: string): Attack {
  const said = (what: string): string[] =>
    [...text.matchAll(new RegExp(`^// ${what}: (.+)$`, "gm"))].map(([, words]) => words);
  const [tries] = said("Tries");
  if (tries === undefined) throw new Error(`hostile/${name}${ENDING}: say in its first line what it tries.`);
  const [reason] = said("Reason");
  const [ends] = said("Ends") as Attack["ends"][];
  const isBeforeSolution = said("Behind").includes("solution");
  const attacked = withAttack(
    isBeforeSolution ? solution : starter,
    /function attack\(\): (?:never|Promise)/.test(text),
  );
  return {
    name,
    tries,
    stopped: said("Stopped"),
    ...(reason !== undefined && { reason: new RegExp(reason) }),
    ...(ends !== undefined && { ends }),
    isBeforeSolution,
    code: `${text}\n${attacked}`,
  };
}

/** @param givesAnswer whether what the attack gives is the answer */
function withAttack(code: string, givesAnswer: boolean): string {
  if (!RECORD.test(code)) throw new Error(`${ATTACKED} has another \`record\` than its attacks are made for.`);
  const call = givesAnswer ? "return attack() as never;" : "(attack as any)(latenciesNs);";
  return code.replace(RECORD, (begin) => `${begin}  ${call}\n`);
}
