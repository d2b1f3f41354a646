import { type Figure, figureRangeText, type Published } from "../../../engines/published/figures.ts";

/** Where a published figure comes from, in lines: what it is, its range, the machine, the day and the commit. */
export function provenance(key: string, figure: Figure, { machine, versions, plan, instances }: Published): string[] {
  const engine = key.split(".")[0];
  const kind = figure.unit === "times" ? "95% interval" : `least and most of ${instances} instances`;
  const range = figure.low === undefined ? [] : [`${figureRangeText(figure)}: ${kind}${verdictText(figure)}`];
  return [
    `${engine}: ${figure.about}`,
    ...range,
    `${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node ${versions.node.replace(/^v/, "")}`,
    `${machine.date}, commit ${machine.commit ?? "unknown"}${plan === "quick" ? ", a quick run with wide ranges" : ""}`,
  ];
}

/** The machine, the day and the commit, as one sentence. */
export function machineText({ machine, versions, plan }: Published): string {
  const draft = plan === "quick" ? ", by a quick run with wide ranges" : "";
  return `${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node ${versions.node.replace(/^v/, "")}, on ${machine.date}, at commit ${machine.commit ?? "unknown"}${draft}.`;
}

function verdictText({ verdict }: Figure): string {
  return verdict === undefined ? "" : `, ${verdict}`;
}
