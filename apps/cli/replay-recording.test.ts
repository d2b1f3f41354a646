import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { ItchWriter } from "../../engines/flow/itch-writer.ts";
import { LobsterWriter } from "../../engines/flow/lobster-writer.ts";
import { recordedMarket } from "../../engines/flow/recorded-market.ts";
import { listEngines } from "../../engines/registry.ts";
import { replay } from "./replay-process.ts";

// Each test starts programs, which is slow where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

const fullEngines = listEngines().flatMap(({ manifest }) => (manifest.level === "core" ? [] : [manifest.name]));

function itch(messages: number, symbols: readonly string[]): Uint8Array {
  const writer = new ItchWriter(symbols);
  const market = recordedMarket({ seed: 7, stocks: symbols.length });
  writer.open();
  for (let i = 0; i < messages; i++) writer.write(market.next().value);
  writer.close();
  return writer.bytes.slice();
}

function lobster(messages: number): string {
  const writer = new LobsterWriter();
  const market = recordedMarket({ seed: 7 });
  for (let i = 0; i < messages; i++) writer.write(market.next().value);
  return writer.text;
}

const lines = (text: string) => text.split("\n").length - 1;

describe("an ITCH file", () => {
  const day = itch(5000, ["AAPL", "MSFT"]);

  test("gives the same events on every engine, compressed or not", async () => {
    const args = ["--format", "itch", "--symbol", "AAPL"];
    const { stdout, stderr, exitCode } = await replay(args, day);
    expect([stderr, exitCode]).toEqual(["", 0]);
    expect(lines(stdout)).toBeGreaterThan(2000);
    expect(stdout).not.toContain("rejected");
    for (const engine of fullEngines) {
      expect((await replay([...args, "--engine", engine], gzipSync(day))).stdout).toBe(stdout);
    }
  });

  test("of several stocks asks which one is meant", async () => {
    const { stdout, stderr, exitCode } = await replay(["--format", "itch"], day);
    expect(stderr).toMatch(/^standard input: message \d+ at byte \d+: .*--symbol: AAPL, MSFT\n$/);
    expect([stdout, exitCode]).toEqual(["", 1]);
  });

  test("that is cut off gives all events before, and says where", async () => {
    const whole = await replay(["--format", "itch", "--symbol", "MSFT"], day);
    const { stdout, stderr, exitCode } = await replay(["--format", "itch", "--symbol", "MSFT"], day.subarray(0, -5));
    expect(whole.stdout).toBe(stdout);
    expect(stderr).toContain("ends in the middle of a message");
    expect(exitCode).toBe(1);
  });

  test("whose compression is cut off says so", async () => {
    const cut = gzipSync(day).subarray(0, -20);
    const { stderr, exitCode } = await replay(["--format", "itch", "--symbol", "AAPL"], cut);
    expect(stderr).toBe("standard input: its gzip compression is damaged or cut off (unexpected end of file).\n");
    expect(exitCode).toBe(1);
  });

  test("with a price off the tick is an error", async () => {
    const { stderr, exitCode } = await replay(["--format", "itch", "--symbol", "AAPL", "--tick", "1"], day);
    expect(stderr).toContain("is off the tick of 1.00");
    expect(exitCode).toBe(1);
  });

  test.each([0, 1])("of %i bytes ends at once", async (bytes) => {
    expect((await replay(["--format", "itch"], day.subarray(0, bytes))).exitCode).toBe(bytes);
  });
});

describe("a LOBSTER file", () => {
  test("gives the same events on every engine, compressed or not", async () => {
    const messages = lobster(3000);
    const { stdout, stderr, exitCode } = await replay(["--format", "lobster"], messages);
    expect([stderr, exitCode]).toEqual(["", 0]);
    expect(lines(stdout)).toBeGreaterThan(2000);
    for (const engine of fullEngines) {
      expect((await replay(["--format", "lobster", "--engine", engine], gzipSync(messages))).stdout).toBe(stdout);
    }
  });

  test("that begins in mid-day says how many changes it skipped", async () => {
    const messages = lobster(3000).split("\n").slice(500).join("\n");
    const { stderr, exitCode } = await replay(["--format", "lobster"], messages);
    expect(stderr).toMatch(/^Skipped: \d+ changes of orders that the file never added\.\n$/);
    expect(exitCode).toBe(0);
  });

  test("with a wrong line is told of by its number", async () => {
    const { stderr, exitCode } = await replay(["--format", "lobster"], "34200.1,1,5,100,1000000,1\n34200.2,9\n");
    expect(stderr).toMatch(/^standard input: line 2 at byte 26: /);
    expect(exitCode).toBe(1);
  });
});

describe("flags that don't fit", () => {
  test.each([
    ["a symbol for LOBSTER", ["--format", "lobster", "--symbol", "AAPL"], "leave --symbol out"],
    ["a tick for commands", ["--tick", "0.01"], "give --format lobster or --format itch too"],
    ["a tick that is none", ["--format", "itch", "--tick", "0"], "The tick is"],
    ["a format that there is not", ["--format", "fix"], "Give one of commands, lobster, itch."],
  ])("are refused in words: %s", async (_name, args, message) => {
    const { stdout, stderr, exitCode } = await replay(args);
    expect(stderr).toContain(message);
    expect([stdout, exitCode]).toEqual(["", 2]);
  });
});
