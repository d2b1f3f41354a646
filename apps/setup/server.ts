import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import sirv from "sirv";

/**
 * Isolates the page from others, which gives it shared memory and a clock of 5 µs instead of 100 µs. Where a host can't
 * send these, the site's service worker adds them.
 */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export interface SiteServer {
  /** Without a slash at the end, and without the base. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/** How a host may differ from ours, as static ones do. */
export interface HostOptions {
  /** Where the site begins, with a slash at both ends. */
  base?: string;
  /** Whether the headers that isolate a page are sent. */
  isolation?: boolean;
}

function siteListener(folder: string, { base = "/", isolation = true }: HostOptions): RequestListener {
  const notFound = readFileSync(join(folder, "404.html"));
  const files = sirv(folder, {
    etag: true,
    dotfiles: false,
    setHeaders(response) {
      response.setHeader("Cache-Control", "no-cache");
    },
  });
  return (request, response) => {
    if (isolation) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
    const sayNotFound = () => {
      response.writeHead(404, { "Content-Type": "text/html; charset=utf-8" });
      response.end(notFound);
    };
    if (!request.url?.startsWith(base)) return sayNotFound();
    request.url = request.url.slice(base.length - 1);
    files(request, response, sayNotFound);
  };
}

function listen(listener: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Serves a built site on both loopback addresses, since `localhost` may mean either.
 *
 * @param port 0 for any that is free
 * @throws an error of code EADDRINUSE where the port is taken on either
 */
export async function serveSite(folder: string, port: number, host: HostOptions = {}): Promise<SiteServer> {
  const listener = siteListener(folder, host);
  const servers = [await listen(listener, "127.0.0.1", port)];
  const taken = (servers[0].address() as AddressInfo).port;
  try {
    servers.push(await listen(listener, "::1", taken));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
      await close(servers[0]);
      throw error;
    }
    // A machine without IPv6: 127.0.0.1 is all there is.
  }
  return {
    url: `http://localhost:${taken}`,
    port: taken,
    async close() {
      await Promise.all(servers.map(close));
    },
  };
}
