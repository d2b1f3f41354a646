import type { Profile } from "../../../engines/flow/profiles.ts";

export type Side = "baseline" | "subject";

/** What the page asks of an instance's worker; each is answered with what `DuelAnswers` has under its name. */
export type DuelQuestion =
  | { ask: "clock" }
  | Prepare
  | { ask: "calibrate"; side: Side; share: number; units: number }
  | { ask: "begin"; side: Side }
  | { ask: "run"; side: Side; units: number };

export interface Prepare {
  ask: "prepare";
  side: Side;
  /** Of the side's copy of the code. */
  address: string;
  engine: string;
  /** Its built files by their paths. */
  artefacts: Record<string, Uint8Array<ArrayBuffer>>;
  profile: Profile;
  seed: number;
  /** Commands whose events are hashed. */
  checked: number;
  /** Busy work beside the engine; where left out, the engine runs as it is. */
  turnsPerCommand?: number;
}

export interface DuelAnswers {
  /** What the worker's clock can see. */
  clock: { stepMs: number; isolated: boolean };
  prepare: { eventHash: string };
  /** Turns of busy work for each command. */
  calibrate: number;
  begin: null;
  /** How long the units took, ms. */
  run: number;
}

export type DuelReply = { answer: DuelAnswers[keyof DuelAnswers] } | { failed: string };
