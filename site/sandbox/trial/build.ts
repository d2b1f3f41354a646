import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { headTags } from "../../build/head-tags.ts";
import { sandboxBundle } from "../../build/sandbox-bundle.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface TrialSite {
  folder: string;
  remove(): Promise<void>;
}

/** Builds a page with the sandbox alone, under the policy that every page of the workbook has. */
export async function buildTrialSite(): Promise<TrialSite> {
  const folder = await mkdtemp(join(tmpdir(), "hotpath-trial-"));
  await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: "warn",
    plugins: [sandboxBundle()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: join(root, "site", "sandbox", "trial", "page.ts"),
        output: { entryFileNames: "page.js" },
      },
    },
  });
  const policy = headTags.find(({ attrs }) => "http-equiv" in attrs)?.attrs.content;
  if (policy === undefined)
    throw new Error("site/build/head-tags.ts has no policy: the sandbox needs frame-src 'none'");
  const page = [
    "<!doctype html>",
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<link rel="icon" href="data:,">',
    "<title>The sandbox on trial</title>",
    '<body><script type="module" src="/page.js"></script></body>',
  ].join("\n");
  await writeFile(join(folder, "index.html"), page);
  await writeFile(join(folder, "404.html"), "<!doctype html><title>Not found</title>");
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
