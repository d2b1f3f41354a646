/** `npm run check:exercises [-- slug …]`: holds every exercise, or those named, to what an exercise is, and says what to mend. */
import { join } from "node:path";
import { exerciseReport } from "./exercise-faults.ts";
import { root } from "./tree.ts";

const { found, faults } = await exerciseReport(join(root, "exercises"), join(root, "chapters"), process.argv.slice(2));
for (const line of found) console.log(line);
for (const line of faults) console.error(`exercises/${line}`);
if (faults.length > 0) process.exitCode = 1;
else console.log(found.length === 1 ? "1 exercise, as it should be." : `${found.length} exercises, as they should be.`);
