/** Made by `site/build/sandbox-bundle.ts`. */
declare module "virtual:hotpath-sandbox" {
  /** The worker's script, to be made a blob of in the frame. */
  export const workerText: string;
  /** The frame's script, for its `srcdoc`. */
  export const frameText: string;
  /** What admits `frameText` in a content security policy. */
  export const frameHash: string;
}
