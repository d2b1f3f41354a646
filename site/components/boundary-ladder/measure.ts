/** What is loaded when the reader first measures. */
export { measureLadder } from "./ladder-client.ts";
export { ladderReport } from "./ladder-report.ts";
