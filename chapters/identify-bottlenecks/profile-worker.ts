import { type ProfileOptions, profileRun } from "./profile-run.ts";

/** Runs in a worker, so that the page stays alive: options in, a report out. */
addEventListener("message", ({ data }: MessageEvent<ProfileOptions>) => {
  postMessage(profileRun(data, () => performance.now(), globalThis.crossOriginIsolated));
});
