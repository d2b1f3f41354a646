import { satteri } from "@astrojs/markdown-satteri";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import linksValidator from "starlight-links-validator";
import { chapterLinks } from "./site/build/chapter-links.ts";
import { codeThemes } from "./site/build/code-themes.ts";
import { contenderBundle } from "./site/build/contender-bundle.ts";
import { glossaryLinks } from "./site/build/glossary-links.ts";
import { headTags } from "./site/build/head-tags.ts";
import { offline } from "./site/build/offline.ts";
import { sidebar } from "./site/build/order.ts";
import { quietBuild } from "./site/build/quiet-build.ts";
import { sandboxBundle } from "./site/build/sandbox-bundle.ts";
import { ISOLATION } from "./site/offline/isolation.ts";

export default defineConfig({
  srcDir: "./site",
  publicDir: "./site/public",
  server: { headers: ISOLATION },
  markdown: { processor: satteri() },
  // A worker's own parts are loaded when it needs them, as a page's are.
  vite: { plugins: [sandboxBundle(), contenderBundle()], build: quietBuild, worker: { format: "es" } },
  integrations: [
    chapterLinks(),
    starlight({
      title: "hotpath",
      description:
        "An interactive workbook: how a trading system's hot path moves from a high-level language to a low-latency core.",
      logo: { src: "./site/assets/mark.svg", alt: "" },
      favicon: "/favicon.svg",
      head: headTags,
      sidebar,
      disable404Route: true,
      markdown: { processedDirs: ["./chapters"] },
      customCss: [
        "@fontsource-variable/geist/wght.css",
        "@fontsource-variable/geist-mono/wght.css",
        "./site/styles/theme.css",
        "./site/styles/shell.css",
        "./site/styles/prose.css",
        "./site/styles/print.css",
        "./site/offline/notice.css",
      ],
      expressiveCode: codeThemes,
      routeMiddleware: "./site/components/shell/route-middleware.ts",
      components: {
        Footer: "./site/components/shell/Footer.astro",
        Hero: "./site/components/landing/Hero.astro",
        PageTitle: "./site/components/shell/PageTitle.astro",
      },
      // The glossary makes its anchors when it is built: checks/links.browser.test.ts follows links to them.
      plugins: [linksValidator({ exclude: ["**/glossary/#*"] })],
    }),
    glossaryLinks(),
    offline(),
  ],
});
