import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { listEngines } from "../../engines/registry.ts";
import { outcomeOf, replay, startReplay } from "./replay-process.ts";

// Each test starts programs, which is slow where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

const engineNames = listEngines().map(({ manifest }) => manifest.name);
/** Those that know what each command here asks for: `text-cases.test.ts` replays what the others do. */
const fullEngines = listEngines().flatMap(({ manifest }) => (manifest.level === "core" ? [] : [manifest.name]));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hotpath-replay-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const COMMANDS = [
  '{"op":"add","id":7,"side":"sell","type":"limit","price":100,"size":10,"tif":"gtc"}',
  '{"op":"add","id":9,"side":"buy","type":"market","size":4}',
  '{"op":"replace","id":7,"price":101,"size":5}',
  '{"op":"add","id":7,"side":"sell","price":100,"size":1}',
  '{"op":"amend \\u2028\\ud800","id":7}',
  '{"id":7}',
  '{"op":"book","depth":3}',
  '{"op":"book","depth":null}',
  '{"op":"cancel","id":7}',
  '{"op":"cancel","id":"7"}',
];
const EVENTS = [
  '{"event":"accepted","id":7}',
  '{"event":"accepted","id":9}',
  '{"event":"executed","taker":9,"maker":7,"price":100,"size":4}',
  '{"event":"replaced","id":7,"price":101,"size":5}',
  '{"event":"rejected","op":"add","id":7,"reason":"duplicate-id"}',
  '{"event":"rejected","op":"amend \u2028\\ud800","reason":"unknown-op"}',
  '{"event":"rejected","op":null,"reason":"unknown-op"}',
  '{"event":"book","bids":[],"asks":[[101,5,1]]}',
  '{"event":"rejected","op":"book","reason":"invalid-depth"}',
  '{"event":"canceled","id":7,"size":5,"reason":"user"}',
  '{"event":"rejected","op":"cancel","reason":"invalid-id"}',
];
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

describe("events", () => {
  test.each(fullEngines)("of %s are as the contract writes them", async (engine) => {
    const file = fileOf(`${engine}.ndjson`, text(COMMANDS));
    expect(await replay(["--engine", engine, file])).toEqual({ stdout: text(EVENTS), stderr: "", exitCode: 0 });
  });

  test("are the same from standard input, said as - or by leaving the file out", async () => {
    const expected = { stdout: text(EVENTS), stderr: "", exitCode: 0 };
    expect(await replay([], text(COMMANDS))).toEqual(expected);
    expect(await replay(["-"], text(COMMANDS))).toEqual(expected);
  });

  test("of no commands are none", async () => {
    expect(await replay([])).toEqual({ stdout: "", stderr: "", exitCode: 0 });
  });

  test("come in order over many batches, with the unknown ops in their places", async () => {
    const ops = Array.from({ length: 5000 }, (_, i) => (i % 3 === 0 ? "book" : `op ${i}`));
    const { stdout } = await replay([], text(ops.map((op) => JSON.stringify({ op }))));
    const book = '{"event":"book","bids":[],"asks":[]}';
    const echo = (op: string) => `{"event":"rejected","op":"${op}","reason":"unknown-op"}`;
    expect(stdout).toBe(text(ops.map((op) => (op === "book" ? book : echo(op)))));
  });

  test("of a line that is longer than a chunk, with characters cut by it, are right", async () => {
    const op = `${"é€😀".repeat(20_000)}\u2028`;
    const { stdout } = await replay([], `{"op":"${op}"}`);
    expect(stdout).toBe(`{"event":"rejected","op":"${op}","reason":"unknown-op"}\n`);
  });
});

describe("lines", () => {
  test("of nothing but space, tab and CR are skipped, and the last needs no line feed", async () => {
    const { stdout, exitCode } = await replay([], `\n \t\r\n${COMMANDS[0]}\r\n\r\n${COMMANDS[1]}`);
    expect(stdout).toBe(text(EVENTS.slice(0, 3)));
    expect(exitCode).toBe(0);
  });

  const badLines: [string, string | Uint8Array, string][] = [
    ["half a line", '{"op":"add","id":1', "not JSON"],
    ["an array", "[1]", "this is an array"],
    ["a second value", '{"op":"book"} 1', "not JSON"],
    ["NaN", '{"id":NaN}', "not JSON"],
    ["no space of JSON's", "\u00a0", "not JSON"],
    ["invalid UTF-8", Buffer.of(0x7b, 0x22, 0xff, 0x22, 0x7d), "not UTF-8"],
    ["a byte order mark", '\uFEFF{"op":"book"}', "byte order mark"],
  ];
  test.each(badLines)("that are bad end it, all events before them written: %s", async (_name, line, message) => {
    const before = `${COMMANDS[0]}\n\n${COMMANDS[1]}\n`;
    const input = Buffer.concat([Buffer.from(before), Buffer.from(line), Buffer.from(`\n${COMMANDS[2]}\n`)]);
    const { stdout, stderr, exitCode } = await replay([], input);
    expect(stdout).toBe(text(EVENTS.slice(0, 3)));
    expect(stderr).toMatch(/^standard input: line 4: .*\n$/);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(1);
  });

  test("that are bad are told of by the file's name", async () => {
    const file = fileOf("bad.ndjson", "{\n");
    const { stderr } = await replay([file]);
    expect(stderr.startsWith(`${file}: line 1: not JSON`)).toBe(true);
  });
});

describe("the command line", () => {
  test("with an unknown engine lists the engines", async () => {
    const { stdout, stderr, exitCode } = await replay(["--engine", "rust", "orders.ndjson"]);
    expect(stderr).toBe(`There is no engine "rust". The engines are: ${engineNames.join(", ")}.\n`);
    expect([stdout, exitCode]).toEqual(["", 2]);
  });

  test("with a file that is not there says where it looked", async () => {
    const { stdout, stderr, exitCode } = await replay(["orders.ndjson"], "", {
      INIT_CWD: folder,
      npm_lifecycle_event: "replay",
    });
    expect(stderr).toBe(`orders.ndjson: there is no such file (looked in ${folder}).\n`);
    expect([stdout, exitCode]).toEqual(["", 1]);
  });

  test("with a folder on standard input says so", async () => {
    const descriptor = openSync(folder, "r");
    const main = fileURLToPath(new URL("main.ts", import.meta.url));
    const { stderr, status } = spawnSync(process.execPath, [main, "replay"], {
      stdio: [descriptor, "pipe", "pipe"],
      encoding: "utf8",
    });
    closeSync(descriptor);
    expect(stderr).toBe("standard input: it is a folder; give a file.\n");
    expect(status).toBe(1);
  });

  test("with a folder says so", async () => {
    const { stderr, exitCode } = await replay([folder]);
    expect(stderr).toBe(`${folder}: it is a folder; give a file.\n`);
    expect(exitCode).toBe(1);
  });

  test.each([
    ["two files", ["a.ndjson", "b.ndjson"], "too many arguments"],
    ["two engines", ["-e", "typescript", "-e", "typescript"], "It was given before"],
    ["an option that there is not", ["--speed"], "unknown option '--speed'"],
    ["an engine without its name", ["--engine"], "argument missing"],
  ])("with %s is refused in words", async (_name, args, message) => {
    const { stdout, stderr, exitCode } = await replay(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("    at ");
    expect([stdout, exitCode]).toEqual(["", 2]);
  });

  test("finds a file where npm was called, not where it runs", async () => {
    const path = fileOf("here.ndjson", text(COMMANDS));
    const env = { INIT_CWD: dirname(path), npm_lifecycle_event: "replay" };
    const { stdout } = await replay([basename(path)], "", env);
    expect(stdout).toBe(text(EVENTS));
  });

  test("explains itself, with an example", async () => {
    const { stdout, exitCode } = await replay(["--help"]);
    expect(stdout).toContain("npm run --silent replay -- --engine typescript orders.ndjson");
    for (const name of engineNames) expect(stdout).toContain(name);
    expect(exitCode).toBe(0);
  });
});

describe("a stream", () => {
  test("ends quietly when its reader goes, as head does", async () => {
    const child = startReplay([]);
    child.stdin.on("error", () => {});
    const feed = setInterval(() => child.stdin.write('{"op":"book"}\n'.repeat(1000)), 1);
    child.stdout.once("data", () => child.stdout.destroy());
    const outcome = await outcomeOf(child);
    clearInterval(feed);
    expect([outcome.stderr, outcome.exitCode]).toEqual(["", 0]);
  });

  test("gives the events of what has come, before its end has", async () => {
    const child = startReplay([]);
    child.stdin.write(`${COMMANDS[0]}\n`);
    const first = await new Promise<Buffer>((resolve) => child.stdout.once("data", resolve));
    expect(first.toString()).toBe(`${EVENTS[0]}\n`);
    child.stdin.end();
    expect((await outcomeOf(child)).exitCode).toBe(0);
  });
});

describe("memory", () => {
  /** Adds and cancels with 1,000 orders live, whatever their number. */
  function* flow(commands: number): Generator<string> {
    for (let i = 0; i < commands; i += 2) {
      const id = (i % 2000) / 2 + 1;
      const price = 100 + (id % 50);
      yield `{"op":"cancel","id":${id}}\n{"op":"add","id":${id},"side":"buy","type":"limit","price":${price},"size":${(i % 90) + 1}}\n`;
    }
  }

  /** Linux keeps the peak of the process itself; what Node tells there may be that of the process that started it. */
  const REPORT = `process.on("exit", () => {
    let kib = process.resourceUsage().maxRSS;
    try {
      kib = Number(/VmHWM:\\s+(\\d+)/.exec(process.getBuiltinModule("fs").readFileSync("/proc/self/status", "utf8"))[1]);
    } catch {}
    process.stderr.write("peak " + kib);
  });`;

  async function peakMiB(commands: number): Promise<number> {
    const report = fileOf("report.mjs", REPORT);
    const child = startReplay(
      [fileOf("flow.ndjson", [...flow(commands)].join(""))],
      ["--import", pathToFileURL(report).href],
    );
    child.stdin.end();
    const { stderr, exitCode } = await outcomeOf(child);
    expect(exitCode).toBe(0);
    return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
  }

  test("at 1,000,000 commands is at most 30 MiB above that at 100,000", async () => {
    expect((await peakMiB(1_000_000)) - (await peakMiB(100_000))).toBeLessThan(30);
  });
});
