import { expect, test } from "vitest";
import { COMMAND_WORDS } from "../contract/binary.ts";
import { ItchReader } from "./itch-reader.ts";
import { ItchWriter } from "./itch-writer.ts";
import { LobsterReader } from "./lobster-reader.ts";
import { LobsterWriter } from "./lobster-writer.ts";
import { FEED_TICK, type FeedMessage, recordedMarket } from "./recorded-market.ts";
import type { RecordingReader } from "./recording-reader.ts";

function feed(messages: number): FeedMessage[] {
  const market = recordedMarket({ seed: 8, liveOrders: 200 });
  return Array.from({ length: messages }, () => market.next().value);
}

/** Lots that a reader counts as executed, record by record. */
function executedBy(reader: RecordingReader, bytes: Uint8Array): number[] {
  const into = new Int32Array(2 * COMMAND_WORDS);
  const executed: number[] = [];
  let before = 0;
  const drain = (): void => {
    while (!reader.drained) {
      reader.read(into, 1);
      if (reader.executedLots > before) executed.push(reader.executedLots - before);
      before = reader.executedLots;
    }
  };
  reader.push(bytes);
  drain();
  reader.end();
  drain();
  return executed;
}

test("a LOBSTER reader counts the lots of each execution, and of nothing else", () => {
  const messages = feed(3000);
  const writer = new LobsterWriter();
  for (const message of messages) writer.write(message);
  const expected = messages.flatMap((message) => (message.kind === "execute" ? [message.size] : []));
  const reader = new LobsterReader({ tick: FEED_TICK });
  expect(executedBy(reader, new TextEncoder().encode(writer.text))).toEqual(expected);
  expect(expected.length).toBeGreaterThan(100);
});

test("an ITCH reader leaves executions at another price out", () => {
  const messages = feed(3000);
  const writer = new ItchWriter(["AAPL"]);
  for (const message of messages) writer.write(message);
  const expected = messages.flatMap((message) =>
    message.kind === "execute" && message.price === undefined ? [message.size] : [],
  );
  const reader = new ItchReader({ symbol: "AAPL", tick: FEED_TICK });
  expect(executedBy(reader, writer.bytes)).toEqual(expected);
  expect(expected.length).toBeLessThan(messages.filter(({ kind }) => kind === "execute").length);
});
