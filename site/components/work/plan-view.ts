import type { ImportPlan } from "../../store/index.ts";
import { make } from "../exercise/element-parts.ts";

const CHANGES: Record<ImportPlan["drafts"][number]["change"], string> = {
  new: "is not here yet, and comes in",
  newer: "is newer than yours and takes its place; yours goes to the history",
  older: "is older than yours and goes to the history; yours stays",
  same: "is the same as yours",
};

/** What an import would change, for a reader to read before it does. */
export function planView(plan: ImportPlan): HTMLElement[] {
  const written = new Date(plan.exportedAt);
  const when = Number.isNaN(written.getTime()) ? "" : ` of ${written.toLocaleString("en", { dateStyle: "long" })}`;
  const rows = plan.drafts.map(({ key, title, savedAt, change }) => {
    const saved = new Date(savedAt).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
    return make("li", "", make("b", "", title ?? key), ` (${saved}) ${CHANGES[change]}.`);
  });
  const rest = `It adds ${plan.versions} old versions and ${plan.attempts} attempts, and has progress in ${plan.exercises} exercises; the better result stays.`;
  return [
    make("p", "", `This export${when} has ${plan.drafts.length} texts:`),
    make("ul", "", ...rows),
    make("p", "", rest),
  ];
}
