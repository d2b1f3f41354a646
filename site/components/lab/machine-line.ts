import type { RunModel } from "./run-model.ts";
import { clockSentence } from "./sentences.ts";

/** `Chromium 156`, as the browser tells of itself; its whole line where that is not understood. */
export function browserName(userAgent: string): string {
  const known: [RegExp, string][] = [
    [/Firefox\/(\d+)/, "Firefox"],
    [/Edg\/(\d+)/, "Edge"],
    [/Chrome\/(\d+)/, "Chromium"],
    [/Version\/(\d+).* Safari\//, "Safari"],
  ];
  for (const [pattern, name] of known) {
    const found = pattern.exec(userAgent);
    if (found) return `${name} ${found[1]}`;
  }
  return userAgent;
}

/** What ran, and on what: without it a picture of speed says nothing. */
export function machineLines({ request, clock, engines }: RunModel, now = new Date()): string[] {
  const { userAgent, hardwareConcurrency } = navigator;
  const where = `${browserName(userAgent)}, ${hardwareConcurrency} logical processors, ${now.toISOString().slice(0, 10)}.`;
  const who = engines.map(({ title }) => title).join("; ");
  const what = `${who}. ${request.orders.toLocaleString("en")} orders of the market "${request.profile}", seed ${request.seed}.`;
  return [`${what} ${where}`, ...(clock ? [clockSentence(clock)] : [])];
}
