import type { Command } from "../../engines/contract/commands.ts";

interface Timer {
  readonly number: number;
  readonly timeNs: number;
}

/** Simulated time: what is on its way to the book, and the timers that wait. All times are ns from the start of the run. */
export class Timeline {
  nowNs = 0;
  /** When the first of them is due; infinite where nothing is. */
  dueNs = Number.POSITIVE_INFINITY;
  /** In the order they were sent, which is that of their arrival. */
  #commands: Command[] = [];
  #arrivals: number[] = [];
  #arrived = 0;
  /** The first due first; those due together in the order they were set. */
  readonly #timers: Timer[] = [];
  #lastTimer = 0;

  get timersLeft(): number {
    return this.#timers.length;
  }

  /** @param delayNs from now @returns the timer's number, from 1 */
  setTimer(delayNs: number): number {
    const timer = { number: ++this.#lastTimer, timeNs: this.nowNs + delayNs };
    let place = this.#timers.length;
    while (place > 0 && this.#timers[place - 1].timeNs > timer.timeNs) place--;
    this.#timers.splice(place, 0, timer);
    this.#mark();
    return timer.number;
  }

  /** Commands leave now; the latency must be that of the ones before. */
  send(commands: readonly Command[], latencyNs: number): void {
    for (const command of commands) {
      this.#commands.push(command);
      this.#arrivals.push(this.nowNs + latencyNs);
    }
    this.#mark();
  }

  /** Goes to when the first is due, and takes it: a command that arrives, or a timer's number. Commands come before timers. */
  takeDue(): Command | number {
    this.nowNs = this.dueNs;
    const due =
      this.#arrivals[this.#arrived] === this.dueNs ? this.#takeCommand() : (this.#timers.shift() as Timer).number;
    this.#mark();
    return due;
  }

  #takeCommand(): Command {
    const command = this.#commands[this.#arrived++];
    if (this.#arrived === this.#commands.length) {
      this.#commands = [];
      this.#arrivals = [];
      this.#arrived = 0;
    } else if (this.#arrived === 1024) {
      // A long latency would keep the list from ever being empty.
      this.#commands = this.#commands.slice(this.#arrived);
      this.#arrivals = this.#arrivals.slice(this.#arrived);
      this.#arrived = 0;
    }
    return command;
  }

  #mark(): void {
    const arrival = this.#arrived < this.#arrivals.length ? this.#arrivals[this.#arrived] : Number.POSITIVE_INFINITY;
    const timer = this.#timers.length > 0 ? this.#timers[0].timeNs : Number.POSITIVE_INFINITY;
    this.dueNs = Math.min(arrival, timer);
  }
}
