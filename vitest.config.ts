import { defineConfig } from "vitest/config";

/** Tests that need a built site and a browser are named `*.browser.test.ts`; all others run in Node alone. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: ["**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", "**/node_modules/**", "dist/**"],
        },
      },
      {
        test: {
          name: "browser",
          include: ["**/*.browser.test.ts"],
          exclude: ["**/node_modules/**", "dist/**"],
          globalSetup: "./apps/setup/built-site.ts",
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
