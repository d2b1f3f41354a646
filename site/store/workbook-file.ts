import type { Verdict } from "../../lab/grade/verdict.ts";
import type { WorkbookFile } from "./transfer.ts";

/** The largest file that is read, characters: far above what the store keeps. */
const MOST_CHARACTERS = 50_000_000;

type Shape = Record<string, "string" | "string?" | "number" | "boolean" | "verdict" | "verdict?" | "files?">;

const TEXT = {
  key: "string",
  code: "string",
  otherFiles: "files?",
  title: "string?",
  starterHash: "string",
  savedAt: "number",
} as const;

const SHAPES = {
  drafts: TEXT,
  snapshots: { ...TEXT, reason: "string" },
  attempts: { exerciseId: "string", code: "string", verdict: "verdict", at: "number" },
  progress: {
    exerciseId: "string",
    attempts: "number",
    bestPoints: "number",
    of: "number",
    hintsShown: "number",
    solutionShown: "boolean",
    last: "verdict?",
    updatedAt: "number",
  },
} as const satisfies Record<string, Shape>;

const FILE_NAME = /^[\w-]{1,60}\.ts$/;

const CHECK: Shape = {
  name: "string",
  credit: "string",
  points: "number",
  of: "number",
  status: "string",
  reason: "string",
};

/**
 * Reads a file that a workbook wrote, which may have been changed since, or come from anywhere.
 *
 * @throws Error that says what is wrong with it, for the reader
 */
export function readWorkbookFile(text: string): WorkbookFile {
  if (text.length > MOST_CHARACTERS) throw new Error("This file is too large to be a workbook's export.");
  const file = parsed(text);
  if (!isObject(file) || file.kind !== "hotpath-workbook") {
    throw new Error("This file is no export of a workbook: choose one that was written by Export.");
  }
  if (file.version !== 1 && file.version !== 2) {
    throw new Error(`This file is of version ${String(file.version)}, and this workbook reads versions 1 and 2.`);
  }
  const rows = (table: keyof typeof SHAPES): unknown[] => {
    const list = file[table];
    if (!Array.isArray(list)) throw new Error(`This file is damaged: it has no list of ${table}.`);
    return list.map((row, index) => readRow(row, SHAPES[table], `${table}[${index}]`));
  };
  return {
    kind: "hotpath-workbook",
    version: file.version,
    exportedAt: String(file.exportedAt),
    drafts: rows("drafts") as WorkbookFile["drafts"],
    snapshots: rows("snapshots") as WorkbookFile["snapshots"],
    attempts: rows("attempts") as WorkbookFile["attempts"],
    progress: rows("progress") as WorkbookFile["progress"],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("This file is not JSON: choose one that was written by Export.");
  }
}

/** Keeps the fields that a row has, and nothing else. */
function readRow(row: unknown, shape: Shape, place: string): Record<string, unknown> & { status?: unknown } {
  if (!isObject(row)) throw damaged(place);
  const read: Record<string, unknown> & { status?: unknown } = {};
  for (const [field, type] of Object.entries(shape)) {
    const value = (row as Record<string, unknown>)[field];
    if (type.endsWith("?") && value === undefined) continue;
    if (type === "files?") requireFiles(value, `${place}.${field}`);
    else if (type.startsWith("verdict")) requireVerdict(value, `${place}.${field}`);
    else if (typeof value !== type.replace("?", "") || (type === "number" && !Number.isFinite(value)))
      throw damaged(`${place}.${field}`);
    read[field] = value;
  }
  return read;
}

function requireFiles(value: unknown, place: string): void {
  if (!isObject(value)) throw damaged(place);
  for (const [name, text] of Object.entries(value)) {
    if (!FILE_NAME.test(name) || typeof text !== "string") throw damaged(`${place}.${name}`);
  }
}

function requireVerdict(value: unknown, place: string): void {
  const right = isObject(value) && typeof value.points === "number" && typeof value.of === "number";
  if (!right || !Number.isInteger(value.seed) || !Array.isArray(value.checks)) throw damaged(place);
  for (const [index, check] of value.checks.entries()) {
    const read = readRow(check, CHECK, `${place}.checks[${index}]`);
    if (!["passed", "partial", "failed", "pending"].includes(read.status as string)) {
      throw damaged(`${place}.checks[${index}].status`);
    }
    const failing = (check as Unread).failing;
    const texts: Shape = { input: "string", expected: "string", got: "string" };
    if (failing !== undefined) readRow(failing, texts, `${place}.checks[${index}].failing`);
  }
}

/** The fields that are looked at by name, each of whatever it is. */
type Unread = Partial<Record<keyof WorkbookFile | keyof Verdict | "failing", unknown>> & object;

function isObject(value: unknown): value is Unread {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function damaged(place: string): Error {
  return new Error(`This file is damaged: ${place} is not what Export writes. Nothing was imported.`);
}
