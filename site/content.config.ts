import { defineCollection } from "astro:content";
import { docsSchema } from "@astrojs/starlight/schema";
import { glob } from "astro/loaders";
import { z } from "astro/zod";

const chapterFields = z.object({
  /** What the reader can do after the chapter; stands at its head. */
  aim: z.string().optional(),
  /** How long it takes, the lab included. */
  minutes: z.number().int().positive().optional(),
});

export const collections = {
  docs: defineCollection({
    loader: glob({ base: "./chapters", pattern: "**/*.{md,mdx}" }),
    schema: docsSchema({ extend: chapterFields }),
  }),
};
