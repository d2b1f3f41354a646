import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { conformanceCases } from "../../../engines/conformance/cases.ts";
import { Oracle } from "../../../engines/conformance/oracle.ts";
import { OracleDoor } from "../../../engines/conformance/oracle-engine.ts";
import { POST_ONLY_SHIFT } from "../../../engines/contract/binary.ts";
import { withBinaryDoor } from "../../../engines/contract/binary-adapter.ts";
import type { EngineManifest } from "../../../engines/contract/engine.ts";
import { Failure } from "../failure.ts";
import { type CheckOptions, check, failureText } from "./check.ts";
import { runCheck } from "./checking.ts";
import { splitCommandLine } from "./command-line.ts";
import { recordsCommandOf, replayCommandOf, resultMarkdown, resultText } from "./report.ts";
import type { ConformFailure } from "./result.ts";
import { commandSubject, engineSubject } from "./subject.ts";

const options: CheckOptions = { level: "full", seed: 1, deepCommands: 0, onProgress: () => {} };
const manifest: EngineManifest = {
  name: "planted",
  title: "Planted",
  language: "TypeScript",
  level: "full",
  door: "objects",
  unsupported: [],
  artefacts: [],
  sources: [],
};

/** The oracle, but for what it answers to a cancel of this id. */
class Forgetful extends Oracle {
  override execute(command: object) {
    const events = super.execute(command);
    return "op" in command && command.op === "cancel" && "id" in command && command.id === 7 ? [] : events;
  }
}

function planted(Kind: typeof Oracle) {
  return engineSubject(manifest, () => withBinaryDoor(new OracleDoor(new Kind("full"))));
}

describe("a command line is cut as on every system", () => {
  test.each([
    ["./my-engine", ["./my-engine"]],
    ["  node  'my engine.js' --fast ", ["node", "my engine.js", "--fast"]],
    ['"C:\\Program Files\\e.exe" -x="a b"', ["C:\\Program Files\\e.exe", "-x=a b"]],
    ["e '' end", ["e", "", "end"]],
  ])("%s", (line, words) => expect(splitCommandLine(line)).toEqual(words));

  test("an open quote and no program are told of", () => {
    expect(() => splitCommandLine("node 'x")).toThrow("--command node 'x: a ' isn't closed.");
    expect(() => splitCommandLine("  ")).toThrow("give a program");
  });
});

describe("an engine", () => {
  test("that answers as the oracle passes each case of its level, and none above", () => {
    const { tallies, failure } = check(planted(Oracle), options);
    expect(failure).toBeUndefined();
    expect(tallies.map(({ level, failed }) => [level, failed])).toEqual([
      ["core", 0],
      ["full", 0],
    ]);
    expect(tallies.every(({ passed }) => passed > 100)).toBe(true);
  });

  test("that is wrong where only random commands go is caught by them, in few commands", () => {
    const cases = conformanceCases.slice(0, 3);
    const { failure } = check(planted(Forgetful), { ...options, cases, deepCommands: 20_000 });
    expect(failure?.name).toBe("hostile commands, seed 1");
    expect(failure?.commands).toEqual([{ op: "cancel", id: 7 }]);
    expect(failure?.text).toContain("unknown-order");
  });

  test("that is wrong on a record that no command gives is caught, by few records", () => {
    const careless = () => {
      const engine = withBinaryDoor(new OracleDoor(new Oracle("full")));
      const submit = engine.submit.bind(engine);
      // It takes a post-only flag of 2 for one of 1.
      engine.submit = (words) => {
        for (let at = 0; at < words; at += 6) engine.commands[at] &= ~(2 << POST_ONLY_SHIFT);
        return submit(words);
      };
      return engine;
    };
    const plain = check(engineSubject(manifest, careless), { ...options, cases: [] });
    expect(plain.failure?.records?.length).toBeLessThanOrEqual(10);
    expect(plain.tallies.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThan(0);
    const deep = { ...options, cases: [], records: [], deepCommands: 20_000 };
    const { failure } = check(engineSubject(manifest, careless), deep);
    expect(failure).toMatchObject({ name: "hostile records, seed 1", commands: [] });
    expect(failure?.records?.length).toBeLessThanOrEqual(3);
    expect(failureText(failure as ConformFailure)).toMatch(/^\[\d+(,-?\d+){5}\]\n/);
    expect(recordsCommandOf("planted", "full", failure as ConformFailure, 1)).toContain("--deep --seed 1");
  });

  test("is let off what its manifest admits, and the report says so", () => {
    const [first] = conformanceCases;
    const unsupported = [{ what: first.name, why: "not written yet" }];
    const subject = { ...planted(Oracle), manifest: { ...manifest, unsupported } };
    const result = check(subject, { ...options, cases: [first], records: [] });
    expect(result.tallies[0]).toEqual({
      level: "core",
      passed: 0,
      failed: 0,
      untried: 0,
      admitted: [{ name: first.name, why: "not written yet" }],
    });
    expect(resultText(result)).toContain(`left out: ${first.name} (not written yet)`);
  });

  test("that can't be loaded is told of in words", async () => {
    const plan = { asked: { engine: "nobody" }, deep: false, seed: 1 };
    await expect(runCheck(plan, new AbortController().signal, () => {})).rejects.toThrow('There is no engine "nobody"');
  });

  test("is stopped at once", async () => {
    const stopping = new AbortController();
    const plan = { asked: { engine: "typescript" }, deep: true, seed: 1 };
    const stopped = runCheck(plan, stopping.signal, () => stopping.abort(new Failure("Stopped.", 130)));
    await expect(stopped).rejects.toThrow("Stopped.");
  });
});

describe("a program outside the tree", () => {
  const folder = mkdtempSync(join(tmpdir(), "hotpath-conform-"));
  const cases = conformanceCases.slice(0, 1);

  function programOf(name: string, code: string) {
    writeFileSync(join(folder, name), code);
    return commandSubject([process.execPath, name], folder);
  }

  function answering(name: string, text: string) {
    return programOf(name, `process.stdin.resume().on("end", () => process.stdout.write(${JSON.stringify(text)}));`);
  }

  const due = cases[0].lines.filter((line) => "event" in line).map((line) => `${JSON.stringify(line)}\n`);

  test("that writes the events passes", () => {
    const { tallies, failure } = check(answering("right.mjs", due.join("")), { ...options, cases });
    expect(failure).toBeUndefined();
    expect(tallies[0].passed).toBe(1);
  });

  test("that writes one too many fails", () => {
    const { failure } = check(answering("more.mjs", `${due.join("")}{}\n`), { ...options, cases });
    expect(failure?.text).toContain("actual");
  });

  test("that writes the events with other spaces is told so", () => {
    const spaced = due.map((line) => line.replaceAll(":", ": ")).join("");
    const { failure } = check(answering("spaced.mjs", spaced), { ...options, cases });
    expect(failure?.text).toContain("The events are right and their text isn't");
  });

  test("that ends badly fails with its own words", () => {
    const { failure } = check(programOf("bad.mjs", 'console.error("no luck"); process.exit(3);'), {
      ...options,
      cases,
    });
    expect(failure?.text).toMatch(/ended with exit code 3.*no luck/);
  });

  test("that isn't there is the command line's fault", () => {
    const subject = commandSubject(["./nobody-here"], folder);
    expect(() => check(subject, { ...options, cases })).toThrow("there is no program ./nobody-here");
  });
});

test("a failing case is shown with its commands, and in Markdown", () => {
  const result = check(planted(Forgetful), { ...options, cases: [], deepCommands: 20_000 });
  const text = resultText(result, "npm run --silent replay -- x");
  expect(text).toContain('{"op":"cancel","id":7}');
  expect(text).toContain("Again: npm run --silent replay -- x");
  expect(resultMarkdown(result, "Node 24")).toContain("### `planted`: does not conform");
});

test("what runs the commands again is the shell's own", () => {
  const command = ["node", "my engine.js"] as const;
  expect(replayCommandOf({ command: [...command], folder: "" }, "f", "linux")).toBe('node "my engine.js" < "f"');
  expect(replayCommandOf({ command: [...command], folder: "" }, "f", "win32")).toMatch(/^Get-Content "f" \|/);
});

test("the script of package.json is the command", () => {
  const { scripts } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  expect(scripts.conform).toBe("node apps/cli/main.ts conform");
});
