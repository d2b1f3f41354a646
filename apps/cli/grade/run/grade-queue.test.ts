import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ended, startGrading } from "./grade-process.ts";
import { type SampleClass, writeSampleClass, wrongGrades } from "./sample-class.ts";

/** Against a real Redis, by `.ci/run`, where there is one. */
const hasRedis = process.env.HOTPATH_HEAVY === "1" && spawnSync("redis-server", ["--version"]).status === 0;

const main = fileURLToPath(new URL("../../main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hotpath-queue-"));
const children: ChildProcess[] = [];
let queue = "";
let sample: SampleClass;

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** A program that runs until it is ended. @returns when it has said `ready` */
function started(program: string, args: readonly string[], ready: string): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return new Promise((resolve, reject) => {
    const heard = (text: string) => text.includes(ready) && resolve(child);
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", heard);
    child.on("exit", () => reject(new Error(`${program} ended before it said "${ready}".`)));
  });
}

const worker = (assignment: string): Promise<ChildProcess> =>
  started(
    process.execPath,
    [main, "grade-worker", "--queue", queue, "--assignment", assignment, "--jobs", "1"],
    "waiting",
  );

describe.skipIf(!hasRedis)("a class that several machines grade", { timeout: 300_000 }, () => {
  beforeAll(async () => {
    const port = await freePort();
    await started(
      "redis-server",
      ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", folder],
      "Ready to accept",
    );
    queue = `redis://127.0.0.1:${port}`;
    sample = await writeSampleClass(folder, 30);
  }, 30_000);

  test("gets what each must, once, though a worker is killed in the middle", async () => {
    const [first, second] = [await worker(sample.assignment), await worker(sample.assignment)];
    let done = 0;
    second.stderr?.on("data", () => ++done === 3 && second.kill("SIGKILL"));
    const out = join(folder, "graded");
    const { exitCode, text } = await ended(startGrading(sample, out, ["--queue", queue]));
    expect({ exitCode, text }).toMatchObject({
      exitCode: 0,
      text: expect.stringMatching(/30 students, 30 submissions/),
    });
    expect(second.signalCode).toBe("SIGKILL");
    expect(await wrongGrades(out, sample.expected)).toEqual([]);
    const lines = readFileSync(join(out, "journal.ndjson"), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    expect(lines).toHaveLength(30);
    first.kill("SIGINT");
    expect((await ended(first)).exitCode).toBe(0);
  });

  test("is refused by a worker that has another assignment", async () => {
    const other = join(folder, "other.json");
    writeFileSync(other, readFileSync(sample.assignment, "utf8").replace("A sample class", "Another class"));
    const wrong = await worker(sample.assignment);
    const asked = { ...sample, assignment: other };
    const { exitCode, text } = await ended(startGrading(asked, join(folder, "refused"), ["--queue", queue]));
    expect({ exitCode, text }).toMatchObject({
      exitCode: 1,
      text: expect.stringMatching(/A worker has another assignment/),
    });
    wrong.kill("SIGKILL");
  });
});

test("says what to do where no Redis answers, or the address is none", { timeout: 30_000 }, async () => {
  const own = sample ?? (await writeSampleClass(folder, 1));
  const port = await freePort();
  const nobody = await ended(startGrading(own, join(folder, "nobody"), ["--queue", `redis://127.0.0.1:${port}`]));
  expect(nobody).toMatchObject({
    exitCode: 1,
    text: expect.stringMatching(/no Redis answers at 127\.0\.0\.1:\d+ .*Start it, or mend the address/),
  });
  const none = await ended(startGrading(own, join(folder, "none"), ["--queue", "localhost"]));
  expect(none).toMatchObject({ exitCode: 2, text: expect.stringMatching(/give Redis's address, such as redis:/) });
});
