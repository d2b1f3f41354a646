declare module "virtual:hotpath-contenders" {
  /** Of the baseline's code, and of the subject's. */
  export const contenderAddresses: readonly [baseline: string, subject: string];
}
