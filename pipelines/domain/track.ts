import type { Detection, Label } from "./detection.ts";

/** One object of one camera followed over time. */
export type Track = {
  /** UUID made when the track was opened; never reused, means nothing outside its camera. */
  readonly id: string;
  readonly label: Label;
  readonly opened_at_ms: number;
  /** The last picture in which the object was really detected (not only expected). */
  readonly seen_at_ms: number;
  readonly last: Detection;
  /** Pictures in which it was detected so far. */
  readonly sightings: number;
  /** `tentative` until enough sightings; `lost` when its time without a sighting ran out, and then never again. */
  readonly state: "tentative" | "confirmed" | "lost";
};
