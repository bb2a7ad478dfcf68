import type { Frame, Picture } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";
import { UPDATE_EVERY_MS } from "@yardline/records/revise";
import type { ScenePlan } from "@yardline/rules/scene/scene-plan";
import type { Raised } from "@yardline/rules/scene/scene-watch";
import type { CapturedFix } from "@yardline/sources/positions/carried-positions";
import { type BoxLine, BoxLines } from "./box-lines.ts";
import { Cadence } from "./cadence.ts";
import type { Explained } from "./explain.ts";
import { eventTypeOf, happeningData } from "./happening-data.ts";
import type { Sight } from "./look.ts";
import { recordedTrackIds } from "./track-id.ts";
import { Watching } from "./watching.ts";
import { type Placed, Whereabouts } from "./whereabouts.ts";

/** What recordings are stated under: no town's tenant, for nobody's town saw them. */
const TENANT = "recording";

const STATES = { opened: "open", updated: "updated", closed: "closed" } as const;

type Source = {
  readonly camera: string;
  readonly start_ms: EpochMs;
  readonly sight: Sight;
  /** What is watched for. */
  readonly scene: ScenePlan;
  /** What the recording carries beside its pictures, in the order of time; without it its events have no place. */
  readonly places?: readonly CapturedFix[];
  /** The recording's own size, in which boxes are told; the frames may be smaller. */
  readonly source_px: Pick<Picture, "width_px" | "height_px">;
};

/** How far watching has come, and the boxes that are settled by now. */
type Progress = {
  readonly at_ms: EpochMs;
  readonly boxes: readonly BoxLine[];
  /** For drawing. */
  readonly explained: Explained;
};

/**
 * Watches the frames of a recording with the same gate, tracker and rules as a live camera. Nothing is dropped and only media time
 * counts, so the same frames and the same detector give the same events.
 */
export class RecordingWatch {
  readonly #camera: string;
  readonly #start_ms: EpochMs;
  readonly #source_px: Source["source_px"];
  readonly #watching: Watching;
  readonly #boxes = new BoxLines();
  readonly #cadence = new Cadence(UPDATE_EVERY_MS);
  readonly #last = new Map<string, YardlineEvent>();
  readonly #occurrences = new Map<string, string>();
  readonly #whereabouts = new Whereabouts({ ride: {} });
  readonly #placed = new Map<string, Placed | undefined>();
  #places: readonly CapturedFix[];
  #at_ms: EpochMs;

  constructor({ camera, start_ms, sight, scene, source_px, places = [] }: Source) {
    this.#places = places;
    this.#source_px = source_px;
    this.#camera = camera;
    this.#start_ms = start_ms;
    this.#at_ms = start_ms;
    const idOf = recordedTrackIds(camera, start_ms);
    this.#watching = new Watching({ ...sight, idOf, scene, keepPictures: false });
  }

  /** Takes the frames one by one, in their order. */
  async take(frame: Frame, signal?: AbortSignal): Promise<Progress> {
    this.#ride(frame.at_ms);
    const watched = await this.#watching.take(frame, signal);
    const { at_ms, tracks, raised } = watched;
    this.#at_ms = at_ms;
    for (const each of raised) this.#state(each);
    const boxes = this.#boxes.take(at_ms, this.#start_ms, tracks, this.#source_px);
    return { at_ms, boxes, explained: { watched, ...this.#watching.inside(at_ms) } };
  }

  /** No frame follows. @returns the last boxes, and the last revision of each occurrence in the order of their names. */
  end(): { readonly boxes: readonly BoxLine[]; readonly events: readonly YardlineEvent[] } {
    for (const each of this.#watching.end(this.#at_ms)) this.#state(each);
    const events = [...this.#last.values()].sort((a, b) => (a.occurrence < b.occurrence ? -1 : 1));
    return { boxes: this.#boxes.end(), events };
  }

  /** Takes in where it was until now. */
  #ride(until_ms: EpochMs): void {
    const come = this.#places.findIndex(({ captured_ms }) => captured_ms > until_ms);
    const count = come < 0 ? this.#places.length : come;
    this.#whereabouts.take(this.#places.slice(0, count));
    this.#places = this.#places.slice(count);
  }

  #state(raised: Raised): void {
    const { finding, severity } = raised;
    const key = JSON.stringify([raised.rule, raised.zone, finding.key]);
    if (!this.#placed.has(key)) this.#placed.set(key, this.#whereabouts.at(finding.at_ms));
    const placed = this.#placed.get(key);
    if (finding.state === "closed") this.#placed.delete(key);
    if (!this.#cadence.tells({ ...finding, key })) return;
    const before = this.#last.get(this.#occurrences.get(key) ?? "");
    const data = {
      ...happeningData(this.#camera, raised),
      recorded: true,
      ...(placed?.position && { position: placed.position }),
    };
    const event = stateEvent(eventTypeOf(raised), data, {
      source: `camera/${this.#camera}`,
      tenant: TENANT,
      revision: before ? before.revision + 1 : 0,
      state: STATES[finding.state],
      severity,
      ...(placed && { place: placed.place }),
    });
    this.#occurrences.set(key, event.occurrence);
    this.#last.set(event.occurrence, event);
  }
}
