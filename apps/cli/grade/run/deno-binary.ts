import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Failure } from "../../failure.ts";

const PLATFORMS = ["linux-x64-glibc", "linux-arm64-glibc", "darwin-x64", "darwin-arm64", "win32-x64", "win32-arm64"];

/**
 * The path of Deno's program, from the package of this platform that comes with `deno`; nothing is downloaded.
 *
 * @throws Failure where the platform has none, or it isn't installed
 */
export function denoBinary(platform: string = process.platform, processor: string = process.arch): string {
  const name = PLATFORMS.find((each) => each.startsWith(`${platform}-${processor}`));
  if (name === undefined) {
    throw new Failure(
      `Submissions are graded in a process of Deno, which there is not for ${platform} on ${processor}: grade on Linux, macOS or Windows with x64 or arm64.`,
    );
  }
  // The platform's package stands beside deno's own, or within it.
  const require = createRequire(createRequire(import.meta.url).resolve("deno/package.json"));
  const file = platform === "win32" ? "deno.exe" : "deno";
  try {
    const binary = join(dirname(require.resolve(`@deno/${name}/package.json`)), file);
    if (existsSync(binary)) return binary;
  } catch {
    // Told below.
  }
  throw new Failure(
    `Submissions are graded in a process of Deno, and its package @deno/${name} isn't installed: run "npm ci" in the project's folder.`,
  );
}
