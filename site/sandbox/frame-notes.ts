/** What the frame itself tells the page, beside what it passes on: that it lives, that it cut a flood off, that its worker broke. */
export type FrameNote = "alive" | "flood" | "broken";

/** The page's first message to the frame, which brings the port along. */
export interface FrameStart {
  workerText: string;
}
