import fc from "fast-check";
import { expect, test } from "vitest";
import { caseHash, readCaseHash } from "./case-link.ts";

test("a case comes back from its address as JSON would bring it", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.jsonValue(), (slug, check, data) => {
      const hash = caseHash({ slug, check, data });
      fc.pre(hash !== undefined);
      expect(readCaseHash(hash as string)).toEqual(JSON.parse(JSON.stringify({ slug, check, data })));
    }),
  );
});

test("a case that is too large has no address", () => {
  expect(caseHash({ slug: "a", check: "b", data: "x".repeat(9_000) })).toBe(undefined);
});

test.each(["", "#exercise-a", "#case=", "#case=%", "#case=[1,2]", "#case=[1,2,3]", "#case=null"])(
  "%s tells of no case",
  (hash) => {
    expect(readCaseHash(hash)).toBe(undefined);
  },
);
