import { type EpochMs, isoOf } from "@yardline/domain/time";
import { cameraLost, type LostReason } from "@yardline/events/camera-lost";
import type { Producer } from "@yardline/records/open-occurrences";
import type { CameraChange } from "@yardline/sources/video/supervise";
import type { StreamName } from "@yardline/sources/video/watch-camera";
import type { Static } from "typebox";
import type { Outbox } from "./outbox.ts";
import type { Placed, Whereabouts } from "./whereabouts.ts";

export type GapData = Static<typeof cameraLost.data>;

type Parts = {
  readonly camera: string;
  /** Which one it tells of, of a camera with two. */
  readonly stream?: StreamName;
  readonly whereabouts: Pick<Whereabouts, "at">;
  readonly producer: Pick<Producer, "state">;
  readonly outbox: Outbox;
};

/** States the gaps of a camera, or of one of its streams: open while it gives no pictures, closed when it is back. One that was open before a restart goes on. */
export class GapTeller {
  readonly #parts: Parts;
  #open: GapData | undefined;
  /** Where its last picture was taken. */
  #placed: Placed | undefined;

  /** @param before the gap that was open when the process ended. */
  constructor(parts: Parts, before: GapData | undefined) {
    this.#parts = parts;
    this.#open = before;
  }

  take(change: CameraChange): void {
    if (change.kind === "lost") this.#lost(change.since_ms, change.why, change.attempts);
    else this.#back(change.at_ms);
  }

  #lost(since_ms: EpochMs, why: LostReason, attempts: number): void {
    const state = this.#open ? "updated" : "open";
    const { camera, stream } = this.#parts;
    const since = this.#open?.since ?? isoOf(since_ms);
    this.#placed ??= this.#parts.whereabouts.at(since_ms);
    this.#open = { camera, ...(stream && { stream }), since, why, attempts };
    this.#say(this.#open, state);
  }

  #back(at_ms: EpochMs): void {
    if (!this.#open) return;
    this.#say({ ...this.#open, until: isoOf(at_ms), ended: "returned" }, "closed");
    this.#open = undefined;
    this.#placed = undefined;
  }

  #say(data: GapData, state: "open" | "updated" | "closed"): void {
    const { camera, producer, outbox } = this.#parts;
    const place = this.#placed?.place;
    const source = `camera/${camera}`;
    outbox.put(() =>
      producer.state([
        { eventType: cameraLost, source, data, state, severity: "notice", ...(place && { place }) },
      ]),
    );
  }
}
