import commands from "../../../engines/contract/commands.ts?raw";
import events from "../../../engines/contract/events.ts?raw";
import strategy from "../../../lab/market/strategy.ts?raw";

/**
 * What the editor knows beside the reader's text, by path: the very files that the lab is built from, so that what it
 * completes is what runs. The last is what a worker in the sandbox has beyond the language itself.
 */
export const strategyTypes: Readonly<Record<string, string>> = {
  "/lab/market/strategy.ts": strategy,
  "/engines/contract/events.ts": events,
  "/engines/contract/commands.ts": commands,
  "/node_modules/hotpath/index.d.ts": 'export * from "../../lab/market/strategy";\n',
  "/sandbox.d.ts":
    "declare const console: Record<'log' | 'info' | 'warn' | 'error', (...values: unknown[]) => void>;\n",
};
