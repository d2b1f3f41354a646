import { describe, expect, test } from "vitest";
import { OrderBook } from "../typescript/engine.ts";
import { execute, LineError, parseCommand } from "./text.ts";

describe("a line", () => {
  test("is read as JSON.parse reads it", () => {
    expect(parseCommand('{"op":"add","id":1e1,"price":10.0,"size":1e400}\r')).toEqual({
      op: "add",
      id: 10,
      price: 10,
      size: Number.POSITIVE_INFINITY,
    });
  });

  test("whose key stands twice counts the last", () => {
    expect(parseCommand('{"op":"cancel","id":1,"id":2}')).toEqual({ op: "cancel", id: 2 });
  });

  test("can't reach the object's prototype", () => {
    const command = parseCommand('{"op":"add","id":1,"size":1,"price":1,"__proto__":{"side":"buy"}}');
    expect(execute(new OrderBook(), command)).toEqual([
      { event: "rejected", op: "add", id: 1, reason: "invalid-side" },
    ]);
  });

  test.each([
    ["half an object", '{"op":', "not JSON"],
    ["two values", '{"op":"book"} {"op":"book"}', "not JSON"],
    ["NaN", '{"id":NaN}', "not JSON"],
    ["a byte order mark", '\uFEFF{"op":"book"}', "begins with a byte order mark"],
    ["an array", "[]", "this is an array"],
    ["null", "null", "this is null"],
    ["a number", "5", "this is a number"],
    ["a string", '"book"', "this is a string"],
  ])("that is %s is an error that says so", (_name, line, message) => {
    expect(() => parseCommand(line)).toThrow(LineError);
    expect(() => parseCommand(line)).toThrow(message);
  });

  test("brings no control characters into an error's message", () => {
    expect(() => parseCommand("\u001b[31m\u009b{")).toThrow(/^not JSON: [^\p{Cc}]*\\u001b[^\p{Cc}]*$/u);
  });
});

describe("an unknown op", () => {
  test.each([
    ["a word", "amend", "amend"],
    ["a known one in capitals", "ADD", "ADD"],
    ["a name in every object", "toString", "toString"],
    ["nothing", undefined, null],
    ["null", null, null],
    ["a number", 5, null],
    ["an object", { op: "add" }, null],
  ])("is echoed as it came: %s", (_name, op, echo) => {
    expect(execute(new OrderBook(), { op, id: 7 })).toEqual([{ event: "rejected", op: echo, reason: "unknown-op" }]);
  });
});
