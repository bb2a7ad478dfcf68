import type { CameraRecord } from "./camera-record.ts";
import type { Contact } from "./sign.ts";

/** One camera as the papers about it need it: out of the settings that it runs on. */
export type CameraFacts = {
  readonly id: string;
  readonly name: string;
  readonly place?: { readonly latitude: number; readonly longitude: number };
  readonly record: CameraRecord;
  /** Played from a recording: nobody is filmed. */
  readonly recorded: boolean;
  /** What it is watched for, by the names of the rules. */
  readonly watches_for: readonly string[];
  /** Whether everything is recorded, or only what an event refers to. */
  readonly recording: "continuous" | "by-event";
};

/** A town as the papers about it need it. */
export type TownFacts = {
  readonly name: string;
  readonly contact: Contact;
  readonly cameras: readonly CameraFacts[];
  /** Who gets events or recordings besides the town: a region, webhooks, by their names. */
  readonly recipients: readonly string[];
};
