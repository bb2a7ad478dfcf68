import type { Box } from "@yardline/domain/box";
import type { LatLon } from "@yardline/domain/geo";
import type { Picture } from "@yardline/domain/picture";
import type { Clock, EpochMs } from "@yardline/domain/time";
import { occurrenceOf } from "@yardline/events/identity";
import type { MediaStore } from "@yardline/media/media-store";
import { snapshotOf } from "@yardline/media/snapshot";
import type { Producer } from "@yardline/records/open-occurrences";
import { UPDATE_EVERY_MS } from "@yardline/records/revise";
import type { Raised } from "@yardline/rules/scene/scene-watch";
import { snapshotFailed, yardEventOpened } from "@yardline/telemetry/watching";
import type { Logger } from "pino";
import { Cadence } from "./cadence.ts";
import { clipOf, eventTypeOf, type HappeningData, happeningData, tupleOf } from "./happening-data.ts";
import type { Outbox } from "./outbox.ts";
import type { RecordingPlan } from "./recording-plan.ts";
import { worthOf } from "./snapshot-worth.ts";
import type { Watched } from "./watching.ts";
import type { Placed, Whereabouts } from "./whereabouts.ts";

/** The producer counts from when a statement was told, which is a little after it was found. */
const SLACK_MS = 1_000;
/** A picture replaces the one kept when it shows the object so many times better. */
const BETTER_TIMES = 1.2;
/** Pictures that wait in memory to become snapshots, a camera: 1.4 MB each at 720p. The oldest goes first. */
export const PICTURES_MAX = 4;

type Candidate = {
  readonly picture: Picture;
  readonly at_ms: EpochMs;
  readonly box: Box;
  readonly worth: number;
};

/** What is known of one happening beside the rule's own facts. */
type Told = {
  /** Where it was raised: of a camera that rides, it does not move on with it. */
  readonly placed: Placed | undefined;
  /** The best picture that is not stored yet. */
  candidate: Candidate | undefined;
  /** The snapshot that the event names. */
  stored: { readonly id: string; readonly box: Box; readonly worth: number } | undefined;
};

export type TellerParts = {
  readonly camera: string;
  readonly whereabouts: Pick<Whereabouts, "at">;
  readonly recorded: boolean;
  readonly recording: RecordingPlan;
  readonly media: Pick<MediaStore, "putSnapshot">;
  readonly producer: Pick<Producer, "state">;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Logger;
};

const STATES = { opened: "open", updated: "updated", closed: "closed" } as const;

/** Turns what the rules of one camera find into statements with the best snapshot so far. Nobody waits for it. */
export class HappeningTeller {
  readonly #parts: TellerParts;
  readonly #cadence = new Cadence(UPDATE_EVERY_MS + SLACK_MS);
  readonly #told = new Map<string, Told>();
  /** When the detector first saw each track that is alive. */
  readonly #detected_ms = new Map<string, EpochMs>();

  constructor(parts: TellerParts) {
    this.#parts = parts;
  }

  /** Takes what one frame showed. @returns whether it keeps the picture; nobody else does. */
  take({ tracks, raised, picture }: Watched): boolean {
    const now_ms = this.#parts.clock.now_ms();
    for (const { id, sightings } of tracks) if (sightings === 1) this.#detected_ms.set(id, now_ms);
    for (const each of raised) this.#tell(each, picture, now_ms);
    for (const { id, state } of tracks) if (state === "lost") this.#detected_ms.delete(id);
    return raised.length > 0;
  }

  /** Watching has ended: tells the closings. */
  end(raised: readonly Raised[]): void {
    for (const each of raised) this.#tell(each, undefined, this.#parts.clock.now_ms());
    this.#detected_ms.clear();
  }

  #tell(raised: Raised, picture: Picture | undefined, now_ms: EpochMs): void {
    const { data: happening, state } = raised.finding;
    const finding = { ...raised.finding, key: keyOf(raised) };
    const told = this.#told.get(finding.key) ?? this.#begin(finding.at_ms);
    this.#told.set(finding.key, told);
    if (picture) this.#consider(told, finding, picture);
    if (state === "closed") this.#told.delete(finding.key);
    if (!this.#cadence.tells(finding)) return;
    const { camera, outbox } = this.#parts;
    const { media } = eventTypeOf(raised);
    const detected_ms = this.#detected_ms.get(happening.track ?? "") ?? now_ms;
    outbox.put(async () => {
      await this.#store(told);
      const data = {
        ...happeningData(camera, raised),
        ...(told.stored && { snapshot: told.stored.id, box: tupleOf(told.stored.box) }),
        ...(media && { clip: clipOf(happening, this.#parts.recording) }),
        ...(this.#parts.recorded && { recorded: true }),
        ...(told.placed?.position && { position: told.placed.position }),
      };
      await this.#say(raised, data, told.placed?.place);
      if (state === "opened") this.#opened(raised, data, detected_ms, now_ms);
    });
  }

  #begin(at_ms: EpochMs): Told {
    return { placed: this.#parts.whereabouts.at(at_ms), candidate: undefined, stored: undefined };
  }

  #consider(told: Told, { at_ms, data }: Raised["finding"], picture: Picture): void {
    const last = data.shown?.last;
    if (last?.at_ms !== at_ms) return;
    const worth = worthOf({ picture, box: last.box, score: last.score });
    if (worth < BETTER_TIMES * Math.max(told.candidate?.worth ?? 0, told.stored?.worth ?? 0)) return;
    told.candidate = { picture, at_ms, box: last.box, worth };
    const waiting = [...this.#told.values()].filter(({ candidate }) => candidate !== undefined);
    const [oldest] = waiting.toSorted((a, b) => (a.candidate?.at_ms ?? 0) - (b.candidate?.at_ms ?? 0));
    if (oldest && waiting.length > PICTURES_MAX) oldest.candidate = undefined;
  }

  /** A snapshot that fails is missed, the event is not. */
  async #store(told: Told): Promise<void> {
    const { camera, media, log } = this.#parts;
    const { candidate } = told;
    if (!candidate) return;
    told.candidate = undefined;
    try {
      const jpeg = await snapshotOf(candidate.picture);
      const id = await media.putSnapshot(camera, candidate.at_ms, jpeg);
      told.stored = { id, box: candidate.box, worth: candidate.worth };
    } catch (thrown) {
      snapshotFailed(log, camera, thrown);
    }
  }

  async #say(raised: Raised, data: HappeningData, place: LatLon | undefined): Promise<void> {
    const { camera, producer } = this.#parts;
    const { finding, severity } = raised;
    const eventType = eventTypeOf(raised);
    const source = `camera/${camera}`;
    const state = STATES[finding.state];
    await producer.state([{ eventType, source, data, state, severity, ...(place && { place }) }]);
  }

  #opened(raised: Raised, data: HappeningData, detected_ms: EpochMs, opened_ms: EpochMs): void {
    const { camera, clock, log } = this.#parts;
    const { type, identity } = eventTypeOf(raised);
    const { since_ms } = raised.finding.data;
    const occurrence = occurrenceOf(`camera/${camera}`, type, identity(data));
    const stages = {
      detected_ms: detected_ms - since_ms,
      opened_ms: opened_ms - since_ms,
      acknowledged_ms: clock.now_ms() - since_ms,
    };
    yardEventOpened(log, { camera, occurrence, type }, stages);
  }
}

/** Two rules of one camera may follow the same track. */
function keyOf({ rule, zone, finding }: Raised): string {
  return JSON.stringify([rule, zone, finding.key]);
}
