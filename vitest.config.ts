import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Many tests start our programs as processes and threads of their own: each would compile the same files anew.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("node_modules/.cache/compile", import.meta.url));

/** Tests that need a built site and a browser are named `*.browser.test.ts`; all others run in Node alone. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: ["**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", "**/node_modules/**", "dist/**"],
          // Vitest leaves one core idle, which is half of a small machine.
          maxWorkers: "100%",
          // A busy machine is slow and never wrong.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["**/*.browser.test.ts"],
          exclude: ["**/node_modules/**", "dist/**"],
          globalSetup: "./apps/setup/built-site.ts",
          // Two pages at a time: most of what they do is wait. After the tests in Node, which take all cores.
          maxWorkers: 2,
          // Files that run one after the other share a browser, and what they import.
          isolate: false,
          sequence: { groupOrder: 1 },
          // Generous, since a busy machine is slow and never wrong: a test waits for what happens.
          testTimeout: 240_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
