import type { Label } from "@yardline/domain/detection";
import type { LatLon } from "@yardline/domain/geo";
import { isoOf } from "@yardline/domain/time";
import { type Static, type TObject, Type } from "typebox";
import type { Severity, State, YardlineEvent } from "./event.ts";
import { type Identity, occurrenceOf } from "./identity.ts";

export { Type };

export const LANGUAGES = ["uk", "ru", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Who may read a kind of event at all; which objects of it is decided by permission, object by object. */
export type Audience = "public" | "dispatcher" | "planner";

/** One kind of event, whole: schema, identity, audience, life time, sentence. One file of this room each. */
export type EventType<Data extends TObject = TObject> = {
  readonly type: string;
  readonly version: number;
  /** Writers are strict; within a version only optional fields are ever added, and readers ignore what they do not know. */
  readonly data: Data;
  identity(data: Static<Data>): Identity;
  readonly audience: Audience;
  readonly retention: {
    /** Pictures and clips. Zero: the kind has none. */
    readonly media_h: number;
    /** The data fields named in `personal`. */
    readonly personal_h: number;
    /** Type, time, place. */
    readonly skeleton_days: number;
    readonly personal: readonly (keyof Static<Data> & string)[];
  };
  /** Whether a statement has media to show. */
  readonly media: boolean;
  /** The labels that search finds it by. */
  labels(data: Static<Data>): readonly (Label | string)[];
  /** One sentence a person reads, in plain text. */
  sentence(data: Static<Data>, language: Language): string;
};

export function defineEventType<Data extends TObject>(eventType: EventType<Data>): EventType<Data> {
  return eventType;
}

export type Statement = {
  readonly source: string;
  readonly tenant: string;
  readonly revision: number;
  readonly state: State;
  readonly severity: Severity;
  readonly place?: LatLon;
  readonly correlationid?: string;
  readonly backfilled?: boolean;
};

/** Turns typed data into the whole CloudEvent, with the occurrence named by the kind's own identity. */
export function stateEvent<Data extends TObject>(
  eventType: EventType<Data>,
  data: Static<Data>,
  { source, tenant, revision, state, severity, place, correlationid, backfilled }: Statement,
): YardlineEvent {
  const identity = eventType.identity(data);
  const occurrence = occurrenceOf(source, eventType.type, identity);
  return {
    specversion: "1.0",
    id: `${occurrence}.${revision}`,
    source,
    type: eventType.type,
    time: isoOf(identity.anchor_ms),
    datacontenttype: "application/json",
    dataschema: `urn:yardline:${eventType.type}:v${eventType.version}`,
    occurrence,
    revision,
    state,
    tenant,
    severity,
    ...(place && { place: `geo:${place.latitude.toFixed(6)},${place.longitude.toFixed(6)}` }),
    ...(correlationid !== undefined && { correlationid }),
    ...(backfilled && { backfilled }),
    data,
  };
}
