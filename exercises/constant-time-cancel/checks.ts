import type { Check, Checks } from "../../lab/grade/check.ts";
import { playWords, WordsPlace } from "../../lab/grade/counted-words.ts";
import { property } from "../../lab/grade/property.ts";
import { shrinkInteger, shrinkList } from "../../lab/grade/shrink.ts";
import { answersTable, firstFault } from "./checks/judgement.ts";
import { longQueues } from "./checks/long-queues.ts";
import { callsOf, drawScript, emptyMemory, FUNCTIONS, type Habits, type Op, type Script } from "./checks/script.ts";

const join = (order: number, queue = 0): Op => ({ kind: "join", queue, order, lots: 10 + order });
const leave = (order: number, queue = 0): Op => ({ kind: "leave", queue, order, lots: 0 });
const walk = (queue = 0): Op => ({ kind: "walk", queue, order: 0, lots: 0 });

/** A check of calls in turn. */
/** @param shown what is done in the picture */
function inTurn(habits: Habits, shown: Op[], passed: string): Check {
  const run = (place: WordsPlace, script: Script) => {
    const memories = Array.from({ length: script.queues }, () => emptyMemory(script.room));
    return place.run(
      memories,
      callsOf(script).asked.map(({ call }) => call),
    );
  };
  return property<Script>({
    cases: 8,
    passed,
    behind: () => playWords(FUNCTIONS),
    generate: (draws, index) => drawScript(draws, habits, 6 + 8 * index),
    judge: async (learner, script) => firstFault(callsOf(script).asked, await run(new WordsPlace(learner), script)),
    show: ({ ops }) => ops.map(({ kind, lots }) => (kind === "join" ? `join ${lots}` : kind)).join(", "),
    *shrink(script) {
      for (const ops of shrinkList(script.ops, smallerLots, 1)) yield { ...script, ops };
    },
    async see(learner) {
      const script = { room: habits.room, queues: habits.queues ?? 1, ops: shown };
      const played = await run(new WordsPlace(learner), script);
      return [answersTable("A few calls, and what they gave", callsOf(script).asked, played)];
    },
  });
}

function* smallerLots(op: Op): Generator<Op> {
  if (op.kind !== "join") return;
  for (const lots of shrinkInteger(op.lots, 1)) yield { ...op, lots };
}

/** More than are ever joined: nobody has to use a slot again. */
const PLENTY = 100;

export const checks: Checks = {
  "first come first served": inTurn(
    { room: PLENTY, fromTheFront: true },
    [join(0), join(1), leave(0), join(2), walk()],
    "Who came first stood first, and those behind in the order in which they came.",
  ),
  "leaves from anywhere": inTurn(
    { room: PLENTY },
    [join(0), join(1), join(2), leave(1), walk(), leave(2), join(3), walk()],
    "Whoever left, and from wherever: the others stood as before.",
  ),
  "slots are used again": inTurn(
    { room: 3, joins: 6, fromTheFront: true },
    [join(0), join(1), join(2), join(3), leave(0), leave(1), join(4), join(5), join(6), walk()],
    "No slot was lost and none was given twice, and a full queue took nobody.",
  ),
  "two queues don't mix": inTurn(
    { room: PLENTY, queues: 2, fromTheFront: true },
    [join(0), join(1, 1), join(2), join(3, 1), leave(0), walk(), walk(1)],
    "Each queue was in its own words, and nowhere else.",
  ),
  "few accesses however long the queue": longQueues,
};
