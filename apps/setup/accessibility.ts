import axe from "axe-core";
import type { Page } from "playwright-core";

export const SCHEMES = ["light", "dark"] as const;

/** What may differ from one scheme to the other. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * What axe finds wrong in a page in light, and in the colours of dark: each as `scheme rule: the elements`. The page is
 * loaded once, and told of each scheme as the system would tell it.
 *
 * @param within as in `accessFaultsNow`
 * @throws as `accessFaultsNow` does
 */
export async function accessFaults(page: Page, ...within: string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of SCHEMES) {
    await showScheme(page, colorScheme);
    const found = await lookAt(page, within, colorScheme === SCHEMES[0] ? undefined : COLOUR_RULES);
    faults.push(...found.map((fault) => `${colorScheme} ${fault}`));
  }
  return faults;
}

/** Has the page show itself in a scheme, as if the system had changed to it. */
export async function showScheme(page: Page, colorScheme: (typeof SCHEMES)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
  // A colour on its way from one scheme to the other is neither's.
  // Asked by a timer: a tab that draws nothing calls nobody for its next frame.
  const isStill = () => !document.getAnimations().some((each) => each instanceof CSSTransition);
  await page.waitForFunction(isStill, undefined, { polling: 50 });
}

/**
 * What axe finds wrong in a page as it is shown now: each as `rule: the elements`.
 *
 * @param within selectors of what is looked at; the whole page where there are none
 * @throws Error where a frame is shown there, since none is looked into
 */
export function accessFaultsNow(page: Page, ...within: string[]): Promise<string[]> {
  return lookAt(page, within);
}

/** @param only the rules that are asked; all where left out */
async function lookAt(page: Page, within: string[], only?: string[]): Promise<string[]> {
  await page.waitForFunction(codeIsReachable, undefined, { polling: 50 });
  if (await page.evaluate(() => !("axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([include, rules]) => {
      const { axe } = window as unknown as { axe: typeof import("axe-core") };
      const context = include.length === 0 ? { include: [document] } : { include };
      if (axe.utils.getFrameContexts(context).length > 0)
        throw new Error("A frame is in view: look into it by itself.");
      // What has passed is neither described nor sent: on a long page that takes most of the time.
      const { violations } = await axe.run(context, {
        resultTypes: ["violations"],
        iframes: false,
        ...(rules === undefined
          ? // Starlight's button to search shows its keys beside its name.
            { rules: { "label-content-name-mismatch": { enabled: false } } }
          : { runOnly: { type: "rule", values: rules } }),
      });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    },
    [within, only] as const,
  );
}

/** Runs in the page. Listings that scroll can be reached by Tab once the page has had an idle moment. */
function codeIsReachable(): boolean {
  const listings = [...document.querySelectorAll<HTMLElement>(".expressive-code pre")];
  const shown = listings.filter((listing) => listing.checkVisibility());
  return shown.every((listing) => listing.scrollWidth <= listing.clientWidth || listing.tabIndex === 0);
}
