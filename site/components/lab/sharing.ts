import { type SourceFiles, sameFiles } from "../../../lab/sandbox/source-files.ts";
import { part } from "../exercise/element-parts.ts";
import type { Desk } from "../work/desk.ts";
import type { LabData } from "./lab-data.ts";
import type { RunControls } from "./run-controls.ts";
import type { RunModel } from "./run-model.ts";
import type { RunSettings, Settings } from "./run-settings.ts";
import type { SharedRun } from "./share-link.ts";

export interface SharingHost {
  root: HTMLElement;
  lab: LabData;
  desk: Desk;
  settings: RunSettings;
  controls: RunControls;
  /** The last finished run and the files that it ran, if they are still what the fields say. */
  finished(): { run: RunModel; files: SourceFiles } | undefined;
}

/** Makes links that hold a run, and opens them: their code is shown with where it came from, and waits for Run. */
export class Sharing {
  readonly #host: SharingHost;
  #shared: SharedRun | undefined;
  #own: { files: SourceFiles; settings: Settings | undefined; engines: string[] } | undefined;

  constructor(host: SharingHost) {
    this.#host = host;
    const { root } = host;
    part(root, "share").addEventListener("click", () => void this.#share());
    part(root, "back-to-mine").addEventListener("click", () => void this.#back());
    part(root, "keep-shared").addEventListener("click", () => void this.#keep());
    addEventListener("hashchange", () => void this.open());
  }

  /** Opens the link that the page was called by, if it is for this lab. It runs nothing. */
  async open(): Promise<void> {
    const fragment = location.hash;
    if (!fragment.startsWith("#run=")) return;
    const labs = [...document.querySelectorAll<HTMLElement>("hotpath-lab")];
    const first = labs[0] === this.#host.root;
    try {
      const { readShareFragment } = await import("./share-link.ts");
      const shared = await readShareFragment(fragment);
      const target = labs.find((each) => JSON.parse(part(each, "data").textContent ?? "{}").id === shared.lab);
      if (target === this.#host.root) this.#show(shared);
      else if (target === undefined && first) {
        this.#refuse("This link is for a lab that is not on this page. Nothing was opened.");
      }
    } catch (error) {
      if (first) this.#refuse((error as Error).message);
    }
  }

  /** Says whether a run's events are the sender's, where the run is the one that was sent. */
  judge(run: RunModel, files: SourceFiles): void {
    const shared = this.#shared;
    if (shared?.hash === undefined) return;
    const hash = run.report?.engines[0]?.hash;
    const { engines: _, ...settings } = run.request;
    const same = sameFiles({ ...files, ...shared.files }, files) && sameSettings(settings, shared.settings);
    part(this.#host.root, "shared-verdict").textContent = !same
      ? "The code or the settings are not the link's any more, so the events can't be compared with the sender's."
      : hash === shared.hash
        ? `The same events as the sender's: their hash is ${hash}.`
        : `Not the same events as the sender's: their hash is ${shared.hash}, this run's is ${hash}. The strategy isn't deterministic, or this page has another version of the market.`;
  }

  #show(shared: SharedRun): void {
    const { root, desk, settings, controls, lab } = this.#host;
    const own = settings.read();
    this.#own ??= {
      files: desk.files,
      settings: "problem" in own ? undefined : own,
      engines: controls.engines,
    };
    this.#shared = shared;
    const [file] = Object.keys(desk.files);
    // The first file is the one that is run, whatever it is called by the sender.
    const [[, code], ...others] = Object.entries(shared.files);
    desk.lend({ [file]: code, ...Object.fromEntries(others.filter(([name]) => name in desk.files)) });
    settings.write(shared.settings);
    const known = shared.engines.filter((name) => name in lab.titles);
    controls.choose(known);
    const { orders, seed } = shared.settings;
    const asks = `${orders.toLocaleString("en")} orders of the market “${settings.marketTitle}” with seed ${seed}, on ${known.map((name) => lab.titles[name]).join(" and ")}`;
    const missing = known.length < shared.engines.length ? " An engine that it names is not here." : "";
    part(root, "shared-why").textContent =
      `This code came with the link, from whoever made that, not from this site. It asks for ${asks}.${missing} Read it: nothing runs until you press Run, and then it has no network and no way to your files. Your own code is kept.`;
    part(root, "shared-verdict").textContent = "";
    this.#notice(true, true);
  }

  #refuse(message: string): void {
    part(this.#host.root, "shared-why").textContent = message;
    this.#notice(true, false);
  }

  async #back(): Promise<void> {
    const { desk, settings, controls } = this.#host;
    const own = this.#own;
    this.#leave();
    if (own === undefined) return;
    if (desk.lent) desk.giveBack();
    else await desk.take(own.files);
    if (own.settings) settings.write(own.settings);
    controls.choose(own.engines);
  }

  async #keep(): Promise<void> {
    const { desk } = this.#host;
    await desk.take(desk.files);
    this.#leave();
  }

  /** The address without the link, so that a reload shows the reader's own. */
  #leave(): void {
    history.replaceState(history.state, "", location.pathname + location.search);
    this.#shared = undefined;
    this.#own = undefined;
    this.#notice(false, false);
    part(this.#host.root, "run").focus({ preventScroll: true });
  }

  #notice(shown: boolean, actions: boolean): void {
    const { root } = this.#host;
    part(root, "shared").hidden = !shown;
    part(root, "shared-actions").hidden = !actions;
    root.toggleAttribute("data-shared", shown);
    if (!shown) return;
    part(root, "shared").focus({ preventScroll: true });
    root.scrollIntoView({ block: "start" });
  }

  async #share(): Promise<void> {
    const { root, desk, controls, settings, lab } = this.#host;
    const said = part(root, "share-said");
    const now = settings.read();
    part(root, "share-link").hidden = false;
    if ("problem" in now || now.recording !== undefined) {
      part<HTMLInputElement>(root, "link").value = "";
      said.textContent =
        "problem" in now ? now.problem : "A file of your own stays on this machine, so no link can hold this run.";
      return;
    }
    const hash = this.#host.finished()?.run.report?.engines[0]?.hash;
    try {
      const { shareFragment } = await import("./share-link.ts");
      const { recording: _, ...sent } = now;
      const run: SharedRun = { lab: lab.id, files: desk.files, engines: controls.engines, settings: sent };
      const fragment = await shareFragment({ ...run, ...(hash !== undefined && { hash }) });
      const field = part<HTMLInputElement>(root, "link");
      field.value = location.origin + location.pathname + location.search + fragment;
      field.select();
      const holds = `It holds code, engines, market, latency, fees and seed${hash === undefined ? "" : ", and the hash of this run's events"}.`;
      said.textContent = (await copied(field.value)) ? `Copied. ${holds}` : `Copy it from the field. ${holds}`;
    } catch (error) {
      said.textContent = (error as Error).message;
    }
  }
}

function sameSettings(a: Settings, b: SharedRun["settings"]): boolean {
  const known = ({ seed, profile, orders, latencyNs = 0, fees }: SharedRun["settings"]) =>
    [seed, profile, orders, latencyNs, fees?.makerTicks ?? 0, fees?.takerTicks ?? 0].join(" ");
  return a.recording === undefined && known(a) === known(b);
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
