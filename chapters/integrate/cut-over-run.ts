import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { BinaryDoor } from "../../engines/contract/engine.ts";
import { Flow } from "../../engines/flow/flow.ts";
import type { CutOverRun } from "../../site/components/cut-over/cut-over-element.ts";
import { ShadowRouter } from "./shadow.ts";

/** A seeded day on two engines, as the page runs it. @param names of both, for the reader */
export function beginDay(makeOld: () => BinaryDoor, makeNew: () => BinaryDoor, names: [string, string]): CutOverRun {
  const router = new ShadowRouter(makeOld(), makeNew());
  const flow = new Flow("std", 1);
  const record = new Int32Array(COMMAND_WORDS);
  let [live, shadow] = names;
  return {
    get state() {
      const { difference } = router;
      return {
        ...router.counts,
        live,
        shadow,
        difference: difference && { ...difference, command: difference.command + 1 },
      };
    },
    send(commands) {
      for (let sent = 0; sent < commands; sent++) {
        flow.next(record, 0);
        router.execute(record);
      }
    },
    cutOver() {
      router.cutOver();
      [live, shadow] = [shadow, live];
    },
    rollBack() {
      const { toldOtherwise } = router.rollBack(makeOld());
      [live, shadow] = [names[0], "none"];
      return toldOtherwise === undefined ? undefined : toldOtherwise + 1;
    },
  };
}
