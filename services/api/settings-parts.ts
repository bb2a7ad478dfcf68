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

/** One section of a town's settings. */
export type SectionState = {
  /** As a `town.yaml` calls it. */
  readonly id: string;
  readonly owner: SettingsOwner;
  /** When a change is in use. */
  readonly applies: "at-once" | "restart";
  /** Whether what is kept waits for a restart. */
  readonly waits: boolean;
  /** 0: no page has set it. */
  readonly revision: number;
  readonly by?: string;
  readonly at_ms?: EpochMs;
  /** Without what could be a secret; absent where nobody has set it. */
  readonly value?: unknown;
};

/** What is to be mended in a section. `at`: JSON pointer into its value; "": the whole. */
export type SettingProblem = { readonly at: string; readonly message: string };

export type SectionChange = {
  readonly id: string;
  /** Addresses and secrets as they were shown stay what they were. */
  readonly value: unknown;
  /** Secrets that were typed, by the JSON pointer of their field in `value`. */
  readonly secrets: ReadonlyMap<string, string>;
  /** The revision that the person saw; 0: there was none. */
  readonly seen: number;
  readonly by: string;
};

/** The sections of the settings, and changing those that the pages own. */
export type SectionSettingsView = {
  list(): Promise<readonly SectionState[]>;
  find(id: string): Promise<SectionState | undefined>;
  /** @throws AppError `SETTINGS_UNKNOWN`, `SETTINGS_OWNED`, `SETTINGS_CHANGED`, those of the secrets. */
  write(
    change: SectionChange,
  ): Promise<{ readonly written: SectionState } | { readonly problems: readonly SettingProblem[] }>;
  /** @throws AppError the same, and `SETTINGS_NEEDED` where others rest on it. */
  remove(change: Pick<SectionChange, "id" | "seen">): Promise<void>;
};

/** All settings of a town, as they may be shown to whoever configures it. */
export type SettingsView<Settings extends object = object> = {
  readonly owner: SettingsOwner;
  /** What is set, without what could be a secret. */
  readonly shown: object;
  readonly cameras: CameraSettingsView<Settings>;
  readonly sections: SectionSettingsView;
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
