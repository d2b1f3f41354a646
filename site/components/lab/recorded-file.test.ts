import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readRecordedFile } from "./recorded-file.ts";

const named = (data: BlobPart, name = "day"): File => new File([data], name);
const LOBSTER = "34200.1,1,11,100,5850000,1\n34200.2,1,12,50,5851000,-1\n";

function message(type: string, length: number, stock = "", at = 0): number[] {
  const body = new Array<number>(length).fill(0);
  body[0] = type.charCodeAt(0);
  for (const [index, letter] of [...stock.padEnd(stock === "" ? 0 : 8)].entries())
    body[at + index] = letter.charCodeAt(0);
  return [0, length, ...body];
}

const ITCH = new Uint8Array([
  ...message("S", 12),
  ...message("R", 39, "AAPL", 11),
  ...message("R", 39, "MSFT", 11),
  ...message("A", 36, "AAPL", 24),
  ...message("S", 12),
]);

describe("a reader's own file", () => {
  test("is known as LOBSTER by its first line, plain and compressed", async () => {
    const plain = await readRecordedFile(named(LOBSTER));
    const packed = await readRecordedFile(named(gzipSync(LOBSTER)));
    expect(plain).toMatchObject({ format: "lobster", cut: false, symbols: [] });
    expect(packed.bytes).toEqual(plain.bytes);
    expect(new TextDecoder().decode(plain.bytes)).toBe(LOBSTER);
  });

  test("is known as ITCH by its first message, and lists its symbols", async () => {
    expect(await readRecordedFile(named(ITCH))).toMatchObject({
      format: "itch",
      symbols: ["AAPL", "MSFT"],
      cut: false,
    });
  });

  test("is cut after a whole record where it is too large", async () => {
    const lines = await readRecordedFile(named(LOBSTER), 40);
    expect(lines.cut).toBe(true);
    expect(new TextDecoder().decode(lines.bytes)).toBe(LOBSTER.split("\n")[0].concat("\n"));
    const messages = await readRecordedFile(named(ITCH), 20);
    expect(messages.bytes.length).toBe(14);
  });

  test("is refused by name where it is empty, neither format, or not whole", async () => {
    await expect(readRecordedFile(named("", "none.csv"))).rejects.toThrow("none.csv is empty.");
    await expect(readRecordedFile(named("a,b,c\n", "x.csv"))).rejects.toThrow(/^x\.csv is neither/);
    const broken = gzipSync(LOBSTER).subarray(0, 30);
    await expect(readRecordedFile(named(broken, "cut.gz"))).rejects.toThrow(/^cut\.gz could not be read/);
  });
});
