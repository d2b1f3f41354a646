import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that answers everybody and everything, and counts who came: the ground truth of what got out. */
export interface Canary {
  /** With no slash at the end. */
  url: string;
  /** Connections so far. */
  visits(): number;
  close(): Promise<void>;
}

const OPEN = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "*",
  "Cross-Origin-Resource-Policy": "cross-origin",
  // So that each visit is a connection of its own.
  Connection: "close",
};

export async function startCanary(): Promise<Canary> {
  let visits = 0;
  const server = createServer((request, response) => {
    const isPage = request.url === "/";
    const type = isPage ? "text/html" : "text/javascript";
    response.writeHead(200, { ...OPEN, "Content-Type": type });
    response.end(isPage ? '<!doctype html><link rel="icon" href="data:,"><title>Canary</title>' : "self.sang = true;");
  });
  server.on("connection", () => visits++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits: () => visits,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
