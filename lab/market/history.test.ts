import fc from "fast-check";
import { expect, test } from "vitest";
import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { encodeCommand } from "../../engines/contract/encode.ts";
import { History } from "./history.ts";

function cancels(first: number, count: number): Int32Array {
  const records = new Int32Array(count * COMMAND_WORDS);
  for (let i = 0; i < count; i++) encodeCommand({ op: "cancel", id: first + i }, records, i * COMMAND_WORDS);
  return records;
}

test("a history has the last commands, whole while they are within its limit", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 30 }), (stretches) => {
      const history = new History(100);
      let next = 1;
      for (const count of stretches) {
        history.add(cancels(next, count));
        next += count;
      }
      const all = Array.from({ length: next - 1 }, (_, index) => ({ op: "cancel", id: index + 1 }));
      expect(history.isWhole).toBe(all.length === history.count);
      if (all.length <= 100) expect(history.isWhole).toBe(true);
      expect(history.count).toBeGreaterThanOrEqual(Math.min(all.length, 35));
      expect(history.last(1000)).toEqual(all.slice(all.length - history.count));
      expect(history.last(7)).toEqual(all.slice(-7));
    }),
  );
});
