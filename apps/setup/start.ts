import process from "node:process";
import { parseArgs } from "node:util";
import { type SiteServer, serveSite } from "./server.ts";
import { ensureSite, siteFolder } from "./site.ts";

const FIRST_PORT = 4321;
const PORTS_TRIED = 20;

function fail(message: string): never {
  console.error(`hotpath: ${message}`);
  process.exit(1);
}

function readPort(): number {
  try {
    const { values } = parseArgs({ options: { port: { type: "string" } } });
    if (values.port === undefined) return FIRST_PORT;
    const port = Number(values.port);
    if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
    fail(`--port ${values.port} is not a port. Give a whole number from 1 to 65535.`);
  } catch (error) {
    fail(`${(error as Error).message}. Usage: npm start -- [--port ${FIRST_PORT}]`);
  }
}

async function serveOnFreePort(first: number): Promise<SiteServer> {
  for (let port = first; port < Math.min(first + PORTS_TRIED, 65_536); port++) {
    try {
      return await serveSite(siteFolder, port);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "EACCES")
        fail(`port ${port} needs more rights than this account has. Give another: npm start -- --port ${FIRST_PORT}`);
      if (code !== "EADDRINUSE") fail(`the site could not be served on port ${port}: ${message}`);
      console.log(`Port ${port} is taken by another program; trying ${port + 1}.`);
    }
  }
  fail(`ports ${first} to ${first + PORTS_TRIED - 1} are all taken. Give another: npm start -- --port 5000`);
}

const port = readPort();
try {
  await ensureSite((line) => console.log(`hotpath: ${line}`));
} catch (error) {
  fail((error as Error).message);
}
const server = await serveOnFreePort(port);
console.log(`\n  The workbook is open at ${server.url}\n  Press Ctrl+C to stop.\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    await server.close();
    process.exit(0);
  });
}
