import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What a process holds in memory, MiB; undefined where it is gone, or where this system doesn't tell. Linux tells at once and
 * macOS after starting `ps`; Windows tells nobody without a program of its own, so there the heap's and Wasm's own bounds
 * and the clock are all there is.
 */
export async function residentMiB(pid: number, platform: string = process.platform): Promise<number | undefined> {
  if (platform === "linux") return linuxMiB(pid);
  return platform === "darwin" ? macMiB(pid) : undefined;
}

/** How long to wait between two looks, ms; undefined where looking tells nothing. */
export function lookEveryMs(platform: string = process.platform): number | undefined {
  if (platform === "linux") return 20;
  return platform === "darwin" ? 250 : undefined;
}

function linuxMiB(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status);
    return kib === null ? undefined : Number(kib[1]) / 1024;
  } catch {
    return undefined;
  }
}

function macMiB(pid: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile("/bin/ps", ["-o", "rss=", "-p", `${pid}`], (error, out) => {
      const kib = Number(out);
      resolve(error !== null || !(kib > 0) ? undefined : kib / 1024);
    });
  });
}
