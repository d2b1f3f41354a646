import { resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import type { ToldAssignment } from "../../lab/grade/told.ts";
import { callersFolder } from "../cli/callers-folder.ts";
import { buildSite } from "./site.ts";

/**
 * `npm run build [-- --assignment class.json] [-- --base /path/]`: builds the site into `dist`, for everyone or for one class,
 * to be served from the root of a host or from under a path.
 */
try {
  const { values } = parseArgs({ options: { assignment: { type: "string" }, base: { type: "string" } } });
  const told = values.assignment === undefined ? undefined : await toldIn(values.assignment);
  await buildSite(pathOf(values.base ?? "/"), told);
} catch (error) {
  console.error(`hotpath: ${(error as Error).message}`);
  process.exit(1);
}

/** As the site's links begin and end with it. */
function pathOf(base: string): string {
  if (/^\/([\w.~-]+\/)*$/.test(base)) return base;
  throw new Error(`--base ${base}: give a path that begins and ends with a slash, such as /hotpath/.`);
}

/** What a class is told of its assignment: all that the site's build gets to know of it. */
async function toldIn(file: string): Promise<ToldAssignment> {
  const { readAssignment } = await import("../cli/grade/assignment-file.ts");
  const { toldAssignment } = await import("../cli/grade/told.ts");
  return toldAssignment(await readAssignment(resolve(callersFolder("build"), file), file));
}
