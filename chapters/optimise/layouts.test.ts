import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const python = ["python3", "python"].find(
  (command) => spawnSync(command, ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]).status === 0,
);

test.skipIf(python === undefined)(
  "in Python a column gives what records give (skipped where there is no Python 3.8)",
  () => {
    const file = fileURLToPath(new URL("./layouts.py", import.meta.url));
    const { status, stdout, stderr } = spawnSync(python as string, ["-B", file], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const sizes = Array.from({ length: 1000 }, (_, n) => 1 + ((n * 7919) % 1000));
    expect(stdout.trim()).toBe(`${Math.max(...sizes)} ${Math.max(...sizes)} 4`);
  },
);
