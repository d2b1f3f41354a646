import { make, part } from "../exercise/element-parts.ts";
import { onOwnProfile, ownProfile } from "../flame/own-profile.ts";
import { showTable } from "../lab/tables.ts";
import { decades, drawPlot, onLog, redrawOnResize } from "../widget/plot.ts";
import { limit, speedup } from "./speedup.ts";

/** The part becomes that many times as fast at most. */
const MOST = 100;
const TABLE_FACTORS = [2, 5, 10, 100];
/** Ends of the axis of the whole. */
const TOPS = [2, 3, 5, 11, 21, 51, 101];
/** The part that the workbook is about. */
const PORTED = "match";

const times = (value: number): string =>
  value === Number.POSITIVE_INFINITY ? "without end" : `${value.toPrecision(3)}×`;

/** The whole's gain from a part's: by two sliders, or by the reader's own profile. */
class AmdahlElement extends HTMLElement {
  #end: (() => void)[] = [];

  connectedCallback(): void {
    for (const name of ["share", "factor"]) part(this, name).addEventListener("input", () => this.#paint());
    part(this, "share").addEventListener("input", () => this.#uncheckParts());
    part(this, "use").addEventListener("click", () => this.#useProfile());
    part(this, "part-list").addEventListener("change", () => this.#takeShares());
    this.#end = [onOwnProfile(() => this.#offerProfile()), redrawOnResize(this.#plot, () => this.#draw())];
    if (ownProfile().length > 0) this.#offerProfile();
    this.#paint();
    this.dataset.state = "ready";
  }

  disconnectedCallback(): void {
    for (const end of this.#end) end();
  }

  get #plot(): SVGSVGElement {
    return this.querySelector("svg") as SVGSVGElement;
  }

  get #share(): number {
    return part<HTMLInputElement>(this, "share").valueAsNumber / 100;
  }

  get #factor(): number {
    return MOST ** (part<HTMLInputElement>(this, "factor").valueAsNumber / 100);
  }

  #offerProfile(): void {
    part(this, "use").setAttribute("aria-disabled", "false");
    part(this, "source").textContent = "Your last run of the trading system of phase 1.";
    if (!part(this, "parts").hidden) this.#useProfile();
  }

  #useProfile(): void {
    if (ownProfile().length === 0) return;
    const boxes = ownProfile().map(({ name, share }) => {
      const box = make("input", "");
      box.type = "checkbox";
      box.value = String(share);
      box.checked = name === PORTED;
      return make("label", "", box, `${name} ${Math.round(100 * share)}%`);
    });
    part(this, "part-list").replaceChildren(...boxes);
    part(this, "parts").hidden = false;
    this.#takeShares();
  }

  #takeShares(): void {
    const checked = [...part(this, "part-list").querySelectorAll<HTMLInputElement>("input:checked")];
    const share = checked.reduce((sum, { value }) => sum + Number(value), 0);
    part<HTMLInputElement>(this, "share").valueAsNumber = Math.round(100 * share);
    this.#paint();
  }

  /** The slider was moved: what is set is the reader's guess now. */
  #uncheckParts(): void {
    for (const box of part(this, "part-list").querySelectorAll<HTMLInputElement>("input")) box.checked = false;
  }

  #paint(): void {
    const [share, factor] = [this.#share, this.#factor];
    const percent = `${Math.round(100 * share)}%`;
    this.#set("share", percent);
    this.#set("factor", times(factor));
    part(this, "status").textContent =
      `The whole becomes ${times(speedup(share, factor))} as fast. However fast the part: ${share >= 1 ? "there is no limit" : `never more than ${times(limit(share))}`}.`;
    const rows = [...TABLE_FACTORS, Number.POSITIVE_INFINITY].map((each) => [
      each === Number.POSITIVE_INFINITY ? "no time at all" : times(each),
      times(each === Number.POSITIVE_INFINITY ? limit(share) : speedup(share, each)),
    ]);
    showTable(part(this, "table"), [["The part becomes", `The whole, at ${percent}`], ...rows]);
    this.#draw();
  }

  #set(name: string, text: string): void {
    part(this, `${name}-text`).textContent = text;
    part(this, name).setAttribute("aria-valuetext", text);
  }

  #draw(): void {
    const [share, factor] = [this.#share, this.#factor];
    const highest = Math.min(limit(share), MOST);
    const top = TOPS.find((each) => each > highest * 1.1) ?? MOST + 1;
    const height = (gain: number): number => (gain - 1) / (top - 1);
    const place = (s: number): [number, number] => [onLog(s, 1, MOST), height(speedup(share, s))];
    const curve = Array.from({ length: 101 }, (_, step) => place(MOST ** (step / 100)));
    const most = height(highest);
    const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: `${+(1 + at * (top - 1)).toPrecision(3)}×` }));
    drawPlot(this.#plot, {
      x: { label: "how many times as fast the part becomes", ticks: decades(1, MOST, (value) => `${value}×`) },
      y: { label: "", ticks },
      lines: [
        {
          look: "limit",
          points: [
            [0, most],
            [1, most],
          ],
          label: share >= 1 ? "no limit" : `limit ${times(limit(share))}`,
        },
        { look: "first", points: curve },
      ],
      mark: place(factor),
    });
  }
}

customElements.define("hp-amdahl", AmdahlElement);
