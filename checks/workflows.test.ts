import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectFiles, readProjectFile, root } from "./tree.ts";

type Permissions = Record<string, string> | string;

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  "working-directory"?: string;
}

interface Job {
  permissions?: Permissions;
  "timeout-minutes"?: number;
  steps: Step[];
}

interface Workflow {
  on: Record<string, { paths?: string[] } | null>;
  permissions?: Permissions;
  jobs: Record<string, Job>;
}

/** Only the job that publishes the site may write, and it checks nothing out. */
const MAY_WRITE: Record<string, Permissions> = { "pages.yml deploy": { pages: "write", "id-token": "write" } };

const { scripts } = JSON.parse(readProjectFile("package.json")) as { scripts: Record<string, string> };
const workflows = projectFiles()
  .filter((file) => /^\.github\/workflows\/.*\.ya?ml$/.test(file))
  .map((file) => ({ name: file.split("/").slice(2).join("/"), workflow: parse(readProjectFile(file)) as Workflow }));
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([job, content]) => ({ name: `${name} ${job}`, job: content })),
);
const steps = jobs.flatMap(({ name, job }) => job.steps.map((step) => ({ name, step })));

test("there are workflows for the tests, the site and the bench", () => {
  expect(workflows.map(({ name }) => name).sort()).toEqual(["bench.yml", "pages.yml", "test.yml"]);
});

describe("a workflow's token", () => {
  test.each(workflows)("of $name can read the code, and no more", ({ workflow }) => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    expect(Object.keys(workflow.on)).not.toContain("workflow_run");
  });

  test.each(jobs)("may do more in no job but the one that publishes: $name", ({ name, job }) => {
    expect(job.permissions).toEqual(MAY_WRITE[name]);
    if (job.permissions !== undefined) expect(job.steps.filter(({ run }) => run !== undefined)).toEqual([]);
  });

  test("is not left in a checkout, where the code that is tested could take it", () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@"));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const { step } of checkouts) expect(step.with?.["persist-credentials"]).toBe(false);
  });

  test("of a pull request publishes nothing", () => {
    const publishing = workflows.filter(({ workflow }) => "pull_request" in workflow.on);
    const writes = publishing.flatMap(({ workflow }) => Object.values(workflow.jobs)).filter((job) => job.permissions);
    expect(writes).toEqual([]);
  });
});

test("no secret and no text of a pull request stands in a command", () => {
  expect(steps.filter(({ step }) => step.run?.includes("${{")).map(({ name }) => name)).toEqual([]);
  expect(workflows.filter(({ workflow }) => JSON.stringify(workflow).includes("secrets."))).toEqual([]);
});

test("each action is GitHub's own, by a commit or a major version", () => {
  const used = steps.flatMap(({ step }) => step.uses ?? []);
  expect(used.filter((action) => !/^actions\/[\w-]+@(v\d+|[0-9a-f]{40})$/.test(action))).toEqual([]);
});

test("each job ends after a while", () => {
  expect(jobs.filter(({ job }) => !((job["timeout-minutes"] ?? 0) > 0)).map(({ name }) => name)).toEqual([]);
});

describe("what the workflows run is there", () => {
  const commands = steps.flatMap(({ name, step }) =>
    (step.run ?? "").split("\n").map((line) => ({ name, line: line.trim() })),
  );

  test("as scripts of package.json", () => {
    const asked = commands.flatMap(({ line }) =>
      [...line.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map((match) => match[1] ?? match[2]),
    );
    expect(asked).toEqual(expect.arrayContaining(["test", "build"]));
    expect(asked.filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  test("as files of the project", () => {
    const asked = commands.flatMap(({ line }) =>
      [...line.matchAll(/\b(?:node|bash) ([\w./-]+)/g)].map(([, file]) => file),
    );
    expect(asked).toEqual(expect.arrayContaining([".ci/run", "apps/cli/bench/pull-request.ts"]));
    expect(asked.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test("as paths at whose change they run", () => {
    const paths = workflows.flatMap(({ workflow }) => Object.values(workflow.on).flatMap((on) => on?.paths ?? []));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(root, path.replace(/\/\*\*$/, ""))))).toEqual([]);
  });
});

test("the Rust, C++ and OCaml toolchains that .ci/run looks for are installed for it", () => {
  const installing = steps.flatMap(({ step }) => step.run ?? []).find((run) => run.includes("apt-get install")) ?? "";
  for (const tool of ["clang-19", "ocaml-findlib", "js-of-ocaml"]) expect(installing).toContain(tool);
});
