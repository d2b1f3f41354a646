import type { LiveOrdersResult } from "./live-orders.ts";
import type { ProfileResult } from "./measure.ts";
import { type BenchResult, grouped, reportText } from "./report.ts";

const WIDTH = 860;
const LEFT = 220;
const RIGHT = 110;
const BAR = 18;
const ROW = 26;
const HEAD = 46;
const PLOT_HEIGHT = 300;
const LINE_HEIGHT = 16;

/** Told apart without colour vision, and dark enough on white (Okabe and Ito). */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#7a6a00", "#56606b", "#5b2a86", "#a0522d"];

/** A drawing of the result: commands a second on each profile, and the cost of one as the book grows. */
export function chartSvg(result: BenchResult): string {
  const engines = [...new Set(enginesOf(result))];
  const colourOf = (engine: string) => COLOURS[engines.indexOf(engine) % COLOURS.length];
  const parts: string[] = [];
  let top = 0;
  const place = ({ svg, height }: Drawing) => {
    parts.push(`<g transform="translate(0 ${top})">${svg}</g>`);
    top += height;
  };
  for (const profile of result.profiles) place(bars(profile, colourOf));
  if (result.liveOrders.some(({ points }) => points.length > 1)) place(lines(result.liveOrders, colourOf));
  const { machine, seed } = result;
  const foot = `${machine.cpu}, Node ${machine.node}, seed ${seed}, ${machine.date}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top + 40}" viewBox="0 0 ${WIDTH} ${top + 40}" role="img" aria-label="Benchmark of matching engines" font-family="system-ui, sans-serif" font-size="13" fill="#1a1a1a">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...parts,
    text(16, top + 22, foot, 'fill="#56606b" font-size="12"'),
    "</svg>",
    "",
  ].join("\n");
}

/** The drawing in a page, with the report as text under it. */
export function chartHtml(result: BenchResult): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Benchmark of matching engines</title>
<style>body{font-family:system-ui,sans-serif;margin:2rem;background:#fff;color:#1a1a1a}svg{max-width:100%;height:auto}pre{overflow-x:auto}</style>
</head>
<body>
<h1>Benchmark of matching engines</h1>
${chartSvg(result)}
<pre tabindex="0">${escaped(reportText(result))}</pre>
</body>
</html>
`;
}

interface Drawing {
  svg: string;
  height: number;
}

type ColourOf = (engine: string) => string;

function bars(result: ProfileResult, colourOf: ColourOf): Drawing {
  const rates = result.subjects.map(({ engine, door, cpuNs, wallNs }) => ({
    engine,
    label: `${engine}, ${door}`,
    rate: 1000 / (result.clock === "cpu" ? cpuNs : wallNs),
  }));
  for (const { engine, wallNs } of result.natives) {
    rates.push({ engine, label: `${engine}, wall time`, rate: 1000 / wallNs });
  }
  const most = Math.max(...rates.map(({ rate }) => rate));
  const svg = [
    text(16, 28, `${result.profile}: million commands a second (${result.clock} time)`, 'font-weight="600"'),
  ];
  for (const [row, { engine, label, rate }] of rates.entries()) {
    const y = HEAD + row * ROW;
    const width = Math.max(1, (rate / most) * (WIDTH - LEFT - RIGHT));
    svg.push(text(LEFT - 10, y + 13, label, 'text-anchor="end"'));
    svg.push(`<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" fill="${colourOf(engine)}"/>`);
    svg.push(text(LEFT + width + 8, y + 13, rate.toFixed(rate < 10 ? 2 : 1)));
  }
  return { svg: svg.join("\n"), height: HEAD + rates.length * ROW + 16 };
}

/** Both axes are logarithms: a line that rises as fast as the book grows is a diagonal. */
function lines(results: readonly LiveOrdersResult[], colourOf: ColourOf): Drawing {
  const points = results.flatMap((result) => result.points);
  const x = logScale(
    points.map(({ liveOrders }) => liveOrders),
    LEFT,
    WIDTH - 200,
  );
  const y = logScale(
    points.map(({ costNs }) => costNs),
    HEAD + PLOT_HEIGHT,
    HEAD,
  );
  const svg = [text(16, 28, `ns a command as the book grows (${results[0].clock} time)`, 'font-weight="600"')];
  for (const tick of x.ticks) {
    svg.push(`<path d="M${x.at(tick)} ${HEAD}V${HEAD + PLOT_HEIGHT}" stroke="#d8dce0"/>`);
    svg.push(text(x.at(tick), HEAD + PLOT_HEIGHT + 20, grouped(tick), 'text-anchor="middle"'));
  }
  for (const tick of y.ticks) {
    svg.push(`<path d="M${LEFT} ${y.at(tick)}H${WIDTH - 200}" stroke="#d8dce0"/>`);
    svg.push(text(LEFT - 10, y.at(tick) + 4, `${grouped(tick)} ns`, 'text-anchor="end"'));
  }
  svg.push(text(LEFT, HEAD + PLOT_HEIGHT + 40, "live orders", ""));
  for (const { engine, points: own } of results) {
    if (own.length === 0) continue;
    const at = own.map(({ liveOrders, costNs }) => `${x.at(liveOrders)} ${y.at(costNs)}`);
    svg.push(`<path d="M${at.join("L")}" fill="none" stroke="${colourOf(engine)}" stroke-width="2.5"/>`);
    for (const point of at) {
      const [cx, cy] = point.split(" ");
      svg.push(`<circle cx="${cx}" cy="${cy}" r="4" fill="${colourOf(engine)}"/>`);
    }
  }
  svg.push(...lineLabels(results, x, y, colourOf));
  return { svg: svg.join("\n"), height: HEAD + PLOT_HEIGHT + 60 };
}

/** Each line's name at its end, from the top down; one that would cover the one above it is set lower. */
function lineLabels(results: readonly LiveOrdersResult[], x: Scale, y: Scale, colourOf: ColourOf): string[] {
  const ends = results
    .filter(({ points }) => points.length > 0)
    .map(({ engine, points }) => ({ engine, last: points[points.length - 1] }))
    .sort((one, other) => other.last.costNs - one.last.costNs);
  const lowest = new Map<number, number>();
  return ends.map(({ engine, last }) => {
    const left = x.at(last.liveOrders) + 10;
    const top = Math.max(y.at(last.costNs) + 4, (lowest.get(left) ?? 0) + LINE_HEIGHT);
    lowest.set(left, top);
    return text(left, top, `${engine}, ${last.costNs.toFixed(0)} ns`, `fill="${colourOf(engine)}"`);
  });
}

interface Scale {
  at(value: number): number;
  /** The powers of ten from one end to the other, both outside of the values or on them. */
  ticks: number[];
}

function logScale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    at: (value) => Math.round((from + ((Math.log10(value) - low) / (high - low)) * (to - from)) * 10) / 10,
    ticks: Array.from({ length: high - low + 1 }, (_, power) => 10 ** (low + power)),
  };
}

function enginesOf({ profiles, liveOrders }: BenchResult): string[] {
  const natives = profiles.flatMap((profile) => profile.natives);
  return [...profiles.flatMap(({ subjects }) => subjects), ...liveOrders, ...natives].map(({ engine }) => engine);
}

function text(x: number, y: number, words: string, attributes = ""): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
