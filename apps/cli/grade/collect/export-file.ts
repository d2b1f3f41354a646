import { z } from "zod";
import { BOUNDS } from "./found.ts";

/** What a workbook's own export holds, as far as it is used. */
export interface ExportFile {
  exerciseId: string;
  /** What the file calls the exercise, for messages. */
  exerciseTitle: string;
  code: string;
  /** ISO 8601: when the learner's own clock says that it was written. */
  exportedAt: string;
  /** The receipts as text, where they are short enough to be shown. */
  claimed: string | undefined;
}

const CLAIMED_LENGTH = 64 * 1024;

const exportForm = z.object({
  kind: z.literal("hotpath-submission"),
  version: z.literal(1),
  exportedAt: z.iso.datetime({ offset: true }),
  exercise: z.object({ id: z.uuid(), title: z.string().max(200) }),
  code: z.string().max(BOUNDS.codeBytes),
  receipts: z.array(z.unknown()),
});

/**
 * Reads the file that the workbook's "Export submission" gives.
 *
 * @returns undefined where it is some other JSON
 * @throws Error whose message goes behind "it"
 */
export function readExport(text: string): ExportFile | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    if (!text.includes("hotpath-submission")) return undefined;
    throw new Error("is a workbook's export, but not whole. Ask for it again.");
  }
  if ((data as { kind?: unknown } | null)?.kind !== "hotpath-submission") return undefined;
  const read = exportForm.safeParse(data);
  if (!read.success) {
    const [{ path }] = read.error.issues;
    throw new Error(
      `is a workbook's export that was changed by hand (${path.join(".")}). Ask for the file as exported.`,
    );
  }
  const { exercise, code, exportedAt, receipts } = read.data;
  return { exerciseId: exercise.id, exerciseTitle: exercise.title, code, exportedAt, claimed: claimedText(receipts) };
}

function claimedText(receipts: readonly unknown[]): string | undefined {
  if (receipts.length === 0) return undefined;
  try {
    const text = JSON.stringify(receipts);
    return text.length > CLAIMED_LENGTH ? undefined : text;
  } catch {
    // Nested deeper than can be written: no receipt of ours.
    return undefined;
  }
}
