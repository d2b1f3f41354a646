import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as binary from "../engines/contract/binary.ts";
import * as commands from "../engines/contract/commands.ts";

/** Rust's modules of codes, by the name that the contract has for them. */
const GROUPS: Record<string, string> = {
  op: "OP",
  side: "SIDE",
  order_type: "TYPE",
  tif: "TIF",
  stp: "STP",
  kind: "KIND",
  cancel_reason: "CANCEL_REASON",
  reject_reason: "REJECT_REASON",
};

/** What only the encoder needs. */
const ENCODERS = new Set(["INVALID_CODE", "UNKNOWN_OP", "MAX_DEPTH", "DEFAULT_DEPTH"]);

function numberOf(rust: string): number {
  const power = /^\(1 << (\d+)\) - 1$/.exec(rust);
  return power ? 2 ** Number(power[1]) - 1 : Number(rust);
}

/** The constants of codes.rs: `OP.add` → 1, `SIDE_SHIFT` → 8. */
function rustCodes(): Record<string, number> {
  const codes: Record<string, number> = {};
  let group: string | undefined;
  for (const line of readFileSync(new URL("../wasm-rust/core/src/codes.rs", import.meta.url), "utf8").split(/\r?\n/)) {
    const module = /^pub mod (\w+) \{$/.exec(line);
    const constant = /^ *pub const (\w+): (?:u32|usize) = (.+);$/.exec(line);
    if (module) group = GROUPS[module[1]];
    else if (line === "}") group = undefined;
    else if (constant) {
      const name = group === undefined ? constant[1] : `${group}.${constant[1].toLowerCase().replaceAll("_", "-")}`;
      codes[name] = numberOf(constant[2]);
    }
  }
  return codes;
}

function contractCodes(): Record<string, number> {
  const constants = Object.entries({ ...binary, ...commands }) as [string, number | Record<string, number>][];
  const flat = constants.flatMap(([name, value]) =>
    typeof value === "number"
      ? [[name, value] as const]
      : Object.entries(value).map(([key, code]) => [`${name}.${key}`, code] as const),
  );
  return Object.fromEntries(flat.filter(([name]) => !ENCODERS.has(name)));
}

test("Rust's codes are those of the binary form", () => {
  expect(rustCodes()).toEqual(contractCodes());
});
