import type { Level, MatchingEngine, ReadArtefact } from "../../engines/contract/engine.ts";
import { findEngine } from "../../engines/registry.ts";
import type { CheckContext, Learner, OpenLearner, PlaceLimits } from "./check.ts";
import { Draws } from "./draws.ts";
import { type Deadline, Place } from "./place.ts";
import { createReference, fingerprint, flowCommands, referenceFingerprint } from "./reference.ts";
import type { JudgingEngine } from "./verdict.ts";

/** Generous, because what a case is made into must not hang on how busy the machine is. */
const SHRINK_LIMITS = 10;

/** What a host has for checks. */
export interface ContextHost {
  code: string;
  given: Readonly<Record<string, string>>;
  open: OpenLearner;
  limits: PlaceLimits;
  /** Gives engines their built files; without it, an engine that needs one can't be had. */
  readArtefact?: ReadArtefact;
}

/** The engines that checks asked for, each told by what it does. */
export class EngineLedger {
  readonly #hashes = new Map<string, string>();

  async engine(name: string, readArtefact: ReadArtefact | undefined): Promise<MatchingEngine> {
    const { manifest, load } = findEngine(name);
    const create = await load(readArtefact ?? refuseArtefacts(name));
    if (!this.#hashes.has(name)) this.#hashes.set(name, fingerprint(create(), manifest.level));
    return create();
  }

  reference(level: Level): void {
    const name = `reference ${level}`;
    if (!this.#hashes.has(name)) this.#hashes.set(name, referenceFingerprint(level));
  }

  list(): JudgingEngine[] {
    return [...this.#hashes].map(([name, hash]) => ({ name, hash })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

function refuseArtefacts(name: string): ReadArtefact {
  return (path) => Promise.reject(new Error(`The engine ${name} needs ${path}, which this host doesn't give.`));
}

/** The context of one check, and what it opened. */
export class OpenContext {
  readonly context: CheckContext;
  readonly #places: Place[] = [];

  constructor(host: ContextHost, ledger: EngineLedger, seed: number, deadline: Deadline) {
    this.context = {
      draws: new Draws(seed),
      seed,
      code: host.code,
      given: host.given,
      open: (code) => this.#open(new Place(code, host.open, host.limits), deadline),
      reference: (level) => {
        ledger.reference(level);
        return createReference(level);
      },
      engine: (name) => ledger.engine(name, host.readArtefact),
      flow: flowCommands,
      now: () => performance.now(),
      beginShrinking: () => deadline.restart(SHRINK_LIMITS),
    };
  }

  async #open(place: Place, deadline: Deadline): Promise<Learner & { close(): void }> {
    this.#places.push(place);
    const learner = await place.learner(deadline);
    return { ...learner, close: () => place.close() };
  }

  close(): void {
    for (const place of this.#places) place.close();
  }
}
