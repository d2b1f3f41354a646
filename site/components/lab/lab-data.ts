/** What the page hands a lab. */
export interface LabData {
  /** What the reader's text is kept under; labs of one id share it. */
  id: string;
  starter: string;
  starterHash: string;
  /** Profile of the background market. */
  profile: string;
  /** Names for the reader, by the engine's own. */
  titles: Record<string, string>;
}
