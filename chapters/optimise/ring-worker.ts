import { serveRing } from "../../site/components/shared-ring/serve-ring.ts";
import { APART, Consumer, makeRing, Producer } from "./ring.ts";

/** Words that the ring holds. */
const WORDS = 4096;

serveRing({
  make: ({ apart }) => makeRing(WORDS, apart ? APART : 1),
  producer: (ring) => new Producer(ring),
  consumer: (ring) => new Consumer(ring),
});
