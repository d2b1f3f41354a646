import { expect, test } from "vitest";
import { digest, exerciseHash } from "./digest.ts";

test("is SHA-256", () => {
  expect(digest("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("is the same whatever the line ends", () => {
  expect(digest("a\r\nb\r\n")).toBe(digest("a\nb\n"));
});

test("an exercise's hash tells each of its files apart", () => {
  const files = { manifest: "{}", checks: "c", starter: "s" };
  const hashes = [files, { ...files, manifest: "{ }" }, { ...files, checks: "d" }, { ...files, starter: "t" }].map(
    exerciseHash,
  );
  expect(new Set([...hashes, exerciseHash({ manifest: "{}c", checks: "", starter: "s" })]).size).toBe(5);
});
