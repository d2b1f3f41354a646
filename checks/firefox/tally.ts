/** What a check throws to say what it saw. */
export class Unexpected extends Error {}

/** @throws Unexpected where it is not so */
export function expectThat(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Unexpected(otherwise);
}

/** Prints a line for each check, and counts. */
export class Tally {
  passed = 0;
  failed = 0;
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** Prints what is no check. */
  say(line: string): void {
    this.#print(line);
  }

  /** @param act throws where it is not as it should be */
  async check(name: string, act: () => Promise<void> | void): Promise<void> {
    try {
      await act();
      this.passed++;
      this.#print(`ok      ${name}`);
    } catch (error) {
      this.failed++;
      this.#print(`FAILED  ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
