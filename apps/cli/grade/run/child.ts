/**
 * What runs in a submission's process, under Deno and without any permission. It takes away what the code has no business
 * with, loads the code, and then answers one call after the other with what the code gave. Nothing here judges, and nothing
 * here is secret but the token that begins each answer.
 *
 * What it needs of the platform it takes before the code can change it.
 */

import { thrownText } from "../../../../lab/sandbox/error-place.ts";
import { LoopGuard, LoopTooLong } from "../../../../lab/sandbox/loop-guard.ts";
import { type Answer, type Asked, type ChildFailure, HEAD_BYTES, NUMBER_AT, TOKEN_BYTES } from "./asked.ts";
import { leaveGlobals } from "./child-globals.ts";
import { plainBytes, readPlainBytes } from "./plain-bytes.ts";

declare const Deno: {
  stdin: { readSync(bytes: Uint8Array): number | null };
  stdout: { writeSync(bytes: Uint8Array): number };
  exit(code: number): never;
};

const readSync = Deno.stdin.readSync.bind(Deno.stdin);
const writeSync = Deno.stdout.writeSync.bind(Deno.stdout);
const exit: (code: number) => never = Deno.exit.bind(Deno);
const listen = globalThis.addEventListener.bind(globalThis);
const { keys } = Object;
const { apply } = Reflect;
const search = Function.prototype.call.bind(RegExp.prototype.exec) as (form: RegExp, text: string) => string[] | null;

const guard = new LoopGuard(performance.now.bind(performance), () => undefined);
const tried: string[] = [];
const token = take(TOKEN_BYTES);
let exported: Readonly<Record<string, unknown>> = {};
let number = 0;

for (const kind of ["unhandledrejection", "error"]) {
  listen(kind, (event) => {
    event.preventDefault();
    give(failureOf("thrown", "reason" in event ? event.reason : (event as ErrorEvent).error));
    exit(0);
  });
}
for (;;) {
  const head = new Uint32Array(take(8).buffer);
  const asked = readPlainBytes(take(head[0])) as Asked;
  number = head[1];
  give(asked.kind === "load" ? await load(asked) : await call(asked));
}

/** Waits for so many bytes; where no more come, the grader is gone. */
function take(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const read = readSync(bytes.subarray(at));
    if (read === null) exit(0);
    at += read as number;
  }
  return bytes;
}

function give(answer: Answer): void {
  const bytes = answerBytes(answer);
  const length = bytes.length - 4;
  for (let byte = 0; byte < 4; byte++) {
    bytes[byte] = (length >>> (8 * byte)) & 0xff;
    bytes[NUMBER_AT + byte] = (number >>> (8 * byte)) & 0xff;
  }
  for (let index = 0; index < TOKEN_BYTES; index++) bytes[4 + index] = token[index];
  for (let at = 0; at < bytes.length; ) at += writeSync(at === 0 ? bytes : bytes.subarray(at));
}

function answerBytes(answer: Answer): Uint8Array {
  try {
    return plainBytes({ ...answer, tried }, HEAD_BYTES);
  } catch (error) {
    const message = `TypeError: It returned ${thrownText(error).replace(/^TypeError: /, "")}.`;
    return plainBytes({ failure: { kind: "thrown", message }, tried }, HEAD_BYTES);
  }
}

async function load({ address, guardName, limitMs }: Extract<Asked, { kind: "load" }>): Promise<Answer> {
  leaveGlobals(guardName, (line: number) => guard.turn(line), tried);
  guard.begin(limitMs);
  try {
    exported = await import(address);
  } catch (error) {
    return failureOf("load", error);
  }
  return { exports: keys(exported).slice(0, 100) };
}

async function call({ name, args, timeoutMs }: Extract<Asked, { kind: "call" }>): Promise<Answer> {
  const called = exported[name];
  if (typeof called !== "function") {
    return { failure: { kind: "missing", message: `The file exports no function named ${name}.` } };
  }
  guard.begin(timeoutMs);
  try {
    return { value: await apply(called, undefined, args) };
  } catch (error) {
    return failureOf("thrown", error);
  }
}

function failureOf(kind: "load" | "thrown", error: unknown): { failure: ChildFailure } {
  if (error instanceof LoopTooLong) return { failure: { kind: "timeout", message: error.message } };
  const message = thrownText(error);
  // Deno parses a module before V8 does, and throws what it finds wrong as a TypeError without a place.
  const parsed = kind === "load" ? search(/^(?:TypeError: )?SyntaxError: ([^\n]+)/, message) : null;
  if (parsed !== null) return { failure: { kind: "syntax", message: `${parsed[1]}.` } };
  const line = lineOf(error);
  return { failure: { kind, message, ...(line !== undefined && { line }) } };
}

/** Of the code, from 1: the innermost frame that is in a `data:` module. Deno shortens its address. */
function lineOf(error: unknown): number | undefined {
  try {
    const { stack } = error as { stack?: unknown };
    if (typeof stack !== "string") return undefined;
    const place = search(/data:text\/javascript;base64,[\w+/=.]*:(\d{1,7}):\d/, stack.slice(0, 20_000));
    return place === null ? undefined : Number(place[1]);
  } catch {
    return undefined;
  }
}
