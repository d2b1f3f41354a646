import { type Shown, seriesOf } from "./chart-data.ts";
import type { ChartName } from "./chart-names.ts";
import { count, time } from "./numbers.ts";
import { batchMeanNs, type EngineRun, type RunModel } from "./run-model.ts";
import type { Rows } from "./tables.ts";

export type Cell = string | number | boolean | undefined;

/** One column of a chart's numbers. */
export interface Column {
  /** In a file: what it is and its unit. */
  csv: string;
  /** In a table. */
  title: string;
  /** How a reader sees a number; default: with its thousands apart. */
  format?: (value: number) => string;
}

/** All numbers of a chart. */
export interface ChartTable {
  columns: Column[];
  rows: Cell[][];
}

/** One run of those shown. */
interface Labelled {
  label: string;
  run: RunModel;
}

const RUN: Column = { csv: "run", title: "Run" };
const ENGINE: Column = { csv: "engine", title: "Engine" };
const COMMANDS_BEFORE: Column = { csv: "commands_before", title: "After commands" };
const THIS_RUN = "this run";

/** A chart's numbers for the run and the pinned ones: each batch, not the points that were merged to be drawn. */
export function chartTable(name: ChartName, { run, pinned }: Shown): ChartTable {
  const { columns, rows } = SOURCES[name];
  const all: Labelled[] = [{ label: THIS_RUN, run }, ...pinned];
  return {
    columns: [RUN, ...columns],
    rows: all.flatMap(({ label, run: of }) => rows(of).map((row) => [label, ...row])),
  };
}

interface Source {
  columns: Column[];
  rows(run: RunModel): Cell[][];
}

function ofEngines({ engines }: RunModel, rows: (engine: EngineRun, index: number) => Cell[][]): Cell[][] {
  return engines.flatMap((engine, index) => rows(engine, index).map((row) => [engine.title, ...row]));
}

const inMs = (ms: number): string => time(ms * 1e6);

const BATCHES: Source = {
  columns: [
    ENGINE,
    COMMANDS_BEFORE,
    { csv: "commands", title: "Commands" },
    { csv: "time_ms", title: "Time", format: inMs },
    { csv: "mean_ns_per_command", title: "Mean of a command", format: time },
  ],
  rows: (run) =>
    ofEngines(run, ({ batches }) => batches.map((batch) => [batch.from, batch.commands, batch.ms, batchMeanNs(batch)])),
};

const THROUGHPUT: Source = {
  columns: [
    ENGINE,
    { csv: "engine_time_before_ms", title: "After", format: inMs },
    { csv: "commands", title: "Commands" },
    { csv: "time_ms", title: "Time", format: inMs },
    { csv: "commands_per_second", title: "Commands a second" },
  ],
  rows: (run) =>
    ofEngines(run, ({ batches }) => {
      let before = 0;
      return batches.map(({ commands, ms }) => {
        const row = [before, commands, ms, ms > 0 ? (commands / ms) * 1000 : undefined];
        before += ms;
        return row;
      });
    }),
};

const SPLIT: Source = {
  columns: [
    ENGINE,
    { csv: "part", title: "Part" },
    { csv: "low_ns_per_command", title: "Low", format: time },
    { csv: "median_ns_per_command", title: "Median", format: time },
    { csv: "high_ns_per_command", title: "High", format: time },
  ],
  rows: (run) =>
    ofEngines(run, ({ split }) =>
      Object.entries(split ?? {}).map(([part, { low, median, high }]) => [part, low, median, high]),
    ),
};

const HISTOGRAM: Source = {
  columns: [
    ENGINE,
    { csv: "mean_from_ns_per_command", title: "Mean of a batch, from", format: time },
    { csv: "batches", title: "Batches" },
  ],
  rows: (run) =>
    ofEngines(run, (_, index) =>
      seriesOf(run)
        .engines[index].histogram.points.filter(({ y }) => y > 0)
        .map(({ x, y }) => [x, y]),
    ),
};

function reportOf(run: RunModel, { engine }: EngineRun) {
  return run.report?.engines.find((report) => report.engine === engine);
}

const TAIL: Source = {
  columns: [
    ENGINE,
    { csv: "over_us", title: "Longer than", format: (us) => time(us * 1000) },
    { csv: "commands_over", title: "Commands" },
    { csv: "commands_timed", title: "Of those timed" },
    { csv: "clock_step_us", title: "Clock's step", format: (us) => time(us * 1000) },
    { csv: "seen_by_clock", title: "Seen by the clock" },
  ],
  rows: (run) =>
    ofEngines(run, (engine) => {
      const tail = reportOf(run, engine)?.tail;
      if (tail === undefined) return [];
      return tail.over.map(({ us, count: over, seen }) => [us, seen ? over : undefined, tail.timed, tail.stepUs, seen]);
    }),
};

const QUEUEING: Source = {
  columns: [
    ENGINE,
    { csv: "percentile", title: "Percentile", format: (percentile) => `${percentile}%` },
    { csv: "from_intended_start_ns", title: "From the intended start", format: time },
    { csv: "closed_loop_ns", title: "As a closed loop tells it", format: time },
    { csv: "arrivals_per_second", title: "Arrivals a second" },
    { csv: "simulated", title: "Simulated" },
  ],
  rows: (run) =>
    ofEngines(run, (engine) => {
      const queueing = reportOf(run, engine)?.queueing;
      if (queueing === undefined) return [];
      const closed = new Map(queueing.closedLoop.map(({ percentile, ns }) => [percentile, ns]));
      return queueing.points.map(({ percentile, ns }) => [
        percentile,
        ns,
        closed.get(percentile),
        queueing.ratePerSecond,
        queueing.simulated,
      ]);
    }),
};

const DEPTH: Source = {
  columns: [
    { csv: "side", title: "Side" },
    { csv: "price_ticks", title: "Price, ticks" },
    { csv: "size_lots", title: "Size, lots" },
    { csv: "orders", title: "Orders" },
    { csv: "size_at_price_or_better_lots", title: "At the price or better, lots" },
  ],
  rows({ book }) {
    const side = (name: string, levels: readonly (readonly [number, number, number])[]): Cell[][] => {
      let lots = 0;
      return levels.map(([price, size, orders]) => {
        lots += size;
        return [name, price, size, orders, lots];
      });
    };
    return book === undefined ? [] : [...side("bid", book.bids), ...side("ask", book.asks)];
  },
};

const PROFIT: Source = {
  columns: [
    { csv: "kind", title: "What" },
    { csv: "commands", title: "After commands" },
    { csv: "profit_ticks_x_lots", title: "Profit, ticks × lots" },
    { csv: "inventory_lots", title: "Inventory, lots" },
    { csv: "price_ticks", title: "Price, ticks" },
    { csv: "size_lots", title: "Size, lots" },
  ],
  rows({ account, fills }) {
    const points = account.map(({ commands, profit, inventory }): Cell[] => ["account", commands, profit, inventory]);
    const trades = fills.map(({ side, role, commands, price, size }): Cell[] => [
      `${side} ${role}`,
      commands,
      undefined,
      undefined,
      price,
      size,
    ]);
    return [...points.map((row) => [...row, undefined, undefined]), ...trades];
  },
};

const SOURCES: Record<ChartName, Source> = {
  latency: BATCHES,
  throughput: THROUGHPUT,
  split: SPLIT,
  histogram: HISTOGRAM,
  tail: TAIL,
  queueing: QUEUEING,
  depth: DEPTH,
  profit: PROFIT,
};

/** Rows of a table in the page at most: a reader's screen reader goes through them one by one. */
export const MOST_ROWS = 100;

/** Rows for a reader, evenly chosen where there are too many. @returns with how many were left out */
export function readableRows({ columns, rows }: ChartTable, most = MOST_ROWS): { rows: Rows; leftOut: number } {
  const runs = new Set(rows.map(([run]) => run)).size;
  const first = runs > 1 ? 0 : 1;
  const taken = Math.min(most, rows.length);
  const chosen = Array.from({ length: taken }, (_, index) => rows[Math.floor((index * rows.length) / taken)]);
  const text = chosen.map((row) => row.slice(first).map((cell, at) => readable(cell, columns[first + at])));
  return { rows: [columns.slice(first).map(({ title }) => title), ...text], leftOut: rows.length - taken };
}

function readable(cell: Cell, { format = count }: Column): string {
  if (cell === undefined) return "–";
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return typeof cell === "number" ? format(cell) : cell;
}

/** All rows as comma-separated values (RFC 4180), the first line with the columns' names and units. */
export function csvOf({ columns, rows }: ChartTable): string {
  const line = (cells: readonly Cell[]): string => cells.map(csvCell).join(",");
  return `${[line(columns.map(({ csv }) => csv)), ...rows.map(line)].join("\r\n")}\r\n`;
}

function csvCell(cell: Cell): string {
  const text = cell === undefined ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
