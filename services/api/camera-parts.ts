import type { MaskForm } from "@yardline/domain/camera";
import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import type { Agreement } from "@yardline/permission/agreement";
import type { SignState } from "@yardline/privacy/sign";
import type { LiveStream } from "@yardline/sources/video/live-stream";
import type { StreamName } from "@yardline/sources/video/watch-camera";

/** A camera as people may know it: no address, no password. */
export type CameraStatus = {
  readonly id: string;
  readonly name: string;
  readonly place?: LatLon;
  readonly purpose: string;
  readonly legal_basis: string;
  readonly controller: string;
  /** Of the tenant's districts, by id. Events have none: districts are renamed and moved, so it is joined by camera when asked. */
  readonly district?: string;
  /** Set where it is not the town's: whose, and what the town's people get of it. */
  readonly partner?: Agreement;
  readonly retention_h: number;
  readonly mask_form: MaskForm["form"];
  /** How the sign at the place is, and what it should say: its version. */
  readonly sign?: SignState;
  readonly sign_version?: string;
  /** Where it hangs. */
  readonly sign_place?: string;
  /** `recorded`: footage from disk, so nothing of it happens now. */
  readonly recorded: boolean;
  /** `reduced`: the box has too much to do, so of this camera key frames only are looked at; it is recorded as ever. */
  readonly state: "connecting" | "watching" | "reduced" | "lost" | "paused" | "closed";
  /** Since when it is in that state. */
  readonly since_ms: EpochMs;
  /** Why it is not watching, for a person; of a paused one, what whoever paused it wrote. */
  readonly reason?: string;
  /** When its pause ends unless somebody ends it. */
  readonly paused_until_ms?: EpochMs;
  /** Why its newest pictures could not be recorded, for a person; absent while all is well. */
  readonly recording_trouble?: string;
  /** Why its newest pictures could not be looked at, for a person; absent while all is well. */
  readonly watching_trouble?: string;
  /** Where in its picture something is watched for. */
  readonly zones?: readonly CameraZone[];
};

export type CameraZone = {
  readonly zone: string;
  readonly form: "area" | "line";
  /** x, y as shares of the picture, from the top left. */
  readonly points: readonly (readonly [number, number])[];
  /** Kinds of rules. */
  readonly rules: readonly string[];
};

/** Counts of one camera since it was begun, and what it sent in the last ten seconds. */
export type CameraStatistics = {
  readonly since_ms: EpochMs;
  /** How it is watched now: a picture a second, every one, key frames only, or not at all. */
  readonly mode: "idle" | "active" | "reduced" | "lost";
  /** Shares of the time since then; they sum to 1. */
  readonly mode_shares: Readonly<Record<"idle" | "active" | "reduced" | "lost", number>>;
  readonly frames: Readonly<Record<"looked" | "still" | "dropped" | "failed", number>>;
  readonly recorded_bytes: number;
  readonly segments_lost: number;
  readonly packets_dropped: number;
  readonly connections_ended: number;
  readonly stream?: StreamFigures;
  /** Of a camera with a second stream, which is looked at; `stream` is the recorded one then. */
  readonly sub_stream?: StreamFigures;
};

type StreamFigures = {
  /** Set where it is encoded anew: the figures are those of what is recorded, the drift is the camera's. */
  readonly encoded?: true;
  readonly fps: number;
  readonly bit_rate_kbps: number;
  readonly key_frame_distance_ms?: number;
  readonly drift_ms: number;
};

export type CameraView = {
  listCameras(): readonly CameraStatus[];
  /** Undefined for a camera that is not there; the whole is absent where cameras are watched by another process. */
  findStatistics?(id: string): CameraStatistics | undefined;
  /** A camera's newest pictures, and of one with two streams those of either. Undefined and absent as above. */
  findLive?(id: string, stream: StreamName): LiveStream | undefined;
  /** The views saved in a camera that turns, and turning it: absent where cameras are watched by another process. */
  listViews?(id: string): Promise<readonly { readonly token: string; readonly name: string }[]>;
  turnTo?(id: string, view: string): Promise<void>;
  /** Has what is on record of pauses heeded at once: absent where cameras are watched by another process, which looks each second. */
  heedPauses?(): Promise<void>;
};
