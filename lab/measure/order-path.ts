import { Random } from "../../engines/flow/random.ts";
import { fixedLog } from "../market/fixed-math.ts";
import { quantile } from "./stalling-server.ts";

export const STAGES = ["network", "gateway", "risk", "core", "publisher", "consumer"] as const;
export type Stage = (typeof STAGES)[number];

/** What happens to an event for which the ring has no room: the core waits, the event is lost, or the consumer is cut off for good. */
export type FullPolicy = "block" | "drop" | "disconnect";

export interface OrderPath {
  ratePerSecond: number;
  orders: number;
  /** Mean of each stage, ns. The network only delays; each other stage serves one order after the other. */
  serviceNs: Readonly<Record<Stage, number>>;
  /** Slots of the ring between the core and the consumer, at least 1; one is free again when the consumer is done with its event. */
  ringSlots: number;
  whenFull: FullPolicy;
  seed: number;
}

export interface StageReport {
  stage: Stage;
  /** Of waiting and being served, ns: median, p99, p99.9. Of those that came through; none where nobody did. */
  ns: readonly [number, number, number] | undefined;
  /** Share of the time in which it served; blocked time is not in it. The network has none. */
  utilisation: number;
}

export interface PathReport {
  stages: StageReport[];
  /** From the time at which the client meant to send until the core was done and the network had brought it back; and until the consumer had it. ns. */
  answerNs: readonly [number, number, number];
  dataNs: readonly [number, number, number] | undefined;
  /** The core stood still for want of a slot, ns. */
  blockedNs: number;
  /** Events that the consumer never had. */
  lost: number;
  /** The order, from 1, whose event found no room and cut the consumer off. */
  disconnectedAt: number | undefined;
}

const SHARES = [0.5, 0.99, 0.999] as const;

function percentiles(values: Float64Array): readonly [number, number, number] | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted();
  return SHARES.map((share) => quantile(sorted, share)) as unknown as [number, number, number];
}

/**
 * Orders of many clients, who don't wait for each other, on their way through all stages. Arrivals are a Poisson process; a service takes half
 * to one and a half of its stage's mean. A stage begins with an order when it has it and is done with the one before.
 *
 * @throws RangeError where a number is out of its range
 */
export function simulatePath(path: OrderPath): PathReport {
  check(path);
  const { orders, serviceNs, ringSlots, whenFull, ratePerSecond } = path;
  const random = new Random(path.seed);
  // What is drawn after the ring has numbers of its own, so that every policy sees the same orders.
  const afterRing = new Random((path.seed ^ 0x5eed) >>> 0);
  const draw = (stage: Stage): number =>
    (serviceNs[stage] * (500 + (isAfterRing(stage) ? afterRing : random).below(1001))) / 1000;
  const times = Object.fromEntries(STAGES.map((stage) => [stage, new Float64Array(orders)])) as Record<
    Stage,
    Float64Array
  >;
  const busyNs = { network: 0, gateway: 0, risk: 0, core: 0, publisher: 0, consumer: 0 };
  const freeAt = { ...busyNs };
  const answers = new Float64Array(orders);
  const data = new Float64Array(orders);
  /** When the consumer was done with each event that it had, in a ring: the slot of an event is that of the one `ringSlots` before it. */
  const slotFreeAt = new Float64Array(ringSlots);
  let [intended, blockedNs, delivered] = [0, 0, 0];
  let disconnectedAt: number | undefined;

  const serve = (stage: Stage, at: number, arrived: number): number => {
    const work = draw(stage);
    const done = Math.max(arrived, freeAt[stage]) + work;
    busyNs[stage] += work;
    freeAt[stage] = done;
    times[stage][at] = done - arrived;
    return done;
  };

  for (let order = 0; order < orders; order++) {
    intended -= (fixedLog(((random.next() >>> 0) + 1) / 2 ** 32) * 1e9) / ratePerSecond;
    times.network[order] = serviceNs.network;
    let at = serve("gateway", order, intended + serviceNs.network);
    const toCore = serve("risk", order, at);
    at = serve("core", order, toCore);
    const slot = delivered % ringSlots;
    const full = slotFreeAt[slot] > at;
    if (full && whenFull === "block" && disconnectedAt === undefined) {
      blockedNs += slotFreeAt[slot] - at;
      at = slotFreeAt[slot];
      freeAt.core = at;
      times.core[order] = at - toCore;
    } else if (full && whenFull === "disconnect") disconnectedAt ??= order + 1;
    answers[order] = at + serviceNs.network - intended;
    if (disconnectedAt !== undefined || (full && whenFull === "drop")) continue;
    const published = serve("publisher", delivered, at);
    const had = serve("consumer", delivered, published);
    slotFreeAt[slot] = had;
    data[delivered++] = had - intended;
  }

  const endNs = Math.max(intended, ...STAGES.map((stage) => freeAt[stage]));
  return {
    stages: STAGES.map((stage) => ({
      stage,
      ns: percentiles(isAfterRing(stage) ? times[stage].subarray(0, delivered) : times[stage]),
      utilisation: busyNs[stage] / endNs,
    })),
    answerNs: percentiles(answers) as [number, number, number],
    dataNs: percentiles(data.subarray(0, delivered)),
    blockedNs,
    lost: orders - delivered,
    disconnectedAt,
  };
}

function isAfterRing(stage: Stage): boolean {
  return stage === "publisher" || stage === "consumer";
}

function check({ ratePerSecond, orders, serviceNs, ringSlots }: OrderPath): void {
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 1;
  if (!whole(orders)) throw new RangeError(`orders is ${orders}: give a whole number of at least 1`);
  if (!whole(ringSlots)) throw new RangeError(`ringSlots is ${ringSlots}: give a whole number of at least 1`);
  if (!(ratePerSecond > 0)) throw new RangeError(`ratePerSecond is ${ratePerSecond}: give more than 0`);
  for (const stage of STAGES)
    if (!(serviceNs[stage] >= 0)) throw new RangeError(`serviceNs.${stage} is ${serviceNs[stage]}: give 0 or more`);
}
