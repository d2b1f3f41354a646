/** An error whose message is for the user as it stands, and the exit code that goes with it. */
export class Failure extends Error {
  override name = "Failure";
  readonly exitCode: 1 | 2 | 130;

  /** @param exitCode 2 where the command line is wrong, 130 where the user stopped it, 1 for all else */
  constructor(message: string, exitCode: 1 | 2 | 130 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
