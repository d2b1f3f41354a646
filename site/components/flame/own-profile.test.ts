import { expect, test } from "vitest";
import { readProfile } from "./own-profile.ts";

test("a kept profile is read as it was written", () => {
  const shares = [
    { name: "match", share: 0.6 },
    { name: "risk", share: 0.4 },
  ];
  expect(readProfile(JSON.stringify(shares))).toEqual(shares);
});

test.each([
  null,
  "",
  "{",
  "3",
  '{"name":"match"}',
  '[{"name":"match"}]',
  '[{"name":"match","share":2}]',
  '[{"name":3,"share":0.5}]',
  "[null]",
])("%s is no profile", (text) => {
  expect(readProfile(text)).toEqual([]);
});
