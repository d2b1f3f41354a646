import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import sirv from "sirv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeProfiles, newTab } from "../../apps/setup/launch.ts";
import { type SiteServer, serveSite } from "../../apps/setup/server.ts";
import type { RunReport, RunRequest } from "../../lab/sandbox/protocol.ts";
import { buildTrialSite, type TrialSite } from "./trial/build.ts";
import type { TrialRun } from "./trial/page.ts";

let site: TrialSite;
let server: SiteServer;
let page: Page;

beforeAll(async () => {
  site = await buildTrialSite();
  server = await serveSite(site.folder, 0);
  page = await openPage(server.url);
});

afterAll(async () => {
  await closeProfiles();
  await Promise.all([server?.close(), site?.remove()]);
});

async function openPage(url: string): Promise<Page> {
  const opened = await newTab();
  await opened.goto(url);
  await opened.waitForFunction(() => window.trial !== undefined);
  return opened;
}

function run(code: string, change: Partial<RunRequest> = {}, stopAfterMs?: number): Promise<TrialRun> {
  return page.evaluate(([a, b, c]) => window.trial.run(a, b, c), [code, change, stopAfterMs] as const);
}

function call(code: string, name: string, args: unknown[] = [], timeoutMs = 2000) {
  return page.evaluate(([a, b, c, d]) => window.trial.call(a, b, c, d), [code, name, args, timeoutMs] as const);
}

function onBook(body: string): string {
  return `export default class {\n  onBook(book, market) {\n${body}\n  }\n}`;
}

const ENDLESS_MATCH = onBook("/^(a+)+$/.test('a'.repeat(60) + 'b')");

const last = ({ messages }: TrialRun) => messages.at(-1);

async function expectAlive(): Promise<void> {
  expect(last(await run(onBook(""), { orders: 1000 }))).toMatchObject({ kind: "report" });
}

describe("a run", () => {
  test("of the first chapter's strategy agrees on both engines, and reports as it goes", async () => {
    const code = await readFile(
      new URL("../../chapters/identify-bottlenecks/market-maker.ts", import.meta.url),
      "utf8",
    );
    const { messages } = await run(code, { orders: 100_000 });
    const report = messages.at(-1) as RunReport;
    expect(report).toMatchObject({ kind: "report", clock: { isolated: true } });
    expect(report.agreement.difference).toBeUndefined();
    expect(report.agreement.compared).toBeGreaterThan(100_000);
    expect(report.engines.map(({ engine }) => engine)).toEqual(["typescript", "rust-wasm"]);
    expect(new Set(report.engines.map(({ hash }) => hash)).size).toBe(1);
    expect(report.fills).toBeGreaterThan(0);
    const kinds = messages.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== "starting").slice(0, 3)).toEqual(["loaded", "clock", "progress"]);
    expect(kinds.at(-2)).toBe("splitting");
    const batches = messages.flatMap((each) => (each.kind === "progress" ? each.engines[1].batches : []));
    expect(batches.length).toBeGreaterThan(10);
    expect(batches.filter(({ ms }) => ms * 1000 < 200 * report.clock.stepUs)).toEqual([]);
  });

  test("gives the same events twice", async () => {
    const strategy = onBook("if (market.random() < 0.5) market.buy(book.bids[0]?.[0] ?? 1, 5);");
    const reports = [await run(strategy), await run(strategy)].map((each) => last(each) as RunReport);
    expect(reports[0].engines[0].hash).toBe(reports[1].engines[0].hash);
    expect(reports[0].account).toEqual(reports[1].account);
  });

  test("keeps apart what two engines' strategies remember outside of the class", async () => {
    const code = `let books = 0;\n${onBook("market.buy(1 + books++ % 50, 1);")}`;
    expect(last(await run(code))).toMatchObject({ kind: "report", agreement: {} });
  });

  test("works on a page that is not isolated, with the coarser clock", async () => {
    const plain: Server = createServer(sirv(site.folder));
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const open = await openPage(`http://127.0.0.1:${(plain.address() as AddressInfo).port}`);
    const { messages } = await open.evaluate((code) => window.trial.run(code), onBook(""));
    expect(messages.at(-1)).toMatchObject({ kind: "report", clock: { isolated: false } });
    expect((messages.at(-1) as RunReport).clock.stepUs).toBeGreaterThan(20);
    await open.context().close();
    plain.closeAllConnections();
    plain.close();
  });
});

describe("what goes wrong in a reader's code is told on its line:", () => {
  test.each<[string, string, { phase: string; line?: number; column?: number; message?: RegExp }]>([
    ["a syntax error", "const a = 1;\nconst b = ;", { phase: "syntax", line: 2, column: 11 }],
    ["an import", 'import fs from "node:fs";\nfs;', { phase: "syntax", line: 1 }],
    ["no default export", "export const a = 1;", { phase: "load", message: /no default export/ }],
    ["a function for a strategy", "export default function onBook() {}", { phase: "load", message: /is a function/ }],
    ["a throw at the top level", "const a = 1;\nnull.x;", { phase: "load", line: 2 }],
    ["a throw in a callback", onBook("\n    throw new Error('no');"), { phase: "run", line: 4, message: /Error: no/ }],
    ["a throw after types", onBook("const x: number = 1;\nundefined.y"), { phase: "run", line: 4 }],
    ["a wrong order", onBook("market.buy(0.5, 1)"), { phase: "run", line: 3, message: /whole number of ticks/ }],
    ["chance of its own", onBook("Math.random()"), { phase: "run", line: 3, message: /market\.random\(\)/ }],
    ["a rejected promise", onBook("Promise.reject(new Error('later'))"), { phase: "run", line: 3, message: /later/ }],
    ["an endless loop", onBook("\nwhile (true) {}"), { phase: "loop", line: 4 }],
    ["an endless loop without braces", onBook("\n\nfor (;;) market.inventory;"), { phase: "loop", line: 5 }],
    ["an endless loop that catches", onBook("for (;;) { try { for (;;); } catch {} }"), { phase: "loop", line: 3 }],
    ["an endless async loop", onBook("(async () => {\nfor (;;) await null; })()"), { phase: "loop", line: 4 }],
    ["an endless loop at the top level", "do {} while (true)", { phase: "loop", line: 1 }],
    ["an array that grows", onBook("const a = [];\nfor (;;) a.push(a.length);"), { phase: "loop", line: 4 }],
    ["an endless recursion", onBook("const f = () => f() + 1;\nf()"), { phase: "run", line: 3, message: /stack/ }],
  ])("%s", async (_, code, { message, ...place }) => {
    const failure = last(await run(code));
    expect(failure).toMatchObject({ kind: "failed", ...place });
    if (message !== undefined) expect(failure).toMatchObject({ message: expect.stringMatching(message) });
    await expectAlive();
  });
});

describe("a run is stopped, and Run works again at once:", () => {
  test("by Stop, in the middle of a call that doesn't come back", async () => {
    const { messages } = await run(ENDLESS_MATCH, {}, 600);
    expect(messages.at(-1)).toMatchObject({ kind: "stopped", reason: "reader" });
    expect(messages.map(({ kind }) => kind)).not.toContain("progress");
    await expectAlive();
  });

  test("by Stop, while it goes well", async () => {
    const { messages } = await run(onBook(""), { orders: 10_000_000 }, 700);
    expect(messages.at(-1)).toMatchObject({ kind: "stopped", reason: "reader" });
    expect(messages.map(({ kind }) => kind)).toContain("progress");
    await expectAlive();
  });

  test.each([
    ["a regular expression without end", ENDLESS_MATCH],
    ["a chain of promises without end", onBook("const f = () => Promise.resolve().then(f); f()")],
    ["a wait without end", onBook("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)")],
  ])("by silence, as of %s", async (_, code) => {
    const stopped = last(await run(code, { orders: 10_000_000 }));
    expect(stopped).toMatchObject({ kind: "stopped", reason: "silence" });
    expect((stopped as { afterMs: number }).afterMs).toBeGreaterThanOrEqual(5000);
    await expectAlive();
  });

  test("or by the end of its process, when its memory runs out", async () => {
    const hoard = onBook("globalThis.kept = Array.from({ length: 1e7 }, () => new Array(100).fill(1.5));");
    const stopped = last(await run(hoard));
    expect(stopped?.kind).toBe("stopped");
    // By which of the two depends on how fast the machine gives memory.
    expect(["silence", "lost"]).toContain((stopped as { reason: string }).reason);
    await expectAlive();
  });

  test("and leaves one frame behind, the next one's", async () => {
    await run(onBook(""), { orders: 10_000_000 }, 300);
    await expectAlive();
    await page.waitForFunction(() => window.trial.frames() === 1);
  });
});

describe("the console", () => {
  test("is shown with its lines", async () => {
    const { messages } = await run(
      onBook("if (market.inventory === 0) {\nconsole.log('at', [1, { a: 2 }]); market.buy(1, 1); }"),
      {
        orders: 1000,
      },
    );
    expect(messages.find(({ kind }) => kind === "log")).toEqual({
      kind: "log",
      level: "log",
      text: "at [1, { a: 2 }]",
      line: 4,
    });
  });

  test("leaves the page alive through a million lines, and is heard of one engine alone", async () => {
    const chatty =
      "let n = 0;\nexport default { onBook() { if (n < 1e6) for (let i = 0; i < 1e5; i++) console.log('line', n++); } };";
    const { messages } = await run(chatty, { orders: 2000 });
    expect(messages.at(-1)?.kind).toBe("report");
    const lines = messages.filter(({ kind }) => kind === "log");
    expect(lines.length).toBe(201);
    expect(lines.at(-1)).toMatchObject({ text: "Only the first 200 lines are shown." });
    await expectAlive();
  });
});

test("long lines of the console are no flood", async () => {
  const code =
    "export default { onStart() { for (let i = 0; i < 300; i++) console.log('\\u0001'.repeat(3000)); }, onBook() {} };";
  const { messages } = await run(code, { orders: 1000 });
  expect(messages.at(-1)?.kind).toBe("report");
  expect(messages.filter(({ kind }) => kind === "log").length).toBe(201);
});

describe("a module that is called", () => {
  test("gives back copies of plain values", async () => {
    const echo = await call("export const echo = (...values) => values;", "echo", [1, -0, "a", null, [true], { b: 2 }]);
    expect(echo).toMatchObject({ value: [1, -0, "a", null, [true], { b: 2 }] });
    const made = "export const made = async () => ({ view: new Int32Array([1]), none: undefined });";
    expect(await call(made, "made")).toMatchObject({ value: { view: new Int32Array([1]), none: undefined } });
  });

  test("can be called as often as the page likes", async () => {
    const code = "export const twice = (x: number) => 2 * x;";
    const sum = await page.evaluate((text) => window.trial.callOften(text, "twice", 1000), code);
    expect(sum).toBe(1000 * 999);
  });

  test("may print a line in every call", async () => {
    const code = "export const twice = (x: number) => { console.log('twice', x); return 2 * x; };";
    const sum = await page.evaluate((text) => window.trial.callOften(text, "twice", 1000), code);
    expect(sum).toBe(1000 * 999);
  });

  test("gives back what is longer than a message of a run", async () => {
    const { value } = (await call(
      "export const many = (n) => Array.from({ length: n }, (_, i) => i);",
      "many",
      [50_000],
    )) as {
      value: number[];
    };
    expect(value.length).toBe(50_000);
  });

  test.each<[string, string, string, { kind: string; line?: number; message?: RegExp }]>([
    ["is not there", "export const a = 1;", "missing", { kind: "missing", message: /no function named missing/ }],
    [
      "throws",
      "export const f = () => {\n  throw new RangeError('far');\n}",
      "f",
      { kind: "thrown", line: 2, message: /far/ },
    ],
    ["gives a function", "export const f = () => () => 1;", "f", { kind: "thrown", message: /returned a function/ }],
    [
      "gives too much",
      "export const f = () => 'x'.repeat(5e6);",
      "f",
      { kind: "thrown", message: /more than the page takes/ },
    ],
    ["loops", "export const f = () => {\n  for (;;);\n}", "f", { kind: "timeout", line: 2, message: /loop on line 2/ }],
    ["hangs", "export const f = () => new Promise(() => {});", "f", { kind: "timeout", message: /longer than 0.5 s/ }],
    ["doesn't parse", "export const f = = 1;", "f", { kind: "syntax", line: 1 }],
    ["throws when loaded", "export const f = g;", "f", { kind: "load", line: 1 }],
  ])("says so where it %s", async (_, code, name, { message, ...rest }) => {
    const outcome = await call(code, name, [], 500);
    expect(outcome).toMatchObject(rest);
    if (message !== undefined) expect(outcome.message).toMatch(message);
  });
});

/** A worker's script that answers its first message, which loads the reader's code, with that. */
function hostileWorker(answer: string): string {
  return `addEventListener("message", ({ ports: [port] }) => {
    const send = (...messages) => port.postMessage(JSON.stringify(messages));
    send({ kind: "ready" });
    port.onmessage = () => { ${answer} };
  });`;
}

const fakeProgress = (extra: string) =>
  `send({ kind: "progress", done: 0.5, engines: [], agreement: { compared: 1 }, account: []${extra} });`;

describe("a worker that is wholly in a stranger's hands", () => {
  test.each([
    ["an unknown kind", "send({ kind: 'marks', points: 100 });"],
    ["a key too many", fakeProgress(", html: '<b>'")],
    [
      "a number that is none",
      "send({ kind: 'progress', done: 7, engines: [], agreement: { compared: 1 }, account: [] });",
    ],
    ["a text for a number", "send({ kind: 'failed', phase: 'run', message: 'x', line: '1' });"],
    ["no JSON", "port.postMessage('{');"],
    ["no array", 'port.postMessage(\'{"kind":"ready"}\');'],
    ["a value for a call that nobody made", "send({ kind: 'returned', call: 1, value: 1 });"],
    ["a text without end", "send({ kind: 'log', level: 'log', text: 'x'.repeat(5000) });"],
  ])("is stopped for forging %s", async (_, answer) => {
    const { messages } = await page.evaluate((text) => window.trial.runHostile(text), hostileWorker(answer));
    expect(messages.map(({ kind }) => kind)).toEqual(["stopped"]);
    expect(messages[0]).toMatchObject({ reason: "forged" });
  });

  test.each([
    ["too many messages", `for (let i = 0; i < 10000; i++) ${fakeProgress("")}`],
    ["too long a message", "port.postMessage(' '.repeat(100000) + '[]');"],
    ["what is no text", "port.postMessage({ kind: 'ready' });"],
    ["a large buffer", "port.postMessage(new ArrayBuffer(1e8));"],
  ])("is stopped for sending %s", async (_, answer) => {
    const { messages } = await page.evaluate((text) => window.trial.runHostile(text), hostileWorker(answer));
    expect(messages.at(-1)).toMatchObject({ kind: "stopped", reason: "flood" });
    expect(messages.length).toBeLessThanOrEqual(201);
    await expectAlive();
  });

  test("is heard where it keeps to the protocol, or these tests would show nothing", async () => {
    const answer = `${fakeProgress("")} send({ kind: "failed", phase: "run", message: "well said" });`;
    const { messages } = await page.evaluate((text) => window.trial.runHostile(text), hostileWorker(answer));
    expect(messages.map(({ kind }) => kind)).toEqual(["progress", "failed"]);
  });
});

test("patched built-ins don't reach the clock or the words to the page", async () => {
  const patched = `
    performance.now = () => 0;
    Date.now = () => 0;
    JSON.stringify = () => '[{"kind":"failed","phase":"run","message":"forged"}]';
    MessagePort.prototype.postMessage = () => {};
    Function.prototype?.bind;
    ${onBook("market.buy(1, 1);")}`.replace("Function.prototype?.bind;", "");
  const report = last(await run(patched)) as RunReport;
  expect(report.kind).toBe("report");
  expect(report.clock.stepUs).toBeGreaterThan(0);
  expect(report.engines[0].ms).toBeGreaterThan(0);
});
