import { BAND, type Comparison } from "../../../lab/measure/verdict.ts";
import type { ItchResult } from "./itch.ts";
import type { LiveOrdersResult } from "./live-orders.ts";
import type { Machine } from "./machine.ts";
import type { ProfileResult, SubjectResult } from "./measure.ts";
import type { NativeResult } from "./native.ts";
import type { NativeAbout } from "./native-build.ts";
import type { BenchPlan } from "./plan.ts";
import { PEER } from "./subject.ts";
import type { CommandKind } from "./worker.ts";

/** All that a bench found: what `--json` writes. */
export interface BenchResult {
  machine: Machine;
  seed: number;
  plan: BenchPlan;
  /** The same engine twice: what differs here is noise. Null where no engine was measured. */
  control: ({ engine: string; profile: string } & Comparison) | null;
  /** What each native engine was built with, or why it was skipped; null where none was asked for. */
  natives: readonly NativeAbout[] | null;
  /** What was asked for and lies beyond the level of every engine named. */
  leftOut: string[];
  profiles: ProfileResult[];
  liveOrders: LiveOrdersResult[];
  /** Null where it was not asked for. */
  itch: ItchResult | null;
}

export function reportText(result: BenchResult): string {
  const parts = [headText(result)];
  for (const profile of result.profiles) parts.push(speedText(profile), singlesText(profile));
  if (result.liveOrders.length > 0) parts.push(liveOrdersText(result.liveOrders));
  if (result.itch !== null) parts.push(itchText(result.itch));
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function headText({ machine, seed, plan, control, natives, leftOut }: BenchResult): string {
  const lines = [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}`,
    `Node ${machine.node}, V8 ${machine.v8}, commit ${machine.commit ?? "unknown"}, ${machine.date}, seed ${seed}`,
    `${plan.instances} instances of ${plan.rounds} rounds of ${grouped(plan.chunk)} commands, ${plan.batch} a submit; 95% intervals, a band of ${BAND * 100}%`,
  ];
  lines.push(...(natives ?? []).map(nativeText));
  if (leftOut.length > 0) lines.push(`Left out, beyond the level of what is measured: ${leftOut.join(", ")}`);
  if (control !== null) {
    const wide = control.verdict === "faster" || control.verdict === "slower";
    lines.push(
      `A/A control: ${control.engine} is ${comparisonText(control)} times as fast as itself on ${control.profile}${
        wide ? ". It should not be: take differences of this size as noise" : ""
      }`,
    );
  }
  return lines.join("\n");
}

/** One line, also told before anything is measured. */
export function nativeText(native: NativeAbout): string {
  const what = "skipped" in native ? `skipped, ${native.skipped}` : `built with ${native.builtWith}`;
  return `${native.engine}: ${what}`;
}

function speedText(result: ProfileResult): string {
  const head = ["engine", "door", "M/s", "cpu ns", "wall ns"].concat(
    result.baselines.map(({ engine, door }) => `times as fast as ${engine} by ${door}`),
  );
  const rows = result.subjects.map((subject) => [
    subject.engine + (subject.unsteady > 0 ? " *" : ""),
    subject.door,
    megaPerSecond(subject, result.clock),
    subject.cpuNs.toFixed(1),
    subject.wallNs.toFixed(1),
    ...subject.against.map((comparison) => (comparison === null ? "1" : comparisonText(comparison))),
  ]);
  for (const native of result.natives) rows.push(nativeRow(native, result.baselines.length));
  const unsteady = result.subjects.filter((subject) => subject.unsteady > 0);
  const notes = [
    `${result.profile}: ${grouped(result.timedCommands)} commands an instance, by the ${result.clock === "cpu" ? "CPU's time" : "wall's time"}. The events of ${grouped(result.checkedCommands)} commands agree with the oracle's (hash ${result.eventHash}, ${grouped(result.fills)} fills of ${grouped(result.volume)} lots), and so do all books at the end.`,
  ];
  if (result.subjects.some(({ engine }) => engine === PEER)) {
    notes.push(`Of ${PEER}, fills, volume and the book are compared: it tells of no single events.`);
  }
  const after = unsteady.length > 0 ? ["* not steady after its warm-up in some instance"] : [];
  after.push(...result.natives.map(nativeNote));
  return [...notes, "", table(head, rows, 2), ...after].join("\n");
}

function nativeRow({ engine, wallNs }: NativeResult, baselines: number): string[] {
  const unpaired = Array.from({ length: baselines }, () => "not paired");
  return [engine, "process", megaText(wallNs), "–", wallNs.toFixed(1), ...unpaired];
}

function nativeNote({ engine, roundsNs, timedCommands, checkedCommands, eventHash }: NativeResult): string {
  const rounds = roundsNs.flat();
  const spread = `${Math.min(...rounds).toFixed(1)} to ${Math.max(...rounds).toFixed(1)}`;
  return [
    `${engine}: ${roundsNs.length} processes, before each instance and after the last, of ${roundsNs[0].length} rounds of ${grouped(timedCommands)} commands; by the wall's time.`,
    `It has no part in the others' rounds: so there is no ratio, but the spread of its rounds, ${spread} ns.`,
    `The events of ${grouped(checkedCommands)} commands agree with the oracle's (hash ${eventHash}).`,
  ].join(" ");
}

const KINDS: readonly CommandKind[] = ["all", "add", "market", "cancel", "replace", "book"];

function singlesText(result: ProfileResult): string {
  const rows: string[][] = [];
  for (const { engine, door, singles } of result.subjects) {
    const clock = singles.clock?.p50 ?? 0;
    for (const kind of KINDS) {
      const times = singles[kind];
      if (times === undefined) continue;
      const less = (ns: number) => grouped(Math.max(0, ns - clock));
      rows.push([
        kind === "all" ? engine : "",
        kind === "all" ? door : "",
        kind,
        grouped(times.count),
        less(times.p50),
        less(times.p99),
        less(times.p999),
        kind === "all" ? `${singles.clock?.p50} ${singles.clock?.p99} ${singles.clock?.p999}` : "",
      ]);
    }
  }
  rows.push(...result.natives.flatMap(nativeSingles));
  if (rows.length === 0) return "";
  const head = ["engine", "door", "command", "count", "p50", "p99", "p99.9", "clock alone p50 p99 p99.9"];
  return [
    `${result.profile}, single commands: wall ns less the clock's own median, one instance, one command a call`,
    "",
    table(head, rows, 3),
  ].join("\n");
}

/** The clock's median is off already. */
function nativeSingles({ engine, singles, clockNs }: NativeResult): string[][] {
  return singles.map(({ kind, count, p50, p99, p999 }) => [
    kind === "all" ? engine : "",
    kind === "all" ? "process" : "",
    kind,
    ...[count, p50, p99, p999].map(grouped),
    kind === "all" ? `${clockNs} – –` : "",
  ]);
}

function liveOrdersText(results: readonly LiveOrdersResult[]): string {
  const sizes = [...new Set(results.flatMap(({ points }) => points.map(({ liveOrders }) => liveOrders)))];
  const rows = results.map(({ engine, points, growth }) => [
    engine,
    ...sizes.map((size) => points.find(({ liveOrders }) => liveOrders === size)?.costNs.toFixed(1) ?? "–"),
    points.length > 1 ? `× ${growth.toFixed(1)} to ${grouped(points[points.length - 1].liveOrders)}` : "–",
  ]);
  const notes = results.flatMap(({ engine, leftOut }) =>
    leftOut.map(({ liveOrders, why }) => `– ${engine} at ${grouped(liveOrders)}: ${why}.`),
  );
  return [
    `Live orders: ns a command of std's mix, on as many levels, through submit (${results[0].clock} time)`,
    "",
    table(["engine", ...sizes.map(grouped), "growth"], rows, 1),
    ...notes,
  ].join("\n");
}

function itchText({ messages, bytes, liveOrders, checkedMessages, eventHash, speeds }: ItchResult): string {
  const rows = speeds.map(({ engine, cpuNs, wallNs, unsteady }) => [
    (engine === null ? "reading alone" : `and ${engine}`) + (unsteady > 0 ? " *" : ""),
    (1000 / cpuNs).toFixed(1),
    (1000 / wallNs).toFixed(1),
    cpuNs.toFixed(1),
    wallNs.toFixed(1),
  ]);
  const isUnsteady = speeds.some(({ unsteady }) => unsteady > 0);
  return [
    `ITCH 5.0, a made-up day of one stock: ${grouped(messages)} messages, ${grouped(bytes)} bytes, about ${grouped(liveOrders)} live orders. The events of ${grouped(checkedMessages)} messages agree with the oracle's (hash ${eventHash}), and the book at the end with a plain model's.`,
    "",
    table(["", "M messages/s by cpu", "by wall", "cpu ns", "wall ns"], rows, 1),
    ...(isUnsteady ? ["* not steady after its warm-up in some instance"] : []),
  ].join("\n");
}

function megaPerSecond({ cpuNs, wallNs }: SubjectResult, clock: ProfileResult["clock"]): string {
  return megaText(clock === "cpu" ? cpuNs : wallNs);
}

function megaText(costNs: number): string {
  const perSecond = 1000 / costNs;
  return perSecond.toFixed(perSecond < 10 ? 2 : 1);
}

function comparisonText({ ratio, low, high, verdict }: Comparison): string {
  const digits = ratio < 10 ? 2 : 1;
  return `${ratio.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)}) ${verdict}`;
}

export function grouped(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Columns from `numbersFrom` on are set to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[], numbersFrom: number): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column < numbersFrom ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
