import * as z from "zod/mini";
import type { SourceFiles } from "../../../lab/sandbox/source-files.ts";

/** What a link holds: everything that a run depends on. */
export interface SharedRun {
  /** The id of the lab that it is for. */
  lab: string;
  files: SourceFiles;
  engines: string[];
  settings: {
    seed: number;
    profile: string;
    orders: number;
    latencyNs?: number;
    fees?: { makerTicks: number; takerTicks: number };
  };
  /** Of the event stream that the sender's run gave; left out where there was none. */
  hash?: string;
}

const VERSION = "1";
/** Before the data in the fragment, with the version between: `#run=1.eJy…`. */
export const FRAGMENT = "#run=";
/** Characters of a fragment that are read; browsers and messengers cut longer ones anyway. */
const MAX_LINK = 100_000;
/** Of what it unpacks to: a small link can't fill the page's memory. */
const MAX_BYTES = 600_000;

const text = (most: number) => z.string().check(z.maxLength(most));
const fee = z.number().check(z.gte(-1000), z.lte(1000));
const shape = z.strictObject({
  lab: text(100),
  files: z.record(text(100), text(500_000)).check(z.refine((files) => Object.keys(files).length > 0)),
  engines: z.array(text(100)).check(z.minLength(1), z.maxLength(4)),
  settings: z.strictObject({
    seed: z.int().check(z.gte(0), z.lte(2 ** 32 - 1)),
    profile: text(100),
    orders: z.int().check(z.gte(1000), z.lte(10_000_000)),
    latencyNs: z.optional(z.int().check(z.gte(0), z.lte(1e12))),
    fees: z.optional(z.strictObject({ makerTicks: fee, takerTicks: fee })),
  }),
  hash: z.optional(z.string().check(z.regex(/^[0-9a-f]{16}$/))),
});

z.config({ jitless: true });

/** The fragment for a run, with its "#". @throws RangeError where the code is too long for a link */
export async function shareFragment(run: SharedRun): Promise<string> {
  const packed = new Blob([JSON.stringify(run)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const fragment = `${FRAGMENT}${VERSION}.${toBase64Url(bytes)}`;
  if (fragment.length > MAX_LINK) throw new RangeError("The code is too long for a link. Export it as a file instead.");
  return fragment;
}

/**
 * What a fragment of this kind holds. It may come from anybody: it is bounded, and each field is checked.
 *
 * @throws Error for the reader, where it is cut off, changed, too long or of another version
 */
export async function readShareFragment(fragment: string): Promise<SharedRun> {
  const broken = "This link is not whole, or was changed on its way. Ask for it again.";
  const match = /^#run=(\d+)\.([A-Za-z0-9_-]*)$/.exec(fragment);
  if (fragment.length > MAX_LINK) throw new Error("This link is longer than any that a lab makes. It was not opened.");
  if (match === null) throw new Error(broken);
  if (match[1] !== VERSION) {
    throw new Error(
      `This link has version ${match[1]}, and this page reads version ${VERSION}. Reload the page, or ask for a new link.`,
    );
  }
  let parsed: z.infer<typeof shape>;
  try {
    parsed = shape.parse(JSON.parse(await unpack(fromBase64Url(match[2]))));
  } catch (error) {
    if (error instanceof RangeError) throw new Error("This link unpacks to more than a lab takes. It was not opened.");
    throw new Error(broken);
  }
  return parsed as SharedRun;
}

/** @throws RangeError where it is too much */
async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let out = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return out + decoder.decode();
    length += value.length;
    if (length > MAX_BYTES) {
      await reader.cancel();
      throw new RangeError("too much");
    }
    out += decoder.decode(value, { stream: true });
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(textual: string): Uint8Array<ArrayBuffer> {
  const binary = atob(textual.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
