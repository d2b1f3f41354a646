import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

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

/** What each way wants to hear, so that it would work where nothing stops it; all else is given a script. */
const ANSWERS: Readonly<Record<string, [type: string, body: string | Uint8Array]>> = {
  "/": ["text/html", '<!doctype html><link rel="icon" href="data:,"><title>Canary</title>'],
  "/events": ["text/event-stream", "data: sang\n\n"],
  "/core.wasm": ["application/wasm", Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)],
};
const SCRIPT: [string, string] = ["text/javascript", "self.sang = true;"];

/** RFC 6455, section 1.3. */
function webSocketAccept(key: string): string {
  return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
}

export async function startCanary(): Promise<Canary> {
  let visits = 0;
  const upgraded = new Set<Duplex>();
  const server = createServer((request, response) => {
    const [type, body] = ANSWERS[request.url ?? ""] ?? SCRIPT;
    response.writeHead(200, { ...OPEN, "Content-Type": type });
    response.end(body);
  });
  server.on("upgrade", (request, socket) => {
    const accept = webSocketAccept(request.headers["sec-websocket-key"] ?? "");
    const lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
    socket.write([...lines, `Sec-WebSocket-Accept: ${accept}`, "", ""].join("\r\n"));
    upgraded.add(socket);
    socket.on("error", () => {});
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
        for (const socket of upgraded) socket.destroy();
      }),
  };
}
