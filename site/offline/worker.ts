/**
 * The one service worker of the site, since a scope can have no other. It does two things: on hosts that can't send the
 * headers that isolate a page it adds them, and it keeps the site, so that it opens without a network.
 *
 * The build puts the list of files in front of this script.
 */

import { isolated } from "./isolation.ts";
import { type KeptFile, pathOf } from "./kept-file.ts";
import { KeptSite } from "./kept-site.ts";
import type { ToServiceWorker } from "./messages.ts";
import type { WorkerScope } from "./worker-scope.ts";

declare const hotpathFiles: KeptFile[];

/** How long a page waits for the network before the kept one is shown, ms. */
const PATIENCE_MS = 3000;

const worker = self as unknown as WorkerScope;
const { scope } = worker.registration;
const site = new KeptSite(scope, hotpathFiles);

worker.addEventListener("install", (event) => {
  // The first one begins at once, since the page waits for its headers; it keeps the site when the page asks. A later
  // one is offered only when it has everything.
  event.waitUntil(worker.registration.active === null ? worker.skipWaiting() : site.keepAll());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([site.dropOthers(), worker.clients.claim()]));
});

worker.addEventListener("message", (event) => {
  const message = event.data as ToServiceWorker;
  const answer = (value: unknown) => event.ports[0]?.postMessage(value);
  if (message.kind === "take over") event.waitUntil(worker.skipWaiting());
  else if (message.kind === "revision") answer(site.revisionOf(message.address));
  else event.waitUntil(keep(message.loaded).then(answer));
});

async function keep(loaded: string[]): Promise<boolean> {
  try {
    await site.keepAll();
  } catch {
    // No network, or no room. The next page asks again.
    return false;
  }
  // Without it the editor is a plain text field, so this is no failure.
  await site.keepLate(loaded).catch(() => {});
  return true;
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request.url, scope);
  if (path === undefined || request.method !== "GET") return;
  // Asked for by developer tools; a service worker may not fetch it.
  if (request.cache === "only-if-cached" && request.mode !== "same-origin") return;
  event.respondWith(answerTo(request, path));
});

async function answerTo(request: Request, path: string): Promise<Response> {
  const response = await (site.isImmutable(path) ? keptFirst(request, path) : networkFirst(request, path));
  return (await site.hostIsolates()) ? response : isolated(response);
}

async function keptFirst(request: Request, path: string): Promise<Response> {
  const kept = await site.kept(path);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) await site.put(path, response.clone()).catch(() => {});
  return response;
}

async function networkFirst(request: Request, path: string): Promise<Response> {
  const network = fetch(request);
  try {
    const response = await Promise.race([network, failAfter(PATIENCE_MS)]);
    if (response.status < 500) return response;
  } catch {
    // No network, or a slow one.
  }
  const kept = (await site.kept(path)) ?? (request.mode === "navigate" ? await site.keptNotFound() : undefined);
  if (kept === undefined) return network;
  network.catch(() => {});
  return kept;
}

function failAfter(ms: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), ms));
}
