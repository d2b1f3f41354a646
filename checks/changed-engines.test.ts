import { describe, expect, test } from "vitest";
import { listEngines } from "../engines/registry.ts";
import { changedFiles, enginesTouched } from "./changed-engines.ts";

const manifests = listEngines().map(({ manifest }) => manifest);

describe("a change touches", () => {
  test.each([
    ["engines/typescript/book-side.ts", ["typescript"]],
    ["engines/typescript-ladder/engine.ts", ["typescript-ladder"]],
    ["engines/ocaml/core/book.ml", ["ocaml"]],
    ["wasm-rust/Cargo.lock", ["rust-wasm"]],
    ["engines/contract/binary.ts", []],
    ["chapters/order.json", []],
  ])("by %s the engines %j", (file, engines) => expect(enginesTouched([file], manifests)).toEqual(engines));
});

describe("the files of a change are", () => {
  /** Git as it would answer; undefined is its failure. */
  function answering(answers: Record<string, string | undefined>) {
    const asked: string[] = [];
    const run = (...args: string[]) => {
      asked.push(args.join(" "));
      return answers[args.join(" ")];
    };
    return { asked, run };
  }

  const others = { "ls-files --others --exclude-standard -z": "new.ts\0" };

  test("those that are listed, before git is asked", () => {
    const { asked, run } = answering({});
    expect(changedFiles({ HOTPATH_CHANGED: "engines/a/b.ts\n engines/c.ts " }, run)).toEqual([
      "engines/a/b.ts",
      "engines/c.ts",
    ]);
    expect(asked).toEqual([]);
  });

  test("those since the base of the pull request, and those not committed", () => {
    const { run } = answering({
      "rev-parse HEAD": "b2\n",
      "merge-base HEAD origin/release": "a1\n",
      "diff --name-only -z a1": "x y.ts\0z.ts\0",
      ...others,
    });
    expect(changedFiles({ GITHUB_BASE_REF: "release" }, run)).toEqual(["x y.ts", "z.ts", "new.ts"]);
  });

  test("those of the last commit, on the branch that is merged into and where no branch is known", () => {
    const last = { "rev-parse HEAD": "b2\n", "rev-parse HEAD~": "a1\n", "diff --name-only -z a1": "z.ts\0", ...others };
    expect(changedFiles({}, answering({ ...last, "merge-base HEAD origin/main": "b2\n" }).run)).toEqual([
      "z.ts",
      "new.ts",
    ]);
    expect(changedFiles({}, answering(last).run)).toEqual(["z.ts", "new.ts"]);
  });

  test("unknown where git knows of no commit before", () => {
    expect(changedFiles({}, answering({ "rev-parse HEAD": "b2\n" }).run)).toBeUndefined();
  });
});
