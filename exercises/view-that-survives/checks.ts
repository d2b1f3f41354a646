import type { Check, CheckContext, Checks, Learner } from "../../lab/grade/check.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { withHarness } from "../../lab/grade/harness.ts";
import { type Fault, type Property, property } from "../../lab/grade/property.ts";
import type { Picture } from "../../lab/grade/see.ts";
import { show, showNumber } from "../../lab/grade/show.ts";
import { shrinkList } from "../../lab/grade/shrink.ts";

const PAGE_BYTES = 65_536;

/** One submit of the core, and what happens before its events are read. */
interface Step {
  /** Pages that the memory grows by in `submit`. */
  grow: number;
  /** Where the events are put, bytes. */
  at: number;
  events: number[];
  /** Pages that it grows by after `submit`. */
  growAfter: number;
  /** A word of the events that is changed in place after `submit`. */
  change?: { index: number; to: number };
}

/** What is read after each submit. */
interface Script {
  steps: Step[];
  /** Words read behind the end of the events. */
  behind: number;
  /** Whether `take` is called after each submit. */
  take: boolean;
}

/**
 * A core with a real memory of one page, beside the learner's code. Before each submit the memory is filled with −1: what is not defined must not
 * happen to be right. What was taken is read when all is over.
 */
const CORE = `
const $plain = ($value) => typeof $value === "number" ? $value : String($value);
export const $play = ({ steps: $steps, behind: $behind, take: $take }) => {
  const $memory = new WebAssembly.Memory({ initial: 1 });
  let $step = $steps[0];
  let $at = $step.at;
  const $core = {
    memory: $memory,
    get eventsAddress() { return $at; },
    submit() {
      new Int32Array($memory.buffer).fill(-1);
      if ($step.grow > 0) $memory.grow($step.grow);
      $at = $step.at;
      new Int32Array($memory.buffer).set($step.events, $at / 4);
      return $step.events.length;
    },
  };
  const $reader = createReader($core);
  const $seen = [];
  const $taken = [];
  for ($step of $steps) {
    $reader.submit();
    if ($step.growAfter > 0) $memory.grow($step.growAfter);
    if ($step.change) new Int32Array($memory.buffer)[$at / 4 + $step.change.index] = $step.change.to;
    $seen.push(Array.from({ length: $step.events.length + $behind }, ($_, $index) => $plain($reader.word($index))));
    if ($take) $taken.push($reader.take());
  }
  const $kept = $taken.map(($events) => Array.from({ length: Math.min($events.length, 1000) }, ($_, $index) => $plain($events[$index])));
  return { seen: $seen, kept: $kept };
};`;

interface Played {
  seen: unknown[];
  kept: unknown[];
}

async function play(learner: Learner, script: Script): Promise<Played> {
  const played = (await learner.call("$play", script)) as Partial<Played> | undefined;
  return { seen: played?.seen ?? [], kept: played?.kept ?? [] };
}

/** What `word` must give after a submit. */
function wordsOf({ events, change }: Step, behind = 0): (number | string)[] {
  const now = change === undefined ? events : events.with(change.index, change.to);
  return [...now, ...Array.from({ length: behind }, () => "undefined")];
}

async function judge(learner: Learner, script: Script, why: string): Promise<Fault | undefined> {
  const { seen, kept } = await play(learner, script);
  for (const [index, step] of script.steps.entries()) {
    const upTo = { ...script, steps: script.steps.slice(0, index + 1) };
    const expected = show(wordsOf(step, script.behind));
    if (show(seen[index]) !== expected)
      return { input: story(upTo), expected, got: show(seen[index]), reason: `After submit ${index + 1}: ${why}` };
  }
  for (const [index, step] of (script.take ? script.steps : []).entries()) {
    const [expected, got] = [show(wordsOf(step)), show(kept[index])];
    if (got !== expected)
      return { input: story(script), expected, got, reason: `What was taken after submit ${index + 1}: ${why}` };
  }
  return undefined;
}

function story({ steps, take }: Script): string {
  const lines = steps.map(({ grow, at, events, growAfter, change }, index) => {
    const grown = grow > 0 ? `, the memory grows by ${grow} ${grow === 1 ? "page" : "pages"}` : "";
    const after = growAfter > 0 ? `; then it grows by ${growAfter}` : "";
    const changed = change === undefined ? "" : `; then word ${change.index} becomes ${change.to}`;
    return `submit ${index + 1}: ${events.length} words at ${at}${grown}${after}${changed}${take ? "; take()" : ""}`;
  });
  return lines.join("\n");
}

/** A property of the learner's reader on the core that stands beside its code. */
function onCore(claim: Property<Script>): Check {
  const open = (context: CheckContext) => context.open(withHarness(context.code, CORE));
  const check = property(claim);
  return {
    run: async (_learner, context) => check.run(await open(context), context),
    async rerun(_learner, data, context) {
      const outcome = await check.rerun?.(await open(context), data, context);
      return outcome ?? { share: 0, reason: "This case can't be run again." };
    },
  };
}

interface Drawn {
  why: string;
  passed: string;
  /** Draws one step, from the one before it. */
  step(draws: Draws, plain: Step, index: number): Step;
  behind?: number;
  take?: boolean;
  see?: typeof aBusyDay;
}

function reads({ why, passed, step, behind = 0, take = false, see }: Drawn): Check {
  return onCore({
    cases: 8,
    passed,
    generate(draws) {
      const at = 4 * draws.integer(16, 8_000);
      const plain = (): Step => ({ grow: 0, at, events: drawEvents(draws), growAfter: 0 });
      const steps = Array.from({ length: draws.integer(2, 5) }, (_, index) => step(draws, plain(), index));
      return { steps, behind, take };
    },
    judge: (learner, script) => judge(learner, script, why),
    show: story,
    *shrink(script) {
      for (const steps of shrinkList(script.steps, undefined, 1)) yield { ...script, steps };
    },
    ...(see && { see }),
  });
}

const drawEvents = (draws: Draws): number[] => draws.list(5 * draws.integer(1, 3), () => draws.integer(1, 999));

/** A day on which the memory grows twice and the events move: the sum of each submit's words, as it is and as it is read. */
async function aBusyDay(learner: Learner): Promise<Picture[]> {
  const steps = [0, 0, 1, 0, 2, 0].map((grow, index): Step => {
    const events = Array.from({ length: 5 }, (_, word) => 100 * index + word + 1);
    return { grow, at: index < 3 ? 1_024 : 4_096, events, growAfter: 0 };
  });
  const { seen } = await play(learner, { steps, behind: 0, take: false });
  const sum = (words: unknown): number | string =>
    Array.isArray(words) ? words.reduce((all: number, word: unknown) => all + Number(word), 0) : "nothing";
  let pages = 1;
  const rows = steps.map(({ grow, at, events }, index) => {
    pages += grow;
    const yours = sum(seen[index]);
    return [index + 1, (pages * PAGE_BYTES) / 1_024, at, sum(events), Number.isNaN(yours) ? "NaN" : yours];
  });
  const columns = ["submit", "memory (KiB)", "address", "sum of its words", "sum as you read them"];
  return [{ kind: "table", title: `A memory that grows to ${showNumber(pages)} pages`, columns, rows }];
}

export const checks: Checks = {
  "reads the last events": reads({
    why: "these are the words of the last events, and behind them there is none.",
    passed: "Every word was read, and nothing behind the last.",
    step: (_draws, plain) => plain,
    behind: 2,
  }),
  "reads without a copy": reads({
    why: "the core changed a word of its memory after `submit`, and `word` must read that memory, not a copy.",
    passed: "Every word came from the core's own memory.",
    step: (draws, plain) => ({
      ...plain,
      change: { index: draws.integer(0, plain.events.length - 1), to: draws.integer(1_000, 9_999) },
    }),
  }),
  "the memory grows": reads({
    why: "the words are there, in the buffer that the memory has now.",
    passed: "Every word was read after each growth.",
    step: (draws, plain, index) => ({ ...plain, grow: index === 1 ? 1 : draws.pick([0, 0, 1]) }),
    see: aBusyDay,
  }),
  "the events move": reads({
    why: "the words are there, at the address that the core tells now.",
    passed: "Every word was read where it lay.",
    step: (draws, plain, index) => ({ ...plain, at: plain.at + (index === 0 ? 0 : 4 * draws.integer(100, 8_000)) }),
  }),
  "somebody else lets it grow": reads({
    why: "the memory grew between `submit` and `word`, and the events are still there.",
    passed: "No growth between two calls was missed.",
    step: (draws, plain, index) => ({ ...plain, growAfter: index === 0 ? 1 : draws.pick([0, 1]) }),
  }),
  "what was taken stays": reads({
    why: "it must stay as it was when it was taken, whatever the core does later.",
    passed: "Everything that was taken stayed as it was.",
    step: (draws, plain, index) => ({ ...plain, grow: index === 1 ? 1 : draws.pick([0, 0, 1]) }),
    take: true,
  }),
};
