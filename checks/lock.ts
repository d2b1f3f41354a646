import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

/**
 * A package with native parts names one optional package for each platform. npm leaves those out of package-lock.json that
 * the registry at hand does not serve, and `npm ci` then refuses the lock, or another platform goes without its binary.
 * Run `node checks/lock.ts` to add them: name, version and platform are all in the packages that want them.
 */

interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface Lock {
  packages: Record<string, LockedPackage>;
}

const OS: Record<string, string> = { windows: "win32" };
const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
const C_LIBRARIES: Record<string, string> = { gnu: "glibc", musl: "musl" };

/** Whether `name`, wanted by the package at `path`, is in the lock: beside it or in a folder above. */
function isLocked(lock: Lock, path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (lock.packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === "" || !folder.includes("/node_modules/")) {
      return lock.packages[`node_modules/${name}`] !== undefined;
    }
  }
}

/** The optional packages that something in the lock wants and that the lock does not hold. */
export function missingPackages(lock: Lock): { name: string; version: string; wantedBy: string }[] {
  return Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(lock, path, name))
      .map(([name, version]) => ({ name, version, wantedBy: path })),
  );
}

/** Reads the platform from a name such as `@pagefind/windows-x64`. @throws Error where it names none */
export function lockedPlatform(name: string, version: string, dev: boolean | undefined): LockedPackage {
  const words = name.split(/[/-]/).map((word) => OS[word] ?? word);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const libc = words.filter((word) => word in C_LIBRARIES).map((word) => C_LIBRARIES[word]);
  if (cpu.length !== 1 || !/^\d/.test(version)) {
    throw new Error(`package-lock.json: ${name}@${version} names no one platform and version; add it by hand`);
  }
  return {
    version,
    cpu,
    ...(dev === true ? { dev } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

/** Adds what is missing, in the order in which npm keeps a lock. */
export function completeLock(lock: Lock): Lock {
  const added = missingPackages(lock).map(({ name, version, wantedBy }) => [
    `node_modules/${name}`,
    lockedPlatform(name, version, lock.packages[wantedBy].dev),
  ]);
  const packages = [...Object.entries(lock.packages), ...added] as [string, LockedPackage][];
  packages.sort(([a], [b]) => a.localeCompare(b, "en"));
  return { ...lock, packages: Object.fromEntries(packages) };
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(fileURLToPath(new URL("../", import.meta.url)), "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
  const missing = missingPackages(lock).length;
  if (missing > 0) writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  console.log(`package-lock.json: ${missing} packages of other platforms added`);
}
