// Runs before each npm script, on any Node from 20 on and without packages: installs what package-lock.json names.
// Everything it prints goes to standard error, so that a script's own output can be piped.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const modules = join(root, "node_modules");
const stamp = join(modules, ".hotpath-installed");
const node24 = join(modules, ".bin", process.platform === "win32" ? "node.cmd" : "node");

function stop(message) {
  console.error(`hotpath: ${message}`);
  process.exit(1);
}

/** Line endings differ between checkouts of the same lock. */
function lockHash() {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8").replaceAll("\r\n", "\n");
  return createHash("sha256").update(lock).digest("hex");
}

function isInstalled(hash) {
  return existsSync(node24) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

function install(hash) {
  const npm = process.env.npm_execpath;
  if (npm === undefined) stop("packages are missing. Run: npm ci");
  // `npm ci` removes node_modules first; Windows can't while this very program runs from there.
  const runsFromModules = process.execPath.startsWith(modules + sep);
  const command = process.platform === "win32" && runsFromModules ? "install" : "ci";
  console.error("hotpath: installing packages (once; about a minute) …");
  const runtime = process.env.npm_node_execpath ?? process.execPath;
  const isScript = /\.[cm]?js$/.test(npm);
  const result = spawnSync(isScript ? runtime : npm, [...(isScript ? [npm] : []), command, "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    // `npm run --silent` hands its silence down, and would hide why an installation failed.
    env: { ...process.env, npm_config_loglevel: "error" },
  });
  if (result.error) stop(`npm could not be started: ${result.error.message}. Run: npm ci`);
  if (result.status !== 0) stop("the packages could not be installed; npm's message stands above. Then run: npm ci");
  if (!existsSync(node24)) {
    stop(
      "the `node` package did not install Node 24. Allow its install script (`npm approve-scripts node`), then run: npm ci",
    );
  }
  writeFileSync(stamp, hash);
}

if (Number(process.versions.node.split(".")[0]) < 20) {
  stop(`Node ${process.versions.node} is too old. Install Node 20 or newer.`);
}
const hash = lockHash();
if (!isInstalled(hash)) install(hash);
