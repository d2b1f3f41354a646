/**
 * Takes away what a reader's code could reach beyond its own worker. The frame's policy already blocks all of it; this is
 * the second wall, and it turns a puzzling failure into `fetch is not a function`.
 */

const TAKEN_AWAY = [
  "BroadcastChannel",
  "EventSource",
  "FontFace",
  "Function",
  "Notification",
  "RTCDataChannel",
  "RTCPeerConnection",
  "SharedWorker",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "Worker",
  "XMLHttpRequest",
  "addEventListener",
  "caches",
  "close",
  "cookieStore",
  "dispatchEvent",
  "eval",
  "fetch",
  "fonts",
  "importScripts",
  "indexedDB",
  "navigator",
  "onerror",
  "onmessage",
  "onmessageerror",
  "onunhandledrejection",
  "postMessage",
  "queryLocalFonts",
  "removeEventListener",
  "requestFileSystem",
  "requestFileSystemSync",
  "resolveLocalFileSystemURL",
  "webkitRequestFileSystem",
  "webkitRequestFileSystemSync",
  "webkitResolveLocalFileSystemSyncURL",
  "webkitResolveLocalFileSystemURL",
];

/**
 * Makes each name undefined for good, on the global object and on what it inherits from.
 *
 * @param scope the global object of the realm that the reader's code will run in
 */
export function lockDown(scope: object): void {
  for (const name of TAKEN_AWAY) {
    for (let owner: object | null = scope; owner !== null; owner = Object.getPrototypeOf(owner)) {
      if (owner === Object.prototype) break;
      if (owner === scope || Object.hasOwn(owner, name)) takeAway(owner, name);
    }
  }
  takeAway(URL, "createObjectURL");
}

function takeAway(owner: object, name: string): void {
  const wall = { value: undefined, writable: false, configurable: false, enumerable: false };
  // Where a runtime holds on to its own property, the policy is the one that blocks.
  Reflect.defineProperty(owner, name, wall);
}
