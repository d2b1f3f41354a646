import { spawn } from "node:child_process";

/** What a program that has ended wrote, and how it ended. */
export interface Ended {
  stdout: string;
  stderr: string;
  /** Null where a signal ended it. */
  exitCode: number | null;
}

export interface ChildRequest {
  folder: string;
  environment: NodeJS.ProcessEnv;
  /** Stops it, and what it has started. */
  signal: AbortSignal;
  /** For its standard input; nothing where it is left out. */
  input?: Uint8Array;
}

/**
 * Runs a program to its end.
 *
 * @throws what the signal was aborted with; ENOENT where there is no such program
 */
export async function runChild(command: string, args: readonly string[], request: ChildRequest): Promise<Ended> {
  const { folder, environment, signal, input } = request;
  signal.throwIfAborted();
  // A group of its own, so that a compiler which it has started stops with it. Windows has no groups; cargo ends its own there.
  const isGroup = process.platform !== "win32";
  const child = spawn(command, args, {
    cwd: folder,
    env: environment,
    stdio: ["pipe", "pipe", "pipe"],
    detached: isGroup,
    windowsHide: true,
  });
  // One that ends before it has read all says why by itself.
  child.stdin.on("error", () => {}).end(input);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    stdout += piece;
  });
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    stderr += piece;
  });
  const stop = () => {
    if (child.pid === undefined) return;
    try {
      if (isGroup) process.kill(-child.pid, "SIGTERM");
      else child.kill();
    } catch {
      // It has ended by itself in the meantime.
    }
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    signal.throwIfAborted();
    return { stdout, stderr, exitCode };
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
