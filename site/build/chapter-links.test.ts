import { expect, test } from "vitest";
import { siteAddress } from "./chapter-links.ts";

test.each([
  ["/a/", "b", "/", "/a/"],
  ["/a/", "b", "/hotpath/", "/hotpath/a/"],
  ["/a/#part", "b", "/hotpath", "/hotpath/a/#part"],
  ["../a/", "b", "/hotpath/", "/hotpath/a/"],
  ["a/", "", "/", "/a/"],
  ["/", "b", "/hotpath/", "/hotpath/"],
  ["#part", "b", "/hotpath/", "#part"],
  ["https://example.org/a", "b", "/hotpath/", "https://example.org/a"],
  ["mailto:someone@example.org", "b", "/hotpath/", "mailto:someone@example.org"],
  ["//example.org/a", "b", "/hotpath/", "//example.org/a"],
])("a link to %s in the chapter %j under %s goes to %s", (href, slug, base, address) => {
  expect(siteAddress(href, slug, base)).toBe(address);
});
