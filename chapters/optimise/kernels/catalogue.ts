import type { KernelPairInfo } from "../../../site/components/kernels/kernel-pairs.ts";

/** The pairs of kernels that a reader may compare, in their order. `makers.ts` has the code of each. */
export const KERNEL_PAIRS: readonly KernelPairInfo[] = [
  {
    name: "events",
    title: "Allocation: objects or records",
    first: "objects",
    second: "records",
    question: "Are records faster than objects?",
    choice: {
      label: "Events are kept for",
      values: [
        [1, "1 order"],
        [4096, "4,096 orders"],
      ],
    },
    listings: [
      { file: "chapters/optimise/kernels/events.ts", region: "allocate" },
      { file: "chapters/optimise/kernels/events.ts", region: "reuse" },
    ],
    why: "Making an object is a few writes. What costs is to be rid of it: an object that is dead when the collector comes costs nothing then, and one that somebody still holds is copied. Try both lengths.",
  },
  {
    name: "sides",
    title: "Branches: by side or by arithmetic",
    first: "branches",
    second: "ranks",
    question: "Is arithmetic without branches faster?",
    choice: {
      label: "Buy or sell",
      values: [
        [1, "a coin toss"],
        [0, "sorted"],
      ],
    },
    listings: [
      { file: "chapters/optimise/kernels/sides.ts", region: "branches" },
      { file: "chapters/optimise/kernels/sides.ts", region: "ranks" },
    ],
    why: "A processor guesses which way a branch goes and works ahead. Sorted orders are guessed right nearly always, so there the branches cost next to nothing, and the arithmetic is work without a gain.",
  },
  {
    name: "queue",
    title: "Cache lines: a walk, shuffled or in order",
    first: "shuffled",
    second: "in order",
    question: "Is the walk in the order of the memory faster?",
    choice: {
      label: "Orders",
      values: [
        [250_000, "250,000 (8 MB)"],
        [50_000, "50,000 (1.6 MB)"],
        [500, "500 (16 kB)"],
      ],
    },
    listings: [
      { file: "chapters/optimise/kernels/queue.ts", region: "walk" },
      { file: "chapters/optimise/kernels/queue.ts", region: "place" },
    ],
    why: "Both run the same function over the same orders. In order, the processor fetches the next lines before it is asked. Shuffled, it learns where to go only from the order it waits for. A few hundred orders lie in the nearest cache either way.",
  },
  {
    name: "layout",
    title: "Layout: one field, records or column",
    first: "records",
    second: "column",
    question: "Is the column faster?",
    choice: {
      label: "Orders",
      values: [
        [500_000, "500,000 (32 MB)"],
        [50_000, "50,000 (3 MB)"],
        [250, "250 (16 kB)"],
      ],
    },
    listings: [
      { file: "chapters/optimise/kernels/layout.ts", region: "records" },
      { file: "chapters/optimise/kernels/layout.ts", region: "columns" },
    ],
    why: "The column touches a sixteenth of the memory. How much of that you see depends on who is slower, the memory or the loop: a scan in order is fetched ahead, so the records lose less than the bytes say. An engine does the opposite of a scan: it wants many fields of one order, and there records win.",
  },
  {
    name: "search",
    title: "Search: price by price or by bits",
    first: "one by one",
    second: "bitset",
    question: "Is the bitset faster?",
    choice: {
      label: "A level has orders at",
      values: [
        [64, "one price in 64"],
        [8, "one price in 8"],
        [1, "every price"],
      ],
    },
    listings: [
      { file: "chapters/optimise/kernels/search.ts", region: "scan" },
      { file: "chapters/optimise/kernels/search.ts", region: "bits" },
    ],
    why: "A bitset steps over 32 empty prices at once. Where the next price is nearly always the best one, there is nothing to step over, and its arithmetic can cost more than the single look that it saves.",
  },
  {
    name: "simd-sum",
    title: "SIMD in Wasm: add up sizes",
    first: "scalar",
    second: "SIMD",
    question: "Is SIMD faster?",
    choice: {
      label: "Sizes",
      values: [
        [4096, "4,096 (16 kB)"],
        [4_194_304, "4,194,304 (16 MB)"],
        [16, "16"],
      ],
    },
    listings: [
      { file: "chapters/optimise/kernels/simd.cpp", region: "sum-scalar" },
      { file: "chapters/optimise/kernels/simd.cpp", region: "sum-simd" },
    ],
    why: "Many equal things, side by side, none of which waits for another: that is what SIMD is made for. With 16 sizes a call, the call is most of it; with many megabytes the memory may be what both wait for.",
  },
  {
    name: "simd-walk",
    title: "SIMD in Wasm: walk a queue",
    first: "scalar",
    second: "SIMD",
    question: "Is SIMD faster?",
    choice: {
      label: "Orders",
      values: [
        [4096, "4,096 (64 kB)"],
        [250_000, "250,000 (4 MB)"],
      ],
    },
    listings: [
      { file: "chapters/optimise/kernels/simd.cpp", region: "walk-scalar" },
      { file: "chapters/optimise/kernels/simd.cpp", region: "walk-simd" },
    ],
    why: "Three additions became one, but nobody waited for additions. Each step waits for the address in the order before it, and a vector can't load what it doesn't know the place of.",
  },
];
