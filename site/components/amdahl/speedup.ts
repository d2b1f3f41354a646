/**
 * How many times as fast the whole becomes when a part of it does: Amdahl's law (Gene Amdahl, "Validity of the single
 * processor approach to achieving large scale computing capabilities", 1967).
 *
 * @param share of the time that the part takes, 0 … 1
 * @param factor how many times as fast the part becomes, above 0
 */
export function speedup(share: number, factor: number): number {
  return 1 / (1 - share + share / factor);
}

/** What no factor can pass; infinite where the part is all there is. */
export function limit(share: number): number {
  return share >= 1 ? Number.POSITIVE_INFINITY : 1 / (1 - share);
}
