import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { closedLoop, openLoop } from "../../lab/measure/stalling-server.ts";

const cwd = fileURLToPath(new URL(".", import.meta.url));
const python = ["python3", "python"].find(
  (command) => spawnSync(command, ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]).status === 0,
);

/** What a program prints, which imports what stands beside this file. */
function run(program: string, input = ""): unknown {
  const { stdout, stderr, status } = spawnSync(python as string, ["-B", "-c", program], {
    cwd,
    input,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe.skipIf(python === undefined)("in Python (skipped where there is no Python 3.8)", () => {
  test("both loops give the latencies that they give in TypeScript", () => {
    const load = { serviceUs: 20, stallMs: 50, everyMs: 1000, ratePerSecond: 1000, requests: 3000, seed: 7 };
    // Without stalls a latency is the work.
    const works = [...closedLoop({ ...load, stallMs: 0 }).latencyMs];
    const program = `
import json, sys
from stalling_server import closed_loop, open_loop
works = json.load(sys.stdin)
print(json.dumps([closed_loop(works, 1, 50, 1000), open_loop(works, 1, 50, 1000)]))`;
    const given = run(program, JSON.stringify(works)) as number[][];
    for (const [index, loop] of [closedLoop, openLoop].entries()) {
      const expected = loop(load).latencyMs;
      expect(given[index]).toHaveLength(expected.length);
      const apart = given[index].map((latency, at) => Math.abs(latency - expected[at]));
      expect(Math.max(...apart)).toBeLessThan(1e-6);
    }
  });

  test("spans add up by path, and cost what the clock says", () => {
    const program = `
import itertools, json
from spans import Spans, receive
spans = Spans(now=itertools.count().__next__)
events = [receive(["1", "-2"], spans, int, lambda c: c > 0, lambda c: [c, c]) for _ in range(2)]
print(json.dumps([events, {" ".join(path): ns for path, ns in spans.total_ns.items()}]))`;
    expect(run(program)).toEqual([
      [
        [1, 1],
        [1, 1],
      ],
      { burst: 14, "burst decode": 2, "burst risk": 2, "burst match": 2 },
    ]);
  });
});
