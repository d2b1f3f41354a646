import process from "node:process";
import { buildSite } from "./site.ts";

try {
  await buildSite();
} catch (error) {
  console.error(`hotpath: ${(error as Error).message}`);
  process.exit(1);
}
