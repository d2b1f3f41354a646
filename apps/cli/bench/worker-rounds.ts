import type { Contender } from "../../../lab/measure/rounds.ts";

/** A worker that runs a round when it is asked to. */
interface RoundWorker {
  ask(question: { ask: "round" }): Promise<{ cpuNs: number; wallNs: number }>;
}

/** Workers as contenders by the wall's clock. @param cpuRounds takes the CPU's: `cpuRounds[round][worker]`, ns */
export function contendersOf(workers: readonly RoundWorker[], cpuRounds: number[][]): Contender[] {
  return workers.map((worker, place) => {
    let round = 0;
    return {
      run: async () => {
        const { cpuNs, wallNs } = await worker.ask({ ask: "round" });
        cpuRounds[round] ??= [];
        cpuRounds[round++][place] = cpuNs;
        return wallNs;
      },
    };
  });
}
