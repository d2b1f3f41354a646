import type { Agreement, ClockReport, Difference, Failure, RunRequest } from "../../../lab/sandbox/protocol.ts";
import type { Stopped } from "../../sandbox/index.ts";
import type { LabData } from "./lab-data.ts";
import { count, rate, time } from "./numbers.ts";
import { perSecond, type RunModel } from "./run-model.ts";

/** What a lab says in words. */

export function agreementSentence({ compared, difference }: Agreement, engines: number, over: boolean): string {
  if (difference) return differenceSentence(difference);
  if (engines < 2) return "One engine: there is nothing to compare its events with.";
  return `${count(compared)} events compared one by one: ${over ? "identical" : "identical so far"}.`;
}

function differenceSentence({ engines, cause, index, command, events }: Difference): string {
  const what = JSON.stringify(command);
  if (cause === "strategy") {
    return `The strategy sent other commands on ${engines[1]} than on ${engines[0]}, from ${what} on: it isn't deterministic. Use market.random() for chance, and keep nothing between runs.`;
  }
  const [first, second] = events.map((event) => (event ? JSON.stringify(event) : "nothing more"));
  return `The engines differ from event ${count(index)} on. After the command ${what}, ${engines[0]} gave ${first} and ${engines[1]} gave ${second}. No speed counts until they agree.`;
}

export function clockSentence({ stepUs, isolated }: ClockReport): string {
  const step = `This page's clock steps by ${time(stepUs * 1000)}`;
  return isolated
    ? `${step}: the page is isolated from others, so the browser lets it be fine.`
    : `${step}: the page isn't isolated, so the browser keeps it coarse, and batches are longer.`;
}

export function failureSentence({ phase, message, line, file }: Failure): string {
  const where = line === undefined ? "" : `Line ${line}${file === undefined ? "" : ` of ${file}`}: `;
  if (phase === "syntax") return `Not run, since the text isn't TypeScript. ${where}${message}`;
  return `The run ended. ${where}${message}`;
}

export function stoppedSentence({ reason, afterMs, message }: Stopped): string {
  if (reason === "reader") return `Stopped after ${time(afterMs * 1e6)}.`;
  return `${message} It had run for ${time(afterMs * 1e6)}.`;
}

export function runningSentence({ orders }: Pick<RunRequest, "orders">): string {
  return `Running: ${orders.toLocaleString("en")} orders of the market on each engine.`;
}

/** What a run must load first, where that is megabytes; undefined where it isn't. */
export function loadingSentence(
  engines: readonly string[],
  { titles, downloads }: Pick<LabData, "titles" | "downloads">,
): string | undefined {
  const large = engines.filter((name) => Object.hasOwn(downloads, name));
  if (large.length === 0) return undefined;
  const what = large.map((name) => `${titles[name]} (${downloads[name]} MiB)`).join(", ");
  return `Loading ${what}. The browser keeps it; then it starts, which takes seconds.`;
}

/** What a finished run came to. */
export function reportSentence(run: RunModel): string {
  const fills = run.report?.fills ?? 0;
  const profit = run.report?.analytics?.profit.total ?? run.report?.account.profit ?? 0;
  return `Done: ${count(run.engines[0].commands)} commands on each engine, ${count(fills)} trades of yours, profit ${count(profit)} ticks × lots.`;
}

/** The last engine's speed as a multiple of the first's, or undefined where there are not two. */
export function ratioOf(run: RunModel): number | undefined {
  const [first, last] = [run.engines[0], run.engines[run.engines.length - 1]];
  if (first === last || perSecond(first) === 0) return undefined;
  return perSecond(last) / perSecond(first);
}

/** The engines alone, where the split is known. */
export function engineRatioOf({ engines }: RunModel): number | undefined {
  const [first, last] = [engines[0].split, engines[engines.length - 1].split];
  if (engines.length < 2 || !first || !last || last.engine.median <= 0) return undefined;
  return first.engine.median / last.engine.median;
}

/** For who can't see a chart: what it shows, in a sentence. */
export function latencyLabel(run: RunModel): string {
  const speeds = run.engines.map((engine) => `${engine.title}: ${rate(perSecond(engine))} commands a second`);
  return speeds.join("; ");
}
