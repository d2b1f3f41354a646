import type { Level } from "../../../engines/contract/engine.ts";

/** What is checked: an engine of the registry, or a program outside the tree. */
export type Asked = { engine: string } | { command: readonly [string, ...string[]]; folder: string };

/** What a check is asked to do. */
export interface ConformPlan {
  asked: Asked;
  /** The level to hold it to; what an engine's manifest says where left out, and `core` for a program. */
  level?: Level;
  deep: boolean;
  /** Of the hostile commands, 0 … 2^32 − 1. */
  seed: number;
}

/** How it did on the cases of one level. */
export interface LevelTally {
  level: Level;
  passed: number;
  failed: number;
  /** Cases behind so many failures, or so slow a one, that they weren't tried. */
  untried: number;
  /** Cases that its manifest says it doesn't do. */
  admitted: { name: string; why: string }[];
}

/** The first thing that went wrong, cut down. */
export interface ConformFailure {
  /** The case's name, or which run it was. */
  name: string;
  /** Up to and with the one that is answered wrongly; empty where it is records that show it. */
  commands: readonly object[];
  /** Command records word by word, where no command's text would give them. The last may be cut off. */
  records?: readonly (readonly number[])[];
  /** What was expected and what came, as text. */
  text: string;
}

/** Commands a second through the text form, the program's start taken off. */
export interface Throughput {
  commands: number;
  perSecond: number;
}

/** What came of a check. */
export interface ConformResult {
  subject: string;
  level: Level;
  tallies: LevelTally[];
  failure?: ConformFailure;
  /** Hostile commands on which it agreed with the oracle; left out where none were tried. */
  deepCommands?: number;
  /** Likewise hostile records, of which some are none. */
  deepRecords?: number;
  seed: number;
  throughput?: Throughput;
}

/** What the checking process tells. */
export type ConformMessage = { doing: string } | { result: ConformResult } | { problem: string; exitCode: 1 | 2 | 130 };
