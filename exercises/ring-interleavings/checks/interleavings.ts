import { judgePop, judgePush, type WrongAnswer } from "./answers.ts";
import type { End, Step } from "./end.ts";
import { emptyRing, initialStores, type Model, ROLES, type Store, storesToLoad, type ThreadNumber } from "./memory.ts";
import {
  type Access,
  changed,
  isSameAccess,
  keyOf,
  NEW,
  retold,
  type Scenario,
  type State,
  type Thread,
  type Trail,
} from "./state.ts";

export interface Fault extends WrongAnswer {
  state: State;
}

export interface Explored {
  fault?: Fault;
  /** Interleavings that were tried, and the states that they come to: those that no thread can tell apart are one. */
  ways: number;
  states: number;
}

/** More states than any ring needs in the scenarios here. */
const MOST_STATES = 60_000;

/**
 * Every interleaving of both ends' accesses, step by step, so that the first fault found is one of the shortest. What the ends do is asked of the
 * learner's code; what their loads give, and whether the answers are right, is decided here.
 *
 * @throws CallFailure
 */
export async function explore(ends: readonly [End, End], scenario: Scenario, model: Model): Promise<Explored> {
  const stores = initialStores(emptyRing(scenario.capacity, scenario.start));
  const exploration = new Exploration(ends, scenario, model);
  let layer: State[] = [{ threads: [NEW, NEW], stores, trail: undefined, ways: 1 }];
  while (layer.length > 0 && exploration.fault === undefined) layer = await exploration.step(layer);
  const { fault, ways, states } = exploration;
  return { ...(fault && { fault }), ways, states };
}

class Exploration {
  fault: Fault | undefined;
  ways = 0;
  states = 0;
  readonly #ends: readonly [End, End];
  readonly #scenario: Scenario;
  readonly #model: Model;
  #next = new Map<string, State>();

  constructor(ends: readonly [End, End], scenario: Scenario, model: Model) {
    this.#ends = ends;
    this.#scenario = scenario;
    this.#model = model;
  }

  /** All states that are one access further. */
  async step(layer: readonly State[]): Promise<State[]> {
    this.#next = new Map();
    for (const { threads } of layer) for (const t of [0, 1] as const) this.#ends[t].stepsAfter(threads[t].given);
    await this.#fetch();
    const late: LateLoad[] = [];
    for (const state of layer) {
      late.push(...this.#advance(this.#answered(this.#answered(state, 0), 1)));
      if (this.fault !== undefined) return [];
    }
    await this.#loadLate(late);
    this.states += layer.length;
    if (this.states > MOST_STATES && this.fault === undefined) this.#tooMany(layer[0]);
    return [...this.#next.values()];
  }

  async #fetch(): Promise<void> {
    await Promise.all(this.#ends.map((end) => end.fetch()));
  }

  /** Takes a thread past the answers of the calls that are over. */
  #answered(state: State, t: ThreadNumber): State {
    const steps = this.#ends[t].stepsAfter(state.threads[t].given) ?? [];
    let now = state;
    for (let thread = now.threads[t]; !thread.ended; thread = now.threads[t]) {
      const step = steps[thread.done];
      if (step?.kind === "return") {
        const answers = [...thread.answers, step.value];
        now = changed(now, t, { ...thread, answers, done: thread.done + 1, ended: this.#isDrained(t, answers) });
        now = { ...now, trail: { previous: now.trail, thread: t, what: "answer" } };
        this.#judge(now, t);
      } else if (step === undefined || step.kind === "end") now = changed(now, t, { ...thread, ended: true });
      else return now;
    }
    return now;
  }

  #isDrained(t: ThreadNumber, answers: readonly unknown[]): boolean {
    return t === 1 && answers.length > this.#scenario.pops && answers.at(-1) === "undefined";
  }

  /** Judges the last answer of a thread. */
  #judge(state: State, t: ThreadNumber): void {
    const [producer, { answers }] = state.threads;
    const last = state.threads[t].answers.at(-1);
    const taken = producer.answers.filter((answer) => answer === true).length;
    const pushed = { values: this.#scenario.values, taken, isAll: answers.length > this.#scenario.pops };
    const wrong = t === 0 ? judgePush(last) : judgePop(last, answers.slice(0, -1), pushed);
    if (wrong !== undefined) this.fault ??= { ...wrong, state };
  }

  /** Lets each thread that can do its next access. */
  #advance(state: State): LateLoad[] {
    const [producer, consumer] = state.threads;
    const isAlone = consumer.answers.length >= this.#scenario.pops;
    if (producer.ended && consumer.ended) this.ways += state.ways;
    const late = producer.ended ? [] : this.#access(state, 0);
    if (consumer.ended || (isAlone && !producer.ended)) return late;
    if (!isAlone) return [...late, ...this.#access(state, 1)];
    const joined = changed(state, 1, { ...consumer, knows: producer.accesses.length });
    return [...late, ...this.#access(joined, 1)];
  }

  #access(state: State, t: ThreadNumber): LateLoad[] {
    const step = this.#ends[t].stepsAfter(state.threads[t].given)?.[state.threads[t].done];
    if (step === undefined || step.kind === "return" || step.kind === "end") return [];
    if (step.kind === "waits") {
      this.fault ??= { ...waits(t), state };
      return [];
    }
    if (!isAccess(step, this.#scenario.capacity)) {
      this.fault ??= { ...outside(step, this.#scenario.capacity), state };
      return [];
    }
    if (step.kind === "store" || step.kind === "atomicStore") return this.#store(state, t, step);
    this.#load(state, t, step);
    return [];
  }

  #load(state: State, t: ThreadNumber, access: Access): void {
    const thread = state.threads[t];
    const atomic = access.kind === "atomicLoad";
    const load = { index: thread.accesses.length, word: access.word, atomic };
    const asked = { thread: t, word: access.word, atomic, knows: thread.knows };
    for (const store of storesToLoad(state.stores, asked, this.#model)) {
      // From here on all that the storing thread had done, and knew of, is before what this one does.
      const isPublished = atomic && store.atomic && store.thread === 1 - t;
      this.#add(state, t, {
        ...thread,
        accesses: [...thread.accesses, access],
        loads: [...thread.loads, load],
        given: [...thread.given, store.value],
        sources: [...thread.sources, store.id],
        done: 0,
        knows: isPublished ? Math.max(thread.knows, store.index + 1) : thread.knows,
      });
    }
  }

  #store(state: State, t: ThreadNumber, access: Access & { kind: "store" | "atomicStore" }): LateLoad[] {
    const thread = state.threads[t];
    const index = thread.accesses.length;
    const { word, kind } = access;
    const value = access.value | 0;
    const store: Store = {
      id: 2 * index + t,
      thread: t,
      index,
      word,
      value,
      atomic: kind === "atomicStore",
      knew: thread.knows,
    };
    const stored = { ...state, stores: [...state.stores, store] };
    const next = this.#add(stored, t, {
      ...thread,
      accesses: [...thread.accesses, access],
      done: thread.done + 1,
    });
    if (this.#model === "newest") return [];
    const other = t === 0 ? 1 : 0;
    const loads = state.threads[other].loads;
    return loads.flatMap((load, number) => {
      const isOrdered = load.atomic || load.index < store.knew;
      const isSame = load.word !== word || state.threads[other].given[number] === value;
      return isOrdered || isSame ? [] : [{ state: next, thread: other, number, store }];
    });
  }

  #add(state: State, t: ThreadNumber, thread: Thread): State {
    const trail: Trail = { previous: state.trail, thread: t, what: "access" };
    const next = { ...changed(state, t, thread), trail };
    this.#keep(next);
    return next;
  }

  /** States that nobody can tell apart are one. */
  #keep(state: State): void {
    const key = keyOf(state);
    const same = this.#next.get(key);
    if (same === undefined) this.#next.set(key, { ...state });
    else same.ways += state.ways;
  }

  /**
   * Plain loads that may as well give what was stored after them: nothing orders the two. That is a state of its own where the thread would have done
   * the same accesses since, whatever the load gave.
   */
  async #loadLate(late: readonly LateLoad[]): Promise<void> {
    for (let left = late; left.length > 0; ) {
      left = left.filter((each) => this.#amended(each) === "unknown");
      await this.#fetch();
    }
  }

  #amended({ state, thread: t, number, store }: LateLoad): "unknown" | "known" {
    const thread = state.threads[t];
    const given = thread.given.with(number, store.value);
    const past = retold(this.#ends[t], given, thread.accesses.length);
    if (past === undefined) return "unknown";
    if (!past.accesses.every((access, index) => isSameAccess(access, thread.accesses[index]))) return "known";
    const { answers, done } = past;
    const sources = thread.sources.with(number, store.id);
    const amended = changed(state, t, { ...thread, given, sources, answers, done });
    for (let count = 1; count <= answers.length; count++) {
      this.#judge(changed(amended, t, { ...amended.threads[t], answers: answers.slice(0, count) }), t);
    }
    this.#keep(amended);
    return "known";
  }

  #tooMany(state: State): void {
    const reason =
      "Your ends make so many accesses that not all of their interleavings can be tried. A push and a pop need four at most.";
    this.fault = { reason, expected: "at most four accesses a call", got: "many more", state };
  }
}

function isAccess(step: Exclude<Step, { kind: "return" | "waits" | "end" }>, capacity: number): step is Access {
  return Number.isInteger(step.word) && (step.word as number) >= 0 && (step.word as number) < capacity + 2;
}

interface LateLoad {
  state: State;
  thread: ThreadNumber;
  /** Which of the thread's loads. */
  number: number;
  store: Store;
}

function waits(t: ThreadNumber): WrongAnswer {
  const [call, answer, why] = t === 0 ? ["push", "false", "full"] : ["pop", "undefined", "empty"];
  return {
    reason: `\`${call}\` goes on and on: the ${ROLES[t]} waits for the other end. Where the ring is ${why}, give \`${answer}\` and let the caller decide.`,
    expected: "an answer within 16 accesses",
    got: "more accesses",
  };
}

function outside({ word }: { word: unknown }, capacity: number): WrongAnswer {
  const got = `word ${typeof word === "number" ? word : typeof word}`;
  const reason = `There is no ${got}: the memory has the words 0 to ${capacity + 1}.`;
  return { reason, expected: `a word from 0 to ${capacity + 1}`, got };
}
