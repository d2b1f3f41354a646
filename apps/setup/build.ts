import { resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import type { ToldAssignment } from "../../lab/grade/told.ts";
import { callersFolder } from "../cli/callers-folder.ts";
import { buildSite } from "./site.ts";

/** `npm run build [-- --assignment class.json]`: builds the site into `dist`, for everyone or for one class. */
try {
  const { values } = parseArgs({ options: { assignment: { type: "string" } } });
  await buildSite(values.assignment === undefined ? undefined : await toldIn(values.assignment));
} catch (error) {
  console.error(`hotpath: ${(error as Error).message}`);
  process.exit(1);
}

/** What a class is told of its assignment: all that the site's build gets to know of it. */
async function toldIn(file: string): Promise<ToldAssignment> {
  const { readAssignment } = await import("../cli/grade/assignment-file.ts");
  const { toldAssignment } = await import("../cli/grade/told.ts");
  return toldAssignment(await readAssignment(resolve(callersFolder("build"), file), file));
}
