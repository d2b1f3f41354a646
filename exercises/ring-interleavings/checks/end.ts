import type { CheckContext, Learner } from "../../../lab/grade/check.ts";
import { withHarness } from "../../../lab/grade/harness.ts";

/** Accesses that one call, the making of its end included, may come to: more only where it waits for the other end. */
const MOST_ACCESSES = 16;

export type Role = "producer" | "consumer";

/** What an end does next. Values are Int32; a word is what the code gave, number or not. */
export type Step =
  | { kind: "load" | "atomicLoad"; word: unknown }
  | { kind: "store" | "atomicStore"; word: unknown; value: number }
  | { kind: "return"; value: unknown }
  | { kind: "waits" }
  | { kind: "end" };

/** What an end is asked to do. */
export interface Program {
  role: Role;
  capacity: number;
  /** Words that the producer pushes, each until it is taken. */
  values: readonly number[];
  /** Calls in all. */
  calls: number;
}

/** Calls on a memory that nobody else touches meanwhile. */
export interface Run extends Program {
  /** What the loads before them gave. */
  given: readonly number[];
  /** Steps after the last of those loads that are done already. */
  done: number;
  memory: readonly number[];
}

/**
 * Plays an end from its beginning: its loads give what is `given`, in turn. From there on its steps are taken down, up to the next load; or, where there
 * is a `memory`, to the end of its calls, with loads from a copy of that. It only ever tells what the code does next: the memory is the parent's.
 */
const PLAY = `
const $play = ({ role: $role, capacity: $capacity, values: $values, calls: $calls, given: $given, done: $done = 0, memory: $memory }) => {
  const $words = $memory && [...$memory];
  const $steps = [];
  let [$loads, $left, $over, $accesses] = [0, $done, false, 0];
  const $stop = { stop: true };
  const $take = ($step) => {
    if ($over) throw $stop;
    if (++$accesses > ${MOST_ACCESSES} && $step.kind !== "return" && $step.kind !== "end") { $steps.push({ kind: "waits" }); $over = true; throw $stop; }
    if ($loads < $given.length || $left-- > 0) return false;
    $steps.push($step);
    return true;
  };
  const $load = ($kind, $word) => {
    if (!$over && $loads < $given.length) { $take({}); return $given[$loads++]; }
    $take({ kind: $kind, word: $word });
    if ($words) return $words[$word] ?? 0;
    $over = true;
    throw $stop;
  };
  const $store = ($kind, $word, $value) => {
    const $stored = Number($value) | 0;
    if ($take({ kind: $kind, word: $word, value: $stored }) && $words) $words[$word] = $stored;
  };
  const $shared = Object.freeze({
    load: ($word) => $load("load", $word),
    store: ($word, $value) => $store("store", $word, $value),
    atomicLoad: ($word) => $load("atomicLoad", $word),
    atomicStore: ($word, $value) => $store("atomicStore", $word, $value),
  });
  try {
    const $end = $role === "producer" ? createProducer($shared, $capacity) : createConsumer($shared, $capacity);
    for (let $call = 0, $next = 0; $call < $calls && ($role === "consumer" || $next < $values.length); $call++) {
      const $answer = $role === "producer" ? $end.push($values[$next]) : $end.pop();
      if ($answer === true) $next++;
      const $plain = typeof $answer === "number" || typeof $answer === "boolean" ? $answer : String($answer);
      $take({ kind: "return", value: $plain });
      $accesses = 0;
    }
    $take({ kind: "end" });
  } catch ($error) {
    if (!$over) throw $error;
  }
  return $steps;
};
export const $playAll = ($asked) => $asked.map($play);`;

/** One end of the learner's ring in a place of its own, as in a worker of its own: the other end's variables aren't there. */
export class End {
  readonly program: Program;
  readonly #place: Learner;
  readonly #known = new Map<string, Step[]>();
  readonly #wanted = new Map<string, readonly number[]>();

  constructor(place: Learner, program: Program) {
    this.#place = place;
    this.program = program;
  }

  /** Its steps after the last of the loads that gave these values, up to the next load; undefined where they must be fetched first. */
  stepsAfter(given: readonly number[]): Step[] | undefined {
    const key = given.join();
    const known = this.#known.get(key);
    if (known === undefined) this.#wanted.set(key, given);
    return known;
  }

  /** Asks the code about all that was wanted. @throws CallFailure */
  async fetch(): Promise<void> {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    if (wanted.length === 0) return;
    const asked = wanted.map(([, given]) => ({ ...this.program, given }));
    const answers = await this.#place.call("$playAll", asked);
    for (const [index, [key]] of wanted.entries()) this.#known.set(key, readSteps(answers, index));
  }

  /** @throws CallFailure */
  async run(run: Run): Promise<Step[]> {
    return readSteps(await this.#place.call("$playAll", [run]), 0);
  }
}

/** Opens the learner's code twice, once for each end. @throws CallFailure */
export function openPlaces(context: CheckContext): Promise<[producer: Learner, consumer: Learner]> {
  const open = () => context.open(withHarness(context.code, PLAY));
  return Promise.all([open(), open()]);
}

const KINDS = ["load", "atomicLoad", "store", "atomicStore", "return", "waits", "end"];

/** What the harness gave, which the code may have changed: steps of known kinds, at least one. */
function readSteps(answers: unknown, index: number): Step[] {
  const steps: unknown = Array.isArray(answers) ? answers[index] : undefined;
  const read = (Array.isArray(steps) ? steps : []).filter(isStep);
  return read.length === 0 ? [{ kind: "end" }] : read;
}

function isStep(step: unknown): step is Step {
  if (typeof step !== "object" || step === null || !("kind" in step) || !KINDS.includes(`${step.kind}`)) return false;
  return !`${step.kind}`.toLowerCase().endsWith("store") || ("value" in step && typeof step.value === "number");
}
