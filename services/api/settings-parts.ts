import type { EpochMs } from "@yardline/domain/time";
import type { CameraCost } from "@yardline/sources/video/probe-cost";
import type { CameraFigures } from "@yardline/sources/video/probe-figures";

/** Where settings are changed. `file`: in that file, and the pages only show them. */
export type SettingsOwner =
  | { readonly by: "file"; readonly name: string }
  | { readonly by: "command-line" | "demonstration" | "region" | "pages" };

/** A camera's settings, without its address. */
export type KeptCamera<Settings extends object = object> = {
  readonly id: string;
  /** Absent where a file has them: nothing counts its changes. */
  readonly revision?: number;
  /** Who changed it last, and when. */
  readonly by?: string;
  readonly at_ms?: EpochMs;
  readonly settings: Settings;
};

/** The settings of the cameras, and changing them where the pages own them. */
export type CameraSettingsView<Settings extends object = object> = {
  readonly owner: SettingsOwner;
  list(): Promise<readonly KeptCamera<Settings>[]>;
  find(id: string): Promise<KeptCamera<Settings> | undefined>;
  /**
   * @param address its new address; undefined: as before.
   * @param seen the revision that the person saw; 0: there was none.
   * @throws AppError `SETTINGS_OWNED`, `SETTINGS_CHANGED`, `CAMERA_SETTINGS`, `CAMERA_ADDRESS`, `ADDRESS_…`, those of the secrets.
   */
  write(change: {
    readonly id: string;
    readonly settings: Readonly<Record<string, unknown>>;
    readonly address?: string | undefined;
    readonly seen: number;
    readonly by: string;
  }): Promise<KeptCamera<Settings>>;
  /** @throws AppError `SETTINGS_OWNED`, `SETTINGS_CHANGED`, `RECORDS_CONFLICT`. */
  remove(change: { readonly id: string; readonly seen: number }): Promise<void>;
};

/** All settings of a town, as they may be shown to whoever configures it. */
export type SettingsView<Settings extends object = object> = {
  readonly owner: SettingsOwner;
  /** What is set, without what could be a secret. */
  readonly shown: object;
  readonly cameras: CameraSettingsView<Settings>;
};

/** What one camera sends, what it costs on this machine, and one picture of it. */
export type ProbedCamera = {
  readonly figures: CameraFigures;
  readonly cost: CameraCost;
  readonly advice: readonly string[];
  readonly jpeg: Uint8Array;
};

/** Looking at cameras that are being set up. */
export type CameraSetUp = {
  /** @param address as somebody typed it. @throws AppError `CAMERA_ADDRESS`, `ADDRESS_…`, `CAMERA_LOST`, `CAMERA_UNDECODABLE`. */
  probe(address: string): Promise<ProbedCamera>;
  /** One picture, without its mask. @throws AppError `CAMERA_UNKNOWN`, as `probe`, those of the secrets. */
  still(camera: string): Promise<Uint8Array>;
};
