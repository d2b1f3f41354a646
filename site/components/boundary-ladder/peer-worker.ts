import { totalOf } from "./orders.ts";
import { answerAndSleep, readRing, reportReady } from "./shared-ring.ts";
import type { PeerMessage } from "./threads.ts";

/** The other thread: answers each message with the total of what it was given. */
function serve(port: MessagePort): void {
  port.onmessage = ({ data }: MessageEvent<PeerMessage>) => {
    if ("serve" in data) {
      reportReady(data.ring);
      if (data.serve === "ring") readRing(data.ring);
      else answerAndSleep(data.ring);
      port.postMessage(0);
    } else port.postMessage(totalOf(data));
  };
}

addEventListener("message", ({ data }: MessageEvent<MessagePort>) => serve(data));
