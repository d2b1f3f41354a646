/** What is wrong with a recording, and where. Everything before that place was read, and its commands handed over. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
  /** The record that is wrong: the first is 1. In a LOBSTER file, its line. */
  readonly record: number;
  /** The byte where that record begins, counted from 0 in the recording as it is without compression. */
  readonly offset: number;

  /** @param unit what the format calls a record @param problem what is wrong and what to do, without the place */
  constructor(unit: "message" | "line", record: number, offset: number, problem: string) {
    super(`${unit} ${record} at byte ${offset}: ${problem}`);
    this.record = record;
    this.offset = offset;
  }
}
