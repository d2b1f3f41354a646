import { expect, test } from "vitest";
import { shrink } from "./shrink.ts";

const numbered = Array.from({ length: 1_000 }, (_, id) => ({ id, spare: "x" }));
const idsOf = (commands: readonly object[]) => commands.map((command) => (command as { id?: number }).id);

test("what is left is exactly what fails", () => {
  const needed = [3, 500, 501, 999];
  const fails = (commands: readonly object[]) => needed.every((id) => idsOf(commands).includes(id));
  expect(shrink(numbered, fails)).toEqual(needed.map((id) => ({ id })));
});

test("a key that matters stays", () => {
  const fails = (commands: readonly object[]) => commands.some((each) => "spare" in each && "id" in each);
  expect(shrink(numbered, fails)).toHaveLength(1);
  expect(Object.keys(shrink(numbered, fails)[0])).toEqual(["id", "spare"]);
});

test("the order of the commands is kept", () => {
  const fails = (commands: readonly object[]) => idsOf(commands).indexOf(700) > idsOf(commands).indexOf(20);
  const ids = idsOf(shrink(numbered, (commands) => idsOf(commands).includes(20) && fails(commands)));
  expect(ids).toEqual([20, 700]);
});

test("one command that fails alone is left", () => {
  expect(shrink([{ op: "book" }], ([first]) => first !== undefined)).toEqual([{}]);
});
