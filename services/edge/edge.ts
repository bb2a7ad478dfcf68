import type { CameraStatistics, CameraStatus } from "@yardline/api/camera-parts";
import type { LatLon } from "@yardline/domain/geo";
import type { Clock } from "@yardline/domain/time";
import type { MediaStore } from "@yardline/media/media-store";
import type { Agreement } from "@yardline/permission/agreement";
import type { CameraRecord } from "@yardline/privacy/camera-record";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Pause } from "@yardline/records/pauses";
import type { ScenePlan } from "@yardline/rules/scene/scene-plan";
import type { Preset } from "@yardline/sources/onvif/ptz";
import type { Receiver } from "@yardline/sources/positions/receiver";
import type { Fix } from "@yardline/sources/trackers/protocol";
import type { CameraAddress } from "@yardline/sources/video/camera-address";
import type { LiveStream } from "@yardline/sources/video/live-stream";
import { createStartGate } from "@yardline/sources/video/start-gate";
import type { StreamName } from "@yardline/sources/video/watch-camera";
import { detectorTurn } from "@yardline/telemetry/sharing";
import type { Logger } from "pino";
import { heedReports, type ReportSource } from "./camera-reports.ts";
import { DetectorShare } from "./detector-share.ts";
import { heedEvents } from "./heed-events.ts";
import { keepUp } from "./keep-up.ts";
import { closeLeftOvers } from "./left-overs.ts";
import { LiveCamera } from "./live-camera.ts";
import type { Sight } from "./look.ts";
import type { MaskFormats } from "./mask-formats.ts";
import { PauseWatch } from "./pause-watch.ts";
import { CONTINUOUS, type RecordingPlan } from "./recording-plan.ts";
import { type Keeping, keepRetention } from "./retention.ts";
import { SavedViews } from "./saved-views.ts";
import { Whereabouts } from "./whereabouts.ts";

/** One camera as the town set it up; without its record there is no camera (invariant 3). */
export type EdgeCamera = {
  readonly id: string;
  readonly name: string;
  readonly place?: LatLon;
  /** What it rides on, and where that tells its places: in the camera's own stream, or to whoever asks the receiver. */
  readonly ride?: Ride;
  readonly address: CameraAddress;
  /** The stream that is looked at, where that is another one than the recorded. */
  readonly sub?: CameraAddress;
  /** Footage from disk, played as if it were live: events and pages say so. */
  readonly recorded: boolean;
  readonly record: CameraRecord;
  readonly district?: string;
  /** Set where it is not the town's. */
  readonly partner?: Agreement;
  /** What its sign should say by now; without it nobody looks after signs. */
  readonly sign?: WantedSign;
  /** What is watched for. */
  readonly scene: ScenePlan;
  /** How its pictures are looked at; the detector may be another camera's, too, and is not closed here. */
  readonly sight: Sight;
  /** Its own analytics, where they are heeded. */
  readonly reports?: ReportSource;
  /** Without it everything is recorded, and kept as long as the record allows. */
  readonly recording?: RecordingPlan;
};

/** A sign as it should be: its version, and since which day it has been this one, where that is known. */
export type WantedSign = { readonly version: string; readonly changed_on: string | undefined };

/** A camera's vehicle. */
export type Ride = {
  /** Fleet number. */
  readonly vehicle_id: string;
  /** A receiver that tells NMEA to whoever connects; without it the camera's own stream tells. */
  readonly receiver?: Receiver;
};

/** What the edge uses of the rest of the process. Nothing of it is closed here. */
export type EdgeParts = {
  /** How many pictures the detectors work on at the same time. */
  readonly detector_lanes: number;
  readonly media: MediaStore;
  readonly keeping: Keeping;
  readonly producer: Producer;
  readonly masks: MaskFormats;
  /** Which cameras are paused, by what is on record. */
  findPauses(): Promise<ReadonlyMap<string, Pause>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Logger;
  /** Told every fix of a camera that rides, for those who follow vehicles. */
  readonly ridden?: (camera: string, vehicle_id: string, fixes: readonly Fix[]) => void;
};

/** The edge at work. */
export type Edge = {
  listCameras(): readonly CameraStatus[];
  findStatistics(id: string): CameraStatistics | undefined;
  /** Its newest pictures; undefined for a camera that is not there. */
  findLive(id: string, stream: StreamName): LiveStream | undefined;
  /** The views saved in a camera. Throws as `SavedViews.list` does. */
  listViews(id: string): Promise<readonly Preset[]>;
  /** Turns a camera to one of them. Throws as `SavedViews.turn` does. */
  turnTo(id: string, view: string): Promise<void>;
  /** Resolves when every camera heeds what is on record now. Throws as `PauseWatch.look` does. */
  heedPauses(): Promise<void>;
  /** Resolves when every camera has ended, which is soon after `signal` aborted: recorded to the last packet, all said. */
  readonly ended: Promise<void>;
};

/**
 * Watches and records cameras until `signal` aborts. What was open when the process ended last time is settled first. One camera's
 * trouble, whatever it is, stays with that camera.
 * @throws AppError as `Producer.state` and `findPauses` do, before any camera has started: one that may be paused is not opened.
 */
export async function startEdge(
  cameras: readonly EdgeCamera[],
  parts: EdgeParts,
  signal: AbortSignal,
): Promise<Edge> {
  const gaps = await closeLeftOvers(parts.producer, cameras);
  const enter = createStartGate(parts.random);
  const plans = new Map(cameras.map(({ id, recording }) => [id, recording ?? CONTINUOUS]));
  const producer = heedEvents(parts.producer, parts.keeping.keeper, (id) => plans.get(id), parts.log);
  const share = new DetectorShare({ lanes: parts.detector_lanes, clock: parts.clock, onTurn: detectorTurn });
  const placed = cameras.map((camera) => ({
    ...camera,
    whereabouts: new Whereabouts(camera),
  }));
  const live = placed.map((camera) => new LiveCamera(camera, { ...parts, producer, share }, gaps));
  const by_id = new Map(live.map((each) => [each.status().id, each]));
  const pauses = new PauseWatch(by_id, { ...parts, producer });
  await pauses.look();
  const pausing = pauses.keep(signal);
  const ends = live.map((each) => each.run(enter, signal));
  const keeping_up = keepUp(by_id, parts, signal);
  const heedUnlessPaused = (...[camera, source, heard, until]: Parameters<typeof heedReports>) =>
    by_id.get(camera.id)?.gate.run(until, (session) => heedReports(camera, source, heard, session));
  const heeding = placed.flatMap((camera) =>
    camera.reports ? [heedUnlessPaused(camera, camera.reports, { ...parts, producer }, signal)] : [],
  );
  const views = new SavedViews(cameras, {
    ...parts,
    producer,
    turned: (id) => by_id.get(id)?.turns(),
  });
  const settle = () => parts.producer.state([]);
  const retention = keepRetention(cameras, { ...parts, settle, isBehind: producer.isBehind }, signal);
  return {
    listCameras: () => live.map((each) => each.status()),
    findStatistics: (id) => by_id.get(id)?.statistics(),
    findLive: (id, stream) => by_id.get(id)?.live.find(stream),
    listViews: (id) => views.list(id),
    turnTo: (id, view) => views.turn(id, view),
    heedPauses: () => pauses.look(),
    ended: Promise.all([...ends, ...heeding, keeping_up, pausing, retention]).then(() => undefined),
  };
}
