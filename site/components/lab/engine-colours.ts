/** Colours that `theme.css` has for engines, `--hp-engine-0` and on: more engines than that share them. */
const COLOURS = 7;

/** The custom property that holds the colour of the n-th engine of a run, from 0. */
export function engineColourName(index: number): string {
  return `--hp-engine-${index % COLOURS}`;
}
