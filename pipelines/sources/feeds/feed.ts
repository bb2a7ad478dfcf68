import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { type Static, type TObject, type TProperties, Type } from "typebox";
import { Value } from "typebox/value";
import type { Fix } from "../trackers/protocol.ts";

/** Vehicles of one message that are read: twice the largest fleet that we are made for. */
export const VEHICLES_MAX = 20_000;
/** A longer name is a mistake, or a message hidden in one. */
const NAME_CHARS_MAX = 64;

/** One vehicle as a feed tells of it. Whether to believe it is decided by whoever takes it. */
export type FeedFix = Omit<Fix, "device_id"> & {
  /** What the feed calls the vehicle. */
  readonly vehicle: string;
  /** The feed says itself that this name is the number plate. */
  readonly is_plate?: boolean;
  /** The trip, where the feed names one: by its id, or by line, direction and start. */
  readonly trip_id?: string;
  readonly route_id?: string;
  readonly direction_id?: number;
  /** Service day, YYYYMMDD. */
  readonly start_date?: string;
  /** HH:MM:SS, from noon minus 12 h of the service day. */
  readonly start_time?: string;
  readonly block_id?: string;
};

/** Why something in a message could not be used. */
export type LeftOut = "no-vehicle" | "no-place" | "no-time" | "other-event" | "too-many";

/** What one message of a feed says. */
export type FeedContent = {
  /** When the feed says that it was made; absent where it does not. */
  readonly made_at_ms?: EpochMs;
  readonly fixes: readonly FeedFix[];
  readonly left_out: ReadonlyMap<LeftOut, number>;
};

export type FeedMessage = {
  readonly bytes: Uint8Array;
  /** Where it was published, over MQTT. */
  readonly topic?: string;
  readonly received_at_ms: EpochMs;
};

/** Reads one message. Pure. @throws AppError `FEED_BROKEN`, `FEED_MAPPING`, `FEED_REFUSED`, none of which quotes a vehicle. */
export type FeedReader = (message: FeedMessage) => FeedContent;

type Definition<Settings extends TProperties> = {
  /** As the settings name it. */
  readonly name: string;
  /** How it comes: asked for over HTTP now and then, or told over MQTT. */
  readonly way: "poll" | "mqtt";
  /** The `Accept` header of a poll. */
  readonly accept?: string;
  /** The largest message, unpacked. */
  readonly bytes_max: number;
  /** What is subscribed to where the settings name no topic. */
  readonly topic?: string;
  /** What this format must be told, beside what all must. */
  readonly settings: Settings;
  /** What is well-formed and yet cannot be meant, for a person: the field first. */
  whyRefused?(settings: Static<TObject<Settings>>): string | undefined;
  open(settings: Static<TObject<Settings>>): FeedReader;
};

export type FeedFormat = Omit<Definition<TProperties>, "open" | "settings" | "whyRefused"> & {
  readonly settings: TProperties;
  whyRefused(settings: unknown): string | undefined;
  /** @throws AppError `FEED_SETTINGS` for those that do not fit `settings`; so does `whyRefused`. */
  open(settings: unknown): FeedReader;
};

/** One file of this folder each; see README.md. */
export function defineFeed<const Settings extends TProperties>(definition: Definition<Settings>): FeedFormat {
  const schema = Type.Object(definition.settings);
  const checked = (settings: unknown): Static<TObject<Settings>> => {
    if (Value.Check(schema, settings)) return settings;
    throw new AppError("FEED_SETTINGS", `These settings are none of the feed format ${definition.name}`);
  };
  return {
    ...definition,
    whyRefused: (settings) => definition.whyRefused?.(checked(settings)),
    open: (settings) => definition.open(checked(settings)),
  };
}

/** Gathers what a message says; vehicles beyond the limit are counted, and so is what cannot be used. */
export function openContent() {
  const fixes: FeedFix[] = [];
  const left_out = new Map<LeftOut, number>();
  return {
    add(fix: FeedFix | LeftOut): void {
      const why = typeof fix === "string" ? fix : whyLeftOut(fix, fixes.length);
      if (why !== undefined) left_out.set(why, (left_out.get(why) ?? 0) + 1);
      else if (typeof fix !== "string") fixes.push(fix);
    },
    done: (made_at_ms?: EpochMs): FeedContent => ({
      fixes,
      left_out,
      ...(made_at_ms !== undefined && { made_at_ms }),
    }),
  };
}

function whyLeftOut({ vehicle }: FeedFix, taken: number): LeftOut | undefined {
  if (vehicle === "" || vehicle.length > NAME_CHARS_MAX) return "no-vehicle";
  return taken >= VEHICLES_MAX ? "too-many" : undefined;
}

/** The name of a trip, line or block as a fix's field; nothing where there is none that could be one. */
export function named<const Field extends string>(
  field: Field,
  text: string | undefined,
): Partial<Record<Field, string>> {
  if (text === undefined || text === "" || text.length > NAME_CHARS_MAX) return {};
  return { [field]: text } as Record<Field, string>;
}

/** Whose answer cannot be read, and why; not what it holds. */
export function broken(what: string): AppError {
  return new AppError("FEED_BROKEN", `The feed's answer cannot be read: ${what}`, { retryable: true });
}
