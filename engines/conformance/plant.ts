import { transform } from "sucrase";
import { withBinaryDoor } from "../contract/binary-adapter.ts";
import type { CreateEngine } from "../contract/engine.ts";
import type { Oracle } from "./oracle.ts";
import { OracleDoor } from "./oracle-engine.ts";
import type { PlantedBug } from "./planted-bugs.ts";

/**
 * The oracle with a bug in it, as an engine.
 *
 * @param source the text of `oracle.ts`
 * @throws Error where the text to replace doesn't stand there once
 */
export async function plant({ what, from, to, level = "full" }: PlantedBug, source: string): Promise<CreateEngine> {
  const places = source.split(from).length - 1;
  if (places !== 1) throw new Error(`"${what}": its text stands ${places} times in oracle.ts, not once: ${from}`);
  const { code } = transform(
    source.replace(from, () => to),
    { transforms: ["typescript"] },
  );
  const planted = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as {
    Oracle: typeof Oracle;
  };
  return () => withBinaryDoor(new OracleDoor(new planted.Oracle(level)));
}
