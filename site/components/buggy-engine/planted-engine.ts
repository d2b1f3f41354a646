import { transform } from "sucrase";
import { type ConformanceCase, conformanceCases } from "../../../engines/conformance/cases.ts";
import type { Difference } from "../../../engines/conformance/comparison.ts";
import type { Oracle } from "../../../engines/conformance/oracle.ts";
import oracleSource from "../../../engines/conformance/oracle.ts?raw";
import { OracleDoor } from "../../../engines/conformance/oracle-engine.ts";
import { MATCHING_BUGS } from "../../../engines/conformance/planted-bugs.ts";
import { runCase } from "../../../engines/conformance/runner.ts";
import { withBinaryDoor } from "../../../engines/contract/binary-adapter.ts";
import type { CreateEngine } from "../../../engines/contract/engine.ts";

/** A case that an engine fails, and where. */
export interface FailedCase {
  subject: ConformanceCase;
  difference: Difference;
}

/** The cases that an engine of level core is asked, in the contract's order. */
export const coreCases: readonly ConformanceCase[] = conformanceCases.filter(
  ({ level, only }) => level === "core" && !only,
);

/** The oracle's own source with one bug planted, as an engine. @throws Error where the bug has no place in it */
export async function plant(what: string): Promise<CreateEngine> {
  const bug = MATCHING_BUGS.find((each) => each.what === what);
  if (bug === undefined || oracleSource.split(bug.from).length !== 2) {
    throw new Error(`The bug "${what}" can't be planted: see engines/conformance/planted-bugs.ts`);
  }
  const { code } = transform(
    oracleSource.replace(bug.from, () => bug.to),
    { transforms: ["typescript"] },
  );
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    const planted = (await import(/* @vite-ignore */ address)) as { Oracle: typeof Oracle };
    return () => withBinaryDoor(new OracleDoor(new planted.Oracle("full")));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Runs every case. @returns those that it fails, in the contract's order */
export function failedCases(createEngine: CreateEngine): FailedCase[] {
  return coreCases.flatMap((subject) => {
    const difference = differenceIn(subject, createEngine);
    return difference === undefined ? [] : [{ subject, difference }];
  });
}

/** Where an engine differs from a case; undefined where it passes. */
export function differenceIn(subject: ConformanceCase, createEngine: CreateEngine): Difference | undefined {
  const outcome = runCase(subject, createEngine, "full");
  return outcome.verdict === "failed" ? outcome.difference : undefined;
}
