import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SampleClass } from "./sample-class.ts";

const main = fileURLToPath(new URL("../../main.ts", import.meta.url));

/** Starts `hotpath grade` on a sample class. @param more further arguments */
export function startGrading(sample: SampleClass, out: string, more: readonly string[] = []): ChildProcess {
  const { inputs, assignment, roster } = sample;
  const args = [main, "grade", inputs, "--assignment", assignment, "--roster", roster, "--out", out, ...more];
  return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
}

export interface Graded {
  exitCode: number | null;
  text: string;
}

/** Waits for its end. */
export function ended(child: ChildProcess): Promise<Graded> {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (part) => (text += part));
  return new Promise((resolve) => child.on("close", (exitCode) => resolve({ exitCode, text })));
}

/** All that a grading gave and that is not how long it took: texts by path, to be compared. */
export async function gradesIn(out: string): Promise<Record<string, string>> {
  const grades: Record<string, string> = {};
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const file = path.slice(out.length + 1).replaceAll("\\", "/");
    if (!entry.isFile() || !/^(feedback|receipts|summary\.csv|distribution\.csv|upload\/\w+\.csv)/.test(file)) continue;
    const text = await readFile(path, "utf8");
    grades[file] = file.startsWith("receipts/") ? withoutHost(text) : text;
  }
  return grades;
}

function withoutHost(receipt: string): string {
  return JSON.stringify(JSON.parse(receipt), (key, value) => (key === "host" ? undefined : value));
}
