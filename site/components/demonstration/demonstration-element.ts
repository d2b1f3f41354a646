import { part } from "../exercise/element-parts.ts";

/** Runs with the reader's numbers, by the names of their inputs. @returns lines to show */
export type Demonstrate = (inputs: Readonly<Record<string, number>>) => string[] | Promise<string[]>;

const demonstrations = new Map<string, Demonstrate>();

/** Gives a demonstration of a page its code. */
export function demonstrate(name: string, run: Demonstrate): void {
  demonstrations.set(name, run);
  if (!customElements.get("hp-demonstration")) customElements.define("hp-demonstration", DemonstrationElement);
  for (const element of document.querySelectorAll<DemonstrationElement>(`hp-demonstration[data-name="${name}"]`)) {
    element.allow();
  }
}

/** A chapter's own code, run with numbers that the reader may change; its lines are shown as they come. */
class DemonstrationElement extends HTMLElement {
  connectedCallback(): void {
    part<HTMLFormElement>(this, "form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#run();
    });
  }

  /** Its code is there. */
  allow(): void {
    part<HTMLButtonElement>(this, "run").disabled = false;
    this.dataset.state = "ready";
  }

  async #run(): Promise<void> {
    const fields = new FormData(part<HTMLFormElement>(this, "form"));
    const inputs = Object.fromEntries([...fields].map(([name, value]) => [name, Number(value)]));
    const output = part(this, "output");
    try {
      const lines = await demonstrations.get(this.dataset.name as string)?.(inputs);
      output.textContent = lines?.join("\n") ?? "";
    } catch (error) {
      output.textContent = `It could not be run: ${(error as Error).message}`;
    }
  }
}
