import type { Difference } from "../../../lab/sandbox/protocol.ts";
import { make, part } from "../exercise/element-parts.ts";
import { download } from "./download.ts";
import { count } from "./numbers.ts";

export const CASE_FILE = "difference.ndjson";

/** Shows the first difference between two engines with the commands around it, and offers it as a case; hides it where there is none. */
export function showDifference(root: HTMLElement, difference: Difference | undefined): void {
  const box = part(root, "difference");
  box.hidden = difference === undefined;
  box.replaceChildren(...(difference === undefined ? [] : view(difference)));
}

function view({ engines, cause, index, command, events, before = [], replayCase }: Difference): HTMLElement[] {
  const lines = before.map((each) => make("li", "", make("code", "", JSON.stringify(each))));
  lines.push(make("li", "at", make("code", "", JSON.stringify(command)), make("small", "", "here they part")));
  const list = make("ol", "", ...lines);
  list.tabIndex = 0;
  list.setAttribute("aria-label", "Commands before the difference, the oldest first, and the one that gave it");
  const what = cause === "strategy" ? "the two strategies part" : `event ${count(index)}`;
  const answers = engines.map((engine, place) =>
    make("div", "", make("dt", "", engine), make("dd", "", make("code", "", eventText(events[place])))),
  );
  const title = make("p", "title", make("strong", "", "The first difference"), ` ${what}`);
  return [title, list, make("dl", "", ...answers), ...caseView(engines, replayCase)];
}

function eventText(event: Difference["events"][number]): string {
  return event === null ? "nothing more" : JSON.stringify(event);
}

function caseView(engines: Difference["engines"], replayCase: Difference["replayCase"]): HTMLElement[] {
  if (replayCase === undefined) return [];
  const save = make("button", "", "Save as a case for replay");
  save.type = "button";
  save.addEventListener("click", () => download(CASE_FILE, replayCase.ndjson, "application/x-ndjson"));
  const how = `${count(replayCase.commands)} commands are enough to show it. In the project's folder, these print what each engine answers:`;
  const commands = engines.map((engine) => `npm run --silent replay -- --engine ${engine} ${CASE_FILE}`).join("\n");
  const shell = make("pre", "", make("code", "", commands));
  shell.tabIndex = 0;
  return [save, make("p", "", how), shell];
}
