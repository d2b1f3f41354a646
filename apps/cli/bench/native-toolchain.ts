import type { NativeBench } from "./native.ts";
import type { NativeAbout, NativeRequest } from "./native-build.ts";
import { prepareCores } from "./native-cores.ts";
import { prepareRust } from "./native-rust.ts";

/** The native engines that could be built, and what is said of all. */
export interface Natives {
  about: readonly NativeAbout[];
  benches: readonly NativeBench[];
  /** Removes what was built for this bench alone. */
  end(): void;
}

/**
 * Builds each engine that has a native form, where its compiler is here.
 *
 * @throws Failure with the compiler's own words where a build fails
 */
export async function prepareNatives(request: NativeRequest): Promise<Natives> {
  const rust = await prepareRust(request);
  const { prepared, end } = await prepareCores(request);
  const all = [rust, ...prepared];
  return { about: all.map(({ about }) => about), benches: all.flatMap(({ bench }) => bench ?? []), end };
}
