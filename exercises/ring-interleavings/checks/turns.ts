import type { Learner } from "../../../lab/grade/check.ts";
import { show } from "../../../lab/grade/show.ts";
import { judgePop, judgePush, type WrongAnswer } from "./answers.ts";
import { End, type Role, type Step } from "./end.ts";
import { emptyRing } from "./memory.ts";

/** Calls in turn: no two at once. */
export interface Turns {
  capacity: number;
  start: number;
  /** Words that there are to push, in this order: at least as many as calls. */
  values: readonly number[];
  /** How many calls of each end, the producer first, in turn. */
  calls: readonly number[];
}

export interface Played {
  wrong?: WrongAnswer;
  /** Calls with their answers, as the learner would write them. */
  story: string[];
  /** How often each end looked at the other's counter: the producer first. */
  looks: [number, number];
}

/** An end that is played call after call. */
class Player {
  readonly #end: End;
  #calls = 0;
  #given: number[] = [];
  #done = 0;

  constructor(place: Learner, role: Role, { capacity, values }: Turns) {
    this.#end = new End(place, { role, capacity, values, calls: 0 });
  }

  /** Its steps in the next so many calls. */
  async call(calls: number, memory: readonly number[]): Promise<Step[]> {
    this.#calls += calls;
    const { program } = this.#end;
    const run = { ...program, calls: this.#calls, given: this.#given, done: this.#done, memory };
    return (await this.#end.run(run)).filter(({ kind }) => kind !== "end");
  }

  /** Takes down what a step was, so that it isn't done again. */
  did(step: Step, value: number): void {
    if (!step.kind.endsWith("oad")) this.#done++;
    else {
      this.#given.push(value);
      this.#done = 0;
    }
  }
}

/** Plays calls in turn, on a memory of the parent's own. @throws CallFailure */
export async function playTurns(places: readonly [Learner, Learner], turns: Turns): Promise<Played> {
  const game = new Game(places, turns);
  for (const [at, calls] of turns.calls.entries()) {
    await game.turn(at % 2 === 0 ? 0 : 1, calls);
    if (game.played.wrong !== undefined) break;
  }
  return game.played;
}

class Game {
  readonly played: Played = { story: [], looks: [0, 0] };
  readonly #turns: Turns;
  readonly #players: readonly [Player, Player];
  readonly #memory: number[];
  readonly #pops: unknown[] = [];
  #taken = 0;

  constructor([producer, consumer]: readonly [Learner, Learner], turns: Turns) {
    this.#turns = turns;
    this.#players = [new Player(producer, "producer", turns), new Player(consumer, "consumer", turns)];
    this.#memory = emptyRing(turns.capacity, turns.start);
  }

  async turn(t: 0 | 1, calls: number): Promise<void> {
    const player = this.#players[t];
    let answers = 0;
    for (const step of await player.call(calls, this.#memory)) {
      const value = this.#apply(t, step);
      if (this.played.wrong !== undefined) return;
      player.did(step, value);
      if (step.kind === "return") answers++;
    }
    if (answers < calls) this.#fault("The call gave nothing at all.", "an answer", "none");
  }

  /** @returns what a load gives */
  #apply(t: 0 | 1, step: Step): number {
    if (step.kind === "return") {
      this.#answer(t, step.value);
      return 0;
    }
    if (!("word" in step)) {
      const call = t === 0 ? "push" : "pop";
      this.#fault(`\`${call}\` goes on and on, though nobody else is there.`, "an answer", "more than 16 accesses");
      return 0;
    }
    const { word } = step;
    if (typeof word !== "number" || !(word in this.#memory)) {
      const last = this.#memory.length - 1;
      this.#fault(`The memory has the words 0 to ${last}.`, `a word from 0 to ${last}`, `word ${show(word)}`);
      return 0;
    }
    if ("value" in step) this.#memory[word] = step.value | 0;
    else if (word === 1 - t) this.played.looks[t]++;
    return this.#memory[word];
  }

  #answer(t: 0 | 1, answer: unknown): void {
    const { values, capacity } = this.#turns;
    const isFull = this.#taken - this.#pops.filter((pop) => typeof pop === "number").length === capacity;
    const call = t === 0 ? `push(${values[this.#taken]})` : "pop()";
    this.played.story.push(`${call} → ${typeof answer === "string" ? answer : show(answer)}`);
    const pushed = { values, taken: this.#taken, isAll: true };
    const wrong = t === 0 ? judgePush(answer) : judgePop(answer, this.#pops, pushed);
    if (wrong !== undefined) this.#fault(wrong.reason, wrong.expected, wrong.got);
    else if (t === 0 && answer === isFull) {
      const reason = isFull ? "The ring is full, and `push` took a word." : "There is room, and `push` takes no word.";
      this.#fault(reason, `${!isFull}`, `${answer}`);
    }
    if (t === 0 && answer === true) this.#taken++;
    if (t === 1) this.#pops.push(answer);
  }

  #fault(reason: string, expected: string, got: string): void {
    this.played.wrong ??= { reason, expected, got };
  }
}
