import type { Snapshot, SnapshotReason } from "../../store/index.ts";
import { make } from "../exercise/element-parts.ts";

const REASONS: Record<SnapshotReason, string> = {
  reset: "Before a reset",
  "new-starter": "Before the new starter was taken",
  restore: "Before another version was restored",
  "other-tab": "From another tab",
  import: "Replaced by an import, or older than what was here",
  run: "When it was run",
  opened: "As you found it when you came back",
  replaced: "Before an example or a link's code took its place",
};

/** What a reader can do with a version. */
export interface VersionActions {
  restore(version: Snapshot): void;
  compare(version: Snapshot): void;
}

/**
 * The versions that were put aside, newest first, each with its time, its reason and what can be done with it.
 *
 * @param most how many are kept
 */
export function historyView(versions: readonly Snapshot[], most: number, actions: VersionActions): HTMLElement[] {
  const bound = make(
    "p",
    "",
    `A version is put aside when you run it, before a reset, and before anything else takes its place. The last ${most} are kept.`,
  );
  if (versions.length === 0) return [bound, make("p", "", "There is none yet.")];
  return [bound, make("ol", "desk-versions", ...versions.map((version) => item(version, actions)))];
}

function item(version: Snapshot, { restore, compare }: VersionActions): HTMLElement {
  const when = new Date(version.savedAt);
  const time = make("time", "", when.toLocaleString("en", { dateStyle: "medium", timeStyle: "medium" }));
  time.dateTime = when.toISOString();
  const lines = version.code.split("\n").length;
  const facts = make("small", "", `${REASONS[version.reason] ?? "Put aside"} · ${lines} lines`);
  const button = (name: string, act: (version: Snapshot) => void): HTMLButtonElement => {
    const made = make("button", "", name);
    made.type = "button";
    made.setAttribute("aria-label", `${name} the version of ${time.textContent}`);
    made.addEventListener("click", () => act(version));
    return made;
  };
  const row = make("li", "", make("p", "", time, facts));
  row.append(make("div", "desk-actions", button("Restore", restore), button("Compare", compare)));
  row.dataset.testid = "version";
  return row;
}
