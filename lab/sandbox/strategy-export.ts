import type { Strategy } from "../market/strategy.ts";

/** All that the market calls. */
export const CALLBACKS = ["onStart", "onBook", "onFill", "onReject", "onTimer"] as const;

const REMEDY = "Write export default class MyStrategy { onBook(book, market) { … } }.";

/** That a file has no strategy, and what to write. It has no name, because a reader needs none. */
export class NoStrategy extends Error {
  override readonly name = "";
}

/**
 * The strategy that a reader's module exports: its default export, an instance of it where it is a class.
 *
 * @throws NoStrategy that says what to write, where there is none @throws what the class's constructor throws
 */
export function strategyOf(module: Readonly<Record<string, unknown>>): Strategy {
  if (!("default" in module))
    throw new NoStrategy(`The file has no default export, so there is no strategy. ${REMEDY}`);
  const exported = module.default;
  const strategy = isClass(exported) ? new exported() : exported;
  if (typeof strategy === "function") {
    throw new NoStrategy(`The default export is a function; a strategy is a class or an object. ${REMEDY}`);
  }
  if (typeof strategy !== "object" || strategy === null) {
    const what = strategy === null ? "null" : typeof strategy;
    throw new NoStrategy(`The default export is ${what}; a strategy is a class or an object. ${REMEDY}`);
  }
  return checkCallbacks(strategy as Record<string, unknown>);
}

function checkCallbacks(strategy: Record<string, unknown>): Strategy {
  const there = CALLBACKS.filter((name) => strategy[name] !== undefined);
  if (there.length === 0) {
    throw new NoStrategy(`The strategy has none of ${CALLBACKS.join(", ")}, so it would never run. ${REMEDY}`);
  }
  const wrong = there.find((name) => typeof strategy[name] !== "function");
  if (wrong !== undefined) throw new NoStrategy(`The strategy's ${wrong} is no function. ${REMEDY}`);
  return strategy as Strategy;
}

// Taken early: the reader's realm has no `Function`.
const textOfFunction = Function.prototype.toString;

function isClass(value: unknown): value is new () => unknown {
  return typeof value === "function" && /^class\b/.test(textOfFunction.call(value));
}
