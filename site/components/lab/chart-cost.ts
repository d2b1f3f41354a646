import { count, ratio, time } from "./numbers.ts";
import { perSecond, type RunModel } from "./run-model.ts";

/** What drawing took of the page's thread during a run. */
export interface Drawing {
  drawings: number;
  ms: number;
}

/** A finished run, as far as it is compared with the same one whose charts were hidden. */
interface Timed {
  /** What makes two runs the same: what was asked for, and the events that came of it. */
  identity: string;
  speeds: { title: string; perSecond: number }[];
}

function timed({ request, report, engines }: RunModel): Timed | undefined {
  if (report === undefined) return undefined;
  const identity = JSON.stringify([request, report.engines.map(({ hash }) => hash)]);
  return { identity, speeds: engines.map((engine) => ({ title: engine.title, perSecond: perSecond(engine) })) };
}

/** Says what the charts cost a run: their time, and the same run with them hidden beside it. */
export class ChartCost {
  #shown: Timed | undefined;

  /** What to say of a finished run whose charts were drawn. */
  drawn(run: RunModel, { drawings, ms }: Drawing): string {
    this.#shown = timed(run);
    if (drawings === 0) return "No chart was on the screen while this run went on, so none was drawn.";
    return `The charts were drawn ${count(drawings)} times in this run, which took ${time(ms * 1e6)} of the page's thread. The engines run on another.`;
  }

  /** What to say of a finished run whose charts were hidden. */
  hidden(run: RunModel): string {
    const [before, now] = [this.#shown, timed(run)];
    if (now === undefined) return "This run did not end, so it is not compared.";
    if (before === undefined)
      return "The charts were hidden in this run. There is none with charts to compare it with.";
    if (before.identity !== now.identity) {
      return "The charts were hidden in this run. It is not the same as the one before, so their speeds are not compared.";
    }
    const ratios = now.speeds.map(({ title, perSecond: speed }, index) => {
      return `${title} ${ratio(speed / before.speeds[index].perSecond)}`;
    });
    return `Throughput with the charts hidden, against the same run with them: ${ratios.join("; ")}. One unpaired comparison: whatever else the machine did in either run is in it.`;
  }
}
