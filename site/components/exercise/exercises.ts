import type { MarkdownInstance, MDXInstance } from "astro";
import { digest, exerciseHash } from "../../../lab/grade/digest.ts";
import { type ExerciseManifest, readManifest } from "../../../lab/grade/manifest.ts";
import type { ExerciseData } from "./exercise-data.ts";

/** The exercises as the site's build sees them: read as data from their folders, none by name. */

const manifests = import.meta.glob<string>("../../../exercises/*/exercise.json", {
  query: "?raw",
  import: "default",
  eager: true,
});
const starters = import.meta.glob<string>("../../../exercises/*/starter.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
const checks = import.meta.glob<string>("../../../exercises/*/checks.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
const others = import.meta.glob<string>(["../../../exercises/*/given/*.ts", "../../../exercises/*/checks/*.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const briefs = import.meta.glob<MDXInstance<object>>("../../../exercises/*/brief.mdx", { eager: true });
const hints = import.meta.glob<MarkdownInstance<object>>("../../../exercises/*/hints.md", { eager: true });

/** An exercise with what its page shows. */
export interface ExercisePage {
  slug: string;
  manifest: ExerciseManifest;
  /** Sum of its checks' points. */
  points: number;
  /** What the element in the page is handed. */
  data: ExerciseData;
  Brief: MDXInstance<object>["Content"];
  /** HTML of each hint, its title first. */
  hints: { title: string; html: string }[];
}

const folderOf = (slug: string): string => `../../../exercises/${slug}`;

/** Names of all exercises' folders. */
export function exerciseSlugs(): string[] {
  return Object.keys(manifests).map((path) => path.split("/").at(-2) as string);
}

/** @throws Error where there is no such exercise, naming those that there are */
export async function exercisePage(slug: string): Promise<ExercisePage> {
  const folder = folderOf(slug);
  const manifestText = manifests[`${folder}/exercise.json`];
  if (manifestText === undefined) {
    throw new Error(`There is no exercise "${slug}". There are: ${exerciseSlugs().join(", ")}.`);
  }
  const manifest = readManifest(manifestText, `exercises/${slug}/exercise.json`);
  const starter = starters[`${folder}/starter.ts`].replaceAll("\r\n", "\n");
  const own = filesBelow(folder);
  const hash = exerciseHash({ manifest: manifestText, starter, checks: checks[`${folder}/checks.ts`], others: own });
  return {
    slug,
    manifest,
    points: manifest.checks.reduce((sum, check) => sum + check.points, 0),
    data: {
      slug,
      id: manifest.id,
      title: manifest.title,
      hash,
      starter,
      starterHash: digest(starter),
      checks: manifest.checks,
      limits: manifest.limits,
      given: Object.fromEntries((manifest.given ?? []).map((name) => [name, own[`given/${name}`]])),
    },
    Brief: briefs[`${folder}/brief.mdx`].Content,
    hints: split(await hints[`${folder}/hints.md`].compiledContent()),
  };
}

/** Texts of `given/` and `checks/`, by path from the exercise's folder. */
function filesBelow(folder: string): Record<string, string> {
  const own = Object.entries(others).filter(([path]) => path.startsWith(`${folder}/`));
  return Object.fromEntries(own.map(([path, text]) => [path.slice(folder.length + 1), text.replaceAll("\r\n", "\n")]));
}

function split(html: string): { title: string; html: string }[] {
  return html
    .split(/(?=<h2\b)/)
    .map((part) => /^<h2[^>]*>(?<title>[\s\S]*?)<\/h2>(?<html>[\s\S]*)$/.exec(part)?.groups)
    .filter((groups) => groups !== undefined)
    .map(({ title, html }) => ({ title: title.replace(/<[^>]+>/g, "").trim(), html }));
}
