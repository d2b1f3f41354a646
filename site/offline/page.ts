/** Runs on every page of the built site: it starts the service worker, and tells of a new version. */

import { isolateOnce } from "./isolate-once.ts";
import { REVISION_META } from "./kept-file.ts";
import type { ToServiceWorker } from "./messages.ts";
import { showNotice } from "./notice.ts";

const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
let takingOver = false;

async function start(workers: ServiceWorkerContainer): Promise<void> {
  const scope = import.meta.env.BASE_URL.replace(/\/?$/, "/");
  const registration = await workers.register(`${scope}sw.js`, { scope, updateViaCache: "none" });
  watchForNewVersion(workers, registration);
  const active = (await workers.ready).active as ServiceWorker;
  await untilActivated(active);
  if (isolateOnce()) return;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const kept = await ask(active, { kind: "keep", loaded });
  document.documentElement.dataset.offline = kept === true ? "kept" : "not-kept";
}

function watchForNewVersion(workers: ServiceWorkerContainer, registration: ServiceWorkerRegistration): void {
  const offer = async (waiting: ServiceWorker): Promise<void> => {
    if (!(await isOtherPage(waiting))) return;
    showNotice("A new version of this page is there. Your work is kept.", () => {
      takingOver = true;
      waiting.postMessage({ kind: "take over" } satisfies ToServiceWorker);
    });
  };
  if (registration.waiting !== null) void offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed" && registration.active !== null) void offer(fresh);
    });
  });
  workers.addEventListener("controllerchange", async () => {
    if (takingOver) location.reload();
    // Another tab asked for the new version.
    else if (workers.controller !== null && (await isOtherPage(workers.controller))) {
      showNotice("A new version of this page is there. Your work is kept.", () => location.reload());
    }
  });
}

/** Whether the worker's version of the site has another page at this address. */
async function isOtherPage(worker: ServiceWorker): Promise<boolean> {
  const own = document.querySelector<HTMLMetaElement>(`meta[name="${REVISION_META}"]`)?.content;
  return (await ask(worker, { kind: "revision", address: location.href })) !== own;
}

function ask(worker: ServiceWorker, message: ToServiceWorker): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(data);
    };
    worker.postMessage(message, [port2]);
  });
}

function untilActivated(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (worker.state === "activated") resolve();
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

// In development the pages change at each keystroke, so nothing is kept.
if (import.meta.env.PROD && container !== undefined) {
  start(container).catch(() => {
    // A browser that is told to keep nothing refuses. The site then works as one without a service worker.
  });
}
