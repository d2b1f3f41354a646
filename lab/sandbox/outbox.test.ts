import { expect, test } from "vitest";
import { BoundedConsole } from "./bounded-console.ts";
import { readMessages } from "./message-shapes.ts";
import { Outbox } from "./outbox.ts";

function open(): { outbox: Outbox; console: BoundedConsole; sent: string[] } {
  const sent: string[] = [];
  const console = new BoundedConsole(() => undefined);
  return { outbox: new Outbox((text) => sent.push(text), console), console, sent };
}

test("the console's lines go before the message", () => {
  const { outbox, console, sent } = open();
  console.methods().log("a");
  outbox.send({ kind: "ready" });
  expect(sent.flatMap((text) => readMessages(text))).toEqual([
    { kind: "log", level: "log", text: "a" },
    { kind: "ready" },
  ]);
});

test("no text is longer than the frame lets through, whatever the console was given", () => {
  const { outbox, console, sent } = open();
  for (let line = 0; line < 300; line++) console.methods().log("\u0001".repeat(5000));
  outbox.sendLines();
  expect(sent.flatMap((text) => readMessages(text))).toHaveLength(201);
  expect(sent.filter((text) => text.length > 64 * 1024)).toEqual([]);
  expect(sent.length).toBeLessThan(40);
});

test("nothing is sent after the end", () => {
  const { outbox, console, sent } = open();
  outbox.send({ kind: "failed", phase: "run", message: "no" });
  console.methods().log("a");
  outbox.send({ kind: "ready" });
  outbox.sendLines();
  expect(sent).toHaveLength(1);
});
