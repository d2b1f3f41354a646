import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, parse, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../../failure.ts";
import type { ReadAssignment } from "../assignment-file.ts";
import { moduleFiles } from "./module-files.ts";
import { type ZipFile, zipOf } from "./zip-writer.ts";

const project = fileURLToPath(new URL("../../../../", import.meta.url));
const RUN = join(project, "apps", "cli", "grade", "give", "gradescope-run.ts");
/** Files of the engines that checks may ask for by name; text and code come with the modules. */
const BUILT = [join(project, "engines"), join(project, "wasm-rust", "pkg")];
/** The only package that none of the grader's modules imports by name: what a submission runs in. */
const DENO = "deno";

/**
 * Writes the zip that Gradescope makes an autograder of: `setup.sh`, `run_autograder`, the grader, the assignment with its
 * exercises and hidden checks. Their places to each other stay as they are on this disk, so that each import holds and the
 * assignment's hash is the same.
 *
 * @param zipPath where to write it
 * @param assignmentPath the assignment's file, absolute
 * @throws Failure where something that it needs isn't there, or the assignment lies on another drive
 */
export async function writeAutograder(zipPath: string, assignmentPath: string, read: ReadAssignment): Promise<void> {
  const { files, packages } = await filesOf(assignmentPath, read);
  const root = commonFolder([project, ...files]);
  const inZip = (file: string) => relative(root, file).split(sep).join("/");
  const home = inZip(project.replace(/[\\/]$/, ""));
  const zipped: ZipFile[] = [
    { path: "setup.sh", bytes: Buffer.from(setupText(home)), isExecutable: true },
    {
      path: "run_autograder",
      bytes: Buffer.from(runText(home, inZip(RUN), inZip(assignmentPath))),
      isExecutable: true,
    },
    {
      path: ["tree", home, "package.json"].filter((part) => part !== "").join("/"),
      bytes: Buffer.from(await packageText(packages)),
    },
  ];
  for (const file of files) zipped.push({ path: `tree/${inZip(file)}`, bytes: await readFile(file) });
  try {
    await writeFile(zipPath, zipOf(zipped));
  } catch (error) {
    throw new Failure(
      `${zipPath} can't be written: ${(error as Error).message}. Give a path in a folder that there is.`,
    );
  }
}

async function filesOf(assignmentPath: string, { assignment, exercises }: ReadAssignment) {
  const entries = [RUN];
  const others = [assignmentPath];
  for (const { slug } of exercises) {
    const folder = join(project, "exercises", slug);
    entries.push(join(folder, "checks.ts"));
    others.push(join(folder, "exercise.json"), join(folder, "starter.ts"));
    for (const below of ["checks", "given"]) others.push(...(await filesBelow(join(folder, below))));
  }
  for (const { hidden } of assignment.exercises) if (hidden !== undefined) entries.push(hidden.file);
  for (const folder of BUILT) others.push(...(await filesBelow(folder)).filter((file) => /[\\/]pkg[\\/]/.test(file)));
  try {
    const modules = await moduleFiles(entries);
    return { files: [...new Set([...modules.files, ...others])].sort(), packages: [...modules.packages, DENO] };
  } catch (error) {
    throw new Failure(`The autograder can't be written: ${(error as Error).message}. Is the checkout complete?`);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map(({ parentPath, name }) => join(parentPath, name));
}

function commonFolder(paths: readonly string[]): string {
  let folder = resolve(paths[0]);
  for (const path of paths) {
    while (path !== folder && !path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
      if (folder === parse(folder).root) {
        throw new Failure(
          `${path}: it is on another drive than the project. Put the assignment and its hidden checks on one.`,
          2,
        );
      }
      folder = dirname(folder);
    }
  }
  return folder;
}

/** The packages in the versions that this project is tested with. */
async function packageText(packages: readonly string[]): Promise<string> {
  const { devDependencies } = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
  const dependencies = packages.filter((name) => name in devDependencies).map((name) => [name, devDependencies[name]]);
  return `${JSON.stringify({ private: true, type: "module", dependencies: Object.fromEntries(dependencies) }, null, 2)}\n`;
}

const BASE = 'base="$' + '{HOTPATH_AUTOGRADER:-/autograder}"';

function setupText(home: string): string {
  return `#!/usr/bin/env bash
# Gradescope runs this once, when it builds the assignment's image. This needs the network; grading doesn't.
# It installs npm from the image's own distribution where there is none, and by npm what package.json names: the grader's packages,
# Node ${process.versions.node} and Deno. No install script is run.
set -euo pipefail
${BASE}
cd "$base/source/tree/"${quoted(home)}
if [ ! -e node_modules ]; then
  if ! command -v npm > /dev/null; then
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates npm
  fi
  case "$(uname -m)" in
    aarch64 | arm64) processor=arm64 ;;
    *) processor=x64 ;;
  esac
  npm install --ignore-scripts --no-audit --no-fund "node-linux-$processor@${process.versions.node}"
fi
`;
}

function runText(home: string, run: string, assignment: string): string {
  return `#!/usr/bin/env bash
# Gradescope copies this beside its folders and runs it for each submission.
set -euo pipefail
${BASE}
tree="$base/source/tree"
node=node
for own in "$tree/"${quoted(home)}/node_modules/node-linux-*/bin/node; do
  if [ -x "$own" ]; then node="$own"; fi
done
exec "$node" "$tree/"${quoted(run)} "$base" "$tree/"${quoted(assignment)}
`;
}

/** For a shell: nothing in it is anything but text. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
