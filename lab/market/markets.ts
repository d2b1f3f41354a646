import type { Background } from "./background.ts";
import { ProfileBackground } from "./profile-background.ts";

/** The background market of that name. @throws RangeError where the name or the seed is none */
export function openBackground(name: string, seed: number, orders: number): Background {
  return new ProfileBackground(name, seed, orders);
}
