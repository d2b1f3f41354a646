import type { CheckContext, Learner } from "./check.ts";
import { withHarness } from "./harness.ts";
import { show } from "./show.ts";

/**
 * Functions of the learner's that keep all they know in words of memory, their first argument: it reads and writes as an `Int32Array`
 * does, but has no methods. What a function loads and stores is counted in the parent, whose memory it is.
 */

/** A call of an exported function. The words stand before its arguments. */
export interface WordsCall {
  name: string;
  /** `{ of }` is the answer of an earlier call of the same run, by its index. */
  args: readonly (number | { of: number })[];
  /** Which of the run's memories it is given, from 0. Default 0. */
  memory?: number;
}

/** What calls in turn came to. */
export interface WordsRun {
  /** For each call; what isn't a number is a text that shows it. */
  answers: (number | string)[];
  /** Loads and stores of each call, as its own realm counted them: to be shown, never graded. */
  accesses: number[];
  memories: Int32Array[];
}

/** What one call did, as the parent counted it. */
export interface CountedCall {
  /** Undefined where it went on for more accesses than were asked for. */
  answer: number | string | undefined;
  accesses: number;
  /** The memory after it. */
  words: Int32Array;
}

/**
 * Text that is put behind the learner's code, which `WordsPlace` asks. `$run` plays calls on whole memories. `$trace` plays one with the loads that the parent answered up to now, and takes its accesses down
 * up to the next one: so the code sees no word that it didn't pay for.
 */
export const playWords = (names: readonly string[]): string => `
const $functions = { ${names.map((name) => `${name}: (...$given) => ${name}(...$given)`).join(", ")} };
const $plain = ($value) => typeof $value === "number" ? $value : String($value);
const $words = ($length, $load, $store) => {
  const $at = ($name) => typeof $name === "string" && /^\\d+$/.test($name) && Number($name) < $length ? Number($name) : -1;
  return new Proxy(Object.create(null), {
    get: ($target, $name) => $name === "length" ? $length : $at($name) < 0 ? undefined : $load($at($name)),
    set: ($target, $name, $value) => { if ($at($name) >= 0) $store($at($name), Number($value) | 0); return true; },
  });
};
export const $run = ($memories, $calls) => {
  const [$answers, $counts] = [[], []];
  for (const { name: $name, args: $args, memory: $memory = 0 } of $calls) {
    const $held = $memories[$memory];
    let $accesses = 0;
    const $load = ($at) => { $accesses++; return $held[$at]; };
    const $store = ($at, $value) => { $accesses++; $held[$at] = $value; };
    const $filled = $args.map(($arg) => typeof $arg === "number" ? $arg : $answers[$arg.of]);
    $answers.push($plain($functions[$name]($words($held.length, $load, $store), ...$filled)));
    $counts.push($accesses);
  }
  return { answers: $answers, accesses: $counts, memories: $memories };
};
export const $trace = ($asked, $most) => $asked.map(({ name: $name, args: $args, length: $length, given: $given }) => {
  const $steps = [];
  const $stop = { stop: true };
  let [$loads, $over] = [0, false];
  const $take = ($step) => {
    if ($over || $steps.length > $most) { $over = true; throw $stop; }
    $steps.push($step);
  };
  const $load = ($at) => {
    $take([$at]);
    if ($loads < $given.length) return $given[$loads++];
    $over = true;
    throw $stop;
  };
  try {
    const $answer = $functions[$name]($words($length, $load, ($at, $value) => $take([$at, $value])), ...$args);
    if (!$over) return { steps: $steps, answer: $plain($answer) };
  } catch ($error) {
    if (!$over) throw $error;
  }
  return { steps: $steps };
});`;

/** The learner's code in a place of its own, asked for calls on words. */
export class WordsPlace {
  readonly #place: Learner;

  /** @param place the learner's code with `playWords` behind it */
  constructor(place: Learner) {
    this.#place = place;
  }

  /** @param names of the functions that may be called @throws CallFailure where the code doesn't load */
  static async open(context: CheckContext, names: readonly string[]): Promise<WordsPlace> {
    return new WordsPlace(await context.open(withHarness(context.code, playWords(names))));
  }

  /** Calls in turn, each as the ones before it left the memories, which stay as they are here. @throws CallFailure */
  async run(memories: readonly Int32Array[], calls: readonly WordsCall[]): Promise<WordsRun> {
    const played = (await this.#place.call("$run", memories, calls)) as Partial<Record<keyof WordsRun, unknown>> | null;
    const [answers, accesses, after] = [listOf(played?.answers), listOf(played?.accesses), listOf(played?.memories)];
    return {
      answers: calls.map((_, index) => plain(answers[index])),
      accesses: calls.map((_, index) => Number(accesses[index])),
      memories: memories.map((words, index) => wordsOf(after[index], words.length)),
    };
  }

  /**
   * Calls by themselves, each on a copy of its words. What they load is given word by word.
   *
   * @param most accesses of a call, after which it is stopped
   * @throws CallFailure
   */
  async count(asked: readonly (WordsCall & { words: Int32Array })[], most: number): Promise<CountedCall[]> {
    const calls = asked.map((call) => ({ ...call, given: [] as number[] }));
    const counted = new Map<object, CountedCall>();
    // Each round gives one word more. Code that does otherwise each time never gets to its end.
    for (let round = 0; round <= most && counted.size < calls.length; round++) {
      const open = calls.filter((call) => !counted.has(call));
      const sent = open.map(({ name, args, words, given }) => ({ name, args, length: words.length, given }));
      const traces = listOf(await this.#place.call("$trace", sent, most));
      for (const [index, call] of open.entries()) {
        const played = replayed(call.words, traces[index]);
        const isKnown = played.loaded.every((word, at) => word === call.given[at]);
        if (played.accesses > most) counted.set(call, { ...played, answer: undefined });
        else if (isKnown && played.answer !== undefined) counted.set(call, played);
        call.given = played.loaded;
      }
    }
    return calls.map((call) => counted.get(call) ?? { answer: undefined, accesses: most + 1, words: call.words });
  }
}

/** A trace done on the parent's own memory. */
function replayed(before: Int32Array, trace: unknown): CountedCall & { loaded: number[] } {
  const { steps, answer } = (trace ?? {}) as { steps?: unknown; answer?: unknown };
  const words = before.slice();
  const loaded: number[] = [];
  const taken = listOf(steps);
  for (const step of taken) {
    const [at, value] = listOf(step).map(Number);
    if (value === undefined) loaded.push(words[at] ?? 0);
    else words[at] = value;
  }
  return { words, loaded, accesses: taken.length, answer: answer === undefined ? undefined : plain(answer) };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function plain(value: unknown): number | string {
  return typeof value === "number" || typeof value === "string" ? value : show(value);
}

function wordsOf(value: unknown, length: number): Int32Array {
  const words = new Int32Array(length);
  if (value instanceof Int32Array) words.set(value.subarray(0, length));
  return words;
}
