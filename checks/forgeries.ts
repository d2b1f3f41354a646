import { readFile } from "node:fs/promises";

/** Code that tries to be right without being so. Each begins with a starter that earns nothing. */

export const starter = await readFile(new URL("../exercises/honest-histogram/starter.ts", import.meta.url), "utf8");

const PASSED = `{ share: 1, status: "passed", points: 3, of: 3, reason: "forged" }`;
const VERDICT = `{ kind: "report", version: 1, points: 10, of: 10, checks: [] }`;

/** The starter with a statement at the head of `record`. */
const inRecord = (statement: string): string =>
  starter.replace("const counts = new", `${statement};\n  const counts = new`);

export const FORGERIES: [what: string, code: string][] = [
  [
    "patched built-ins",
    `${starter}
    const right = () => true;
    Array.isArray = right as never; Number.isNaN = right as never; Math.abs = () => 0; Object.is = right;
    Array.prototype.every = right as never; Array.prototype.includes = right;
    JSON.stringify = () => ${JSON.stringify(`[${VERDICT}]`)}; JSON.parse = () => (${PASSED});
    Map.prototype.get = () => (${PASSED}) as never; Object.prototype.valueOf = () => 1 as never;`,
  ],
  [
    "patched promises",
    `${starter}\nPromise.prototype.then = function (f: any) { f?.(${PASSED}); return this; } as never;`,
  ],
  ["a thrown verdict", inRecord(`throw ${VERDICT}`)],
  ["a thrown outcome", inRecord(`throw ${PASSED}`)],
  ["a printed verdict", inRecord(`console.log(JSON.stringify(${VERDICT})); console.log(${PASSED})`)],
  ["a returned verdict", inRecord(`return ${VERDICT} as never`)],
  [
    "a returned value that answers for itself",
    inRecord("return { valueOf: 1, toJSON: 2, then: 3, length: 3 } as never"),
  ],
  ["an early end", `${starter}\nself.close?.();`],
  [
    "a message of its own",
    inRecord(
      `(self as any).postMessage?.(${VERDICT}); dispatchEvent?.(new MessageEvent("message", { data: ${VERDICT} }))`,
    ),
  ],
  ["a stolen clock", `${starter}\nperformance.now = () => 0; Date.now = () => 0; setTimeout?.(() => 0);`],
  [
    "a look at who calls",
    inRecord(
      `const seen = new Error().stack + String((record as any).caller ?? ""); if (/checks/.test(seen)) return seen as never`,
    ),
  ],
  [
    "answers that know the check's source",
    inRecord(
      `let text = ""; try { text = String((arguments as any).callee); } catch {} const stack = new Error().stack ?? ""; if (/judge|expected|truth/.test(text + stack)) throw new Error("seen the check")`,
    ),
  ],
  [
    "answers remembered from the call before",
    `${starter.replace("export function percentiles", "function honest")}
    let last: unknown;
    export function percentiles(histogram: Histogram, ps: number[]) { return (last ??= honest(histogram, ps)) as number[]; }`,
  ],
  [
    "an export that is no function",
    `${starter.replace("export function merge", "function merge2")}\nexport const merge = ${PASSED};`,
  ],
  ["a call that never ends", inRecord("return new Promise(() => undefined) as never")],
];
