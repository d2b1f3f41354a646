/**
 * Ways out of a worker. Each is the body of an async function of `url`, the canary's address; it returns `true` where it
 * got out or got hold of what it should not, and else anything else or throws.
 */
export const ESCAPES: Readonly<Record<string, string>> = {
  "a fetch": "await fetch(url + '/fetch'); return true;",
  "a fetch without CORS": "await fetch(url + '/no-cors', { mode: 'no-cors' }); return true;",
  "an XMLHttpRequest": `
    const request = new XMLHttpRequest();
    request.open("GET", url + "/xhr", false);
    request.send();
    return true;`,
  "a WebSocket": `
    const socket = new WebSocket(url.replace("http", "ws"));
    return await new Promise((resolve) => { socket.onopen = () => resolve(true); socket.onerror = () => resolve(false); });`,
  "a WebSocketStream": "await new WebSocketStream(url.replace('http', 'ws')).opened; return true;",
  "an EventSource": `
    const source = new EventSource(url + "/events");
    return await new Promise((resolve) => { source.onopen = () => resolve(true); source.onerror = () => resolve(false); });`,
  "a WebTransport": "await new WebTransport(url.replace('http:', 'https:')).ready; return true;",
  importScripts: "importScripts(url + '/script.js'); return true;",
  "a remote import": "await import(url + '/module.js'); return true;",
  "a data: import": "await import('data:text/javascript,export const x = 1'); return true;",
  "a font": "await new FontFace('f', 'url(' + url + '/font)').load(); return true;",
  "a stream of Wasm": "await WebAssembly.compileStreaming(fetch(url + '/core.wasm')); return true;",
  // It may be made: it has the policy of the worker that made it, and ends with it.
  "a nested worker": `
    const text = "try { importScripts('" + url + "/nested.js'); postMessage(true); } catch { postMessage(false); }";
    const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    return await new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => resolve(false);
    });`,
  "a shared worker": "new SharedWorker(url + '/shared.js'); return true;",
  eval: "return (0, eval)('true');",
  "the Function constructor": "return (() => {}).constructor('return true')();",
  "an async function's constructor": "return await (async () => {}).constructor('return true')();",
  "a timer's text": `
    self.timed = false;
    setTimeout("self.timed = true", 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return self.timed;`,
  IndexedDB: `
    const opening = indexedDB.open("escape");
    return await new Promise((resolve) => { opening.onsuccess = () => resolve(true); opening.onerror = () => resolve(false); });`,
  "the cache storage": "await caches.open('escape'); return true;",
  "the private file system": "await navigator.storage.getDirectory(); return true;",
  "a lock": "await navigator.locks.request('escape', () => {}); return true;",
  "a service worker": "await navigator.serviceWorker.register(url + '/worker.js'); return true;",
  WebRTC: "new RTCPeerConnection({ iceServers: [{ urls: url.replace('http://', 'stun:') }] }); return true;",
  "the page's objects":
    "return typeof window !== 'undefined' || typeof document !== 'undefined' || typeof parent !== 'undefined';",
  "the page's address": "return /localhost|127/.test(String(self.origin) + (self.location.ancestorOrigins ?? ''));",
};

/** What does get out of a worker that is not sandboxed, in each browser: without these a wall would prove nothing. */
export const FREE_OUTSIDE = [
  "a fetch",
  "a fetch without CORS",
  "an XMLHttpRequest",
  "importScripts",
  "a remote import",
  "a WebSocket",
  "an EventSource",
  "a stream of Wasm",
  "a data: import",
  "a nested worker",
  "eval",
  "the Function constructor",
  "IndexedDB",
  "a timer's text",
];

/** A reader's module that makes one attempt when `attempt` is called with the canary's address. */
export function escapeModule(body: string): string {
  return `export const attempt = async (url: string) => {${body.replaceAll("await import(", "await (0, load)(")}};
    const load = async (address: string) => { throw new Error("no import: " + address); };`;
}

/** A worker's script that makes each attempt, and says what came of each: `escaped`, or why not. */
export function escapeScript(url: string): string {
  const attempts = Object.entries(ESCAPES).map(([name, body]) => `${JSON.stringify(name)}: async (url) => {${body}}`);
  return `
    const attempts = {${attempts.join(",\n")}};
    const outcomes = {};
    const attemptAll = async () => {
      for (const [name, attempt] of Object.entries(attempts)) {
        const limit = new Promise((resolve) => setTimeout(resolve, 2500, "no answer"));
        const made = attempt(${JSON.stringify(url)}).then((got) => got === true ? "escaped" : "refused", (error) => String(error));
        outcomes[name] = await Promise.race([made, limit]);
      }
      return JSON.stringify(outcomes);
    };
    addEventListener("message", ({ ports: [port] }) => {
      if (port === undefined) return void attemptAll().then((text) => postMessage(text));
      port.postMessage("[]");
      port.onmessage = async () => port.postMessage(await attemptAll());
    });`;
}
