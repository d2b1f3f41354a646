import { expect, test } from "vitest";
import { pathOf } from "./kept-file.ts";

test.each([
  ["https://a.example/hotpath/", "index.html"],
  ["https://a.example/hotpath/a/", "a/index.html"],
  ["https://a.example/hotpath/a", "a/index.html"],
  ["https://a.example/hotpath/a/?b=c#d", "a/index.html"],
  ["https://a.example/hotpath/_astro/a.b1.js", "_astro/a.b1.js"],
  ["https://a.example/hotpath/pagefind/entry.json?ts=1", "pagefind/entry.json"],
  ["https://a.example/hotpath/a%20b/", "a b/index.html"],
  ["https://a.example/hotpaths/", undefined],
  ["https://a.example/", undefined],
  ["https://b.example/hotpath/", undefined],
])("%s is %s", (address, path) => {
  expect(pathOf(address, "https://a.example/hotpath/")).toBe(path);
});
