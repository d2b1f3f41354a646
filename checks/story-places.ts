/** Where each point of the story that the workbook tells has its place: a page, and an anchor on it where it is a part of one. */
export const STORY_PLACES: Record<string, string[]> = {
  "philosophy: begin high-level, prove it, port only what is hot": [
    "/identify-bottlenecks/#why-begin-in-the-slow-language",
    "/what-this-is/",
  ],
  "the warning against premature optimisation": [
    "/what-this-is/#what-doesnt-it-claim",
    "/when-to-port/#when-should-you-not",
    "/optimise/#when-do-you-stop",
  ],
  "two layers and what crosses between them": [
    "/#two-layers-one-seam",
    "/whole-system/#why-two-layers",
    "/whole-system/#what-crosses-the-cut",
  ],
  "what to port, and in which order": ["/identify-bottlenecks/#which-parts-are-hot"],
  "three options, with pros, cons and integration": [
    "/options/#which-languages-are-there-to-choose-from",
    "/options/#how-is-each-bound",
    "/implement-the-core/#how-is-a-core-bound",
  ],
  "phase 1: identify bottlenecks": ["/identify-bottlenecks/"],
  "phase 2: design the interface": ["/design-the-interface/"],
  "phase 3: implement the core": ["/implement-the-core/#what-changes-and-what-may-not"],
  "phase 4: integrate": [
    "/integrate/#what-is-replaced-and-what-stays",
    "/integrate/#does-it-say-the-same-for-a-day",
    "/integrate/#what-do-you-check-before-the-cut-over",
  ],
  "phase 5: optimise": [
    "/optimise/#how-is-a-core-profiled",
    "/optimise/#which-of-two-kernels-is-faster",
    "/optimise/#what-is-lock-free-good-for",
  ],
  "the worked example: add, cancel, book": ["/engine-contract/#values", "/design-the-interface/"],
  "performance targets": ["/identify-bottlenecks/#how-fast-must-it-be", "/optimise/#are-the-targets-met"],
  "when to port": ["/when-to-port/#when-should-you-port"],
  "when not to port": ["/when-to-port/#when-should-you-not"],
  "the hybrid system": [
    "/whole-system/#which-way-does-an-order-go",
    "/whole-system/#how-can-it-cross",
    "/integrate/#where-does-the-time-of-an-order-go",
  ],
  "tools and libraries": ["/tools/#for-a-core-in-c", "/tools/#for-a-core-in-rust", "/tools/#for-a-core-in-ocaml"],
  "an example layout": ["/when-to-port/#how-might-the-project-be-laid-out"],
  "next steps": ["/when-to-port/#what-are-the-next-steps-if-it-says-port"],
  references: ["/further-reading/#on-markets", "/further-reading/#on-the-languages-and-their-bindings"],
};
