import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import type { Votes } from "./labels.ts";
import type { Motion } from "./motion-model.ts";

/** A track with what the tracker believes of it. */
export type Followed = {
  readonly track: Track;
  readonly motion: Motion;
  readonly votes: Votes;
  /** Looks at which it was not found since it was last seen. */
  readonly misses: number;
  /** When it was last seen, or last known to stand where it was seen: it may be hidden from then on. */
  readonly there_ms: EpochMs;
};
