import type { EpochMs } from "@yardline/domain/time";
import type { PublicArea, PublicCell } from "@yardline/privacy/public-counts";
import type { Hold, KeptHold } from "@yardline/records/holds";

/** Privacy pauses, on record. */
export type PauseView = {
  /** @throws AppError as `pauseCamera`. */
  pause(
    camera: string,
    pause: { readonly until_ms: EpochMs; readonly reason: string; readonly paused_by: string },
  ): Promise<void>;
  /** @throws AppError as `endPause`. */
  resume(camera: string): Promise<void>;
};

/** What is held as evidence. */
export type HoldView = {
  /** Those that are over included, for a month. @throws AppError as `listHolds`. */
  list(): Promise<readonly KeptHold[]>;
  /** @throws AppError as `holdRecording`. */
  make(
    hold: Required<
      Pick<Hold, "camera" | "from_ms" | "to_ms" | "reason" | "legal_basis" | "held_by" | "until_ms">
    >,
  ): Promise<KeptHold>;
  /** @throws AppError as `extendHold`. */
  extend(id: string, until_ms: EpochMs): Promise<void>;
  /** @throws AppError as `releaseHold`. */
  release(id: string, how: { readonly by: string; readonly why: string }): Promise<void>;
};

/** What anybody may see counted. */
export type PublicCountView = {
  readonly areas: readonly PublicArea[];
  /** The cells of whole hours that may be told, by the hour's beginning; once told, an hour never changes. @throws AppError of the stores. */
  listHours(day_ms: EpochMs, now_ms: EpochMs): Promise<ReadonlyMap<EpochMs, readonly PublicCell[]>>;
};
