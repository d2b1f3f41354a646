import { median } from "../../../lab/measure/statistics.ts";
import type { PageResult } from "./page.ts";
import { countVerdicts, type DuelRuns } from "./page-duels.ts";
import type { LabRuns } from "./page-lab.ts";
import type { PageWeights } from "./page-weights.ts";
import { grouped } from "./report.ts";

/** What was measured of the pages, each with what issue and budget ask of it. */
export function pageReportText(result: PageResult): string {
  const { machine, browser, weights, firstPoint, million, verdicts, aa, planted } = result;
  const parts = [
    [
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}`,
      `${browser}, headless; Node ${machine.node}, commit ${machine.commit ?? "unknown"}, ${machine.date}`,
    ].join("\n"),
  ];
  if (weights !== undefined) parts.push(weightsText(weights));
  if (firstPoint !== undefined) {
    const all = firstPoint.allMs.map((ms) => ms.toFixed(0)).join(", ");
    parts.push(
      `From the click on Run to the chart's first point: ${firstPoint.medianMs.toFixed(0)} ms, the median of ${firstPoint.allMs.length} fresh profiles (${all}). Asked for: at most 1,500 ms.`,
    );
  }
  if (million !== undefined) parts.push(labText(million));
  if (verdicts !== undefined) {
    parts.push(
      `${duelText(verdicts)}: faster in ${countVerdicts(verdicts, "faster")} of ${verdicts.comparisons.length}. Asked for: 9 of 10.`,
    );
  }
  if (aa !== undefined) parts.push([controlText(aa.isolated), controlText(aa.open)].join("\n"));
  if (planted !== undefined) {
    parts.push(
      `${duelText(planted)}: found in ${countVerdicts(planted, "slower")} of ${planted.comparisons.length}, the wrong way round in ${countVerdicts(planted, "faster")}. Asked for: 27 of 30.`,
    );
  }
  return `${parts.join("\n\n")}\n`;
}

function weightsText({ page, firstLoad, labInView, heaviest }: PageWeights): string {
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  return [
    `${page}, scripts compressed by gzip:`,
    `  first load, without the editor: ${kb(firstLoad)}. Asked for: at most 200 KB.`,
    `  when the lab is in view (editor, TypeScript service, charts, sandbox): ${kb(labInView)}`,
    `  the heaviest: ${heaviest.map(({ name, bytes }) => `${name} ${kb(bytes)}`).join(", ")}`,
  ].join("\n");
}

function labText({ engines, orders, longestTasks, heapMb, pageMb, agreements }: LabRuns): string {
  const agreed = agreements.filter((text) => /identical/.test(text)).length;
  const memory = ({ before, after }: { before: number; after: number }) =>
    `${before.toFixed(1)} MB after a first run, ${after.toFixed(1)} MB after ${longestTasks.length - 1} more (${after >= before ? "+" : ""}${(after - before).toFixed(1)} MB)`;
  return [
    `${grouped(orders)} orders on ${engines.join(", ")}, a strategy on every tenth book, charts live, ${longestTasks.length} runs:`,
    `  longest task on the main thread, its own CPU time: ${timesText(longestTasks.map(({ cpuMs }) => cpuMs))}. Asked for: at most 100 ms.`,
    `  longest by the clock, with the time in which others had the core: ${timesText(longestTasks.map(({ clockMs }) => clockMs))}`,
    `  main thread's heap: ${memory(heapMb)}. Asked for: at most 20 MB more.`,
    `  the whole page with its workers: ${pageMb === null ? "the browser doesn't tell" : memory(pageMb)}`,
    `  the engines agreed in ${agreed} of ${agreements.length} runs; the last said: ${agreements.at(-1)}`,
  ].join("\n");
}

/** The largest, then each run's. */
function timesText(each: (number | null)[]): string {
  const known = each.filter((ms) => ms !== null);
  if (known.length < each.length) return "this system doesn't tell";
  return `${Math.max(...known).toFixed(0)} ms (each run: ${known.map((ms) => ms.toFixed(0)).join(", ")})`;
}

function duelText({ baseline, subject, planted, clock, comparisons }: DuelRuns): string {
  const who = planted === null ? `${subject} against ${baseline}` : `${planted * 100}% planted beside ${baseline}`;
  const ratios = comparisons.map(({ ratio }) => ratio);
  const spread = comparisons.map(({ low, high }) => (high / low - 1) * 50);
  return `${who}, ${clock.isolated ? "isolated" : "not isolated"}, a clock of ${(clock.stepMs * 1000).toFixed(1)} µs, ratio ${median(ratios).toFixed(3)} (${Math.min(...ratios).toFixed(3)}–${Math.max(...ratios).toFixed(3)}), the intervals ±${median(spread).toFixed(1)}% in the median`;
}

function controlText(runs: DuelRuns): string {
  const wrong = countVerdicts(runs, "faster", "slower");
  return `A/A: ${duelText(runs)}: ${wrong} false verdicts in ${runs.comparisons.length}. Asked for: at most 10 of 100.`;
}
