import type { Check, Checks } from "../../../../lab/grade/check.ts";

/** Ticks as text and as whole units of their last decimal. */
const UNUSUAL_TICKS = [
  { tick: "0.0025", units: 25, decimals: 4 },
  { tick: "0.03", units: 3, decimals: 2 },
  { tick: "7", units: 7, decimals: 0 },
];

const unusualTicks: Check = {
  run: async (learner, { draws }) => {
    for (const { tick, units, decimals } of UNUSUAL_TICKS) {
      for (const ticks of draws.list(20, () => draws.integer(1, 1_000_000))) {
        const text = decimal(ticks * units, decimals);
        const got = await learner.call("toTicks", text, tick);
        if (got !== ticks) return { share: 0, reason: `${text} at a tick of ${tick} is ${ticks} ticks.` };
      }
    }
    return { share: 1, reason: "All unusual ticks are right." };
  },
};

// #region long-texts
const longTexts: Check = {
  run: async (learner, { draws }) => {
    const ticks = draws.integer(1, 1_000);
    const even = await learner.call("toTicks", `${ticks}.${"0".repeat(40)}`, "1");
    const odd = await learner.call("toTicks", `${ticks}.${"0".repeat(30)}1`, "1");
    const share = (even === ticks ? 0.5 : 0) + (odd === null ? 0.5 : 0);
    return {
      share,
      reason: share === 1 ? "Long texts are read to their end." : "A text is longer than a double is exact.",
    };
  },
};
// #endregion long-texts

export const checks: Checks = { "ticks that are no power of ten": unusualTicks, "long texts": longTexts };

/** @param units of ten to the power of −`decimals` */
function decimal(units: number, decimals: number): string {
  const digits = String(units).padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
