import { assert } from "@yardline/domain/assert";
import type { LatLon } from "@yardline/domain/geo";
import { isBiometric } from "@yardline/domain/no-biometrics";
import { isoOf } from "@yardline/domain/time";
import { type Static, type TObject, Type } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import type { Severity, State, YardlineEvent } from "./event.ts";
import { type Identity, occurrenceOf } from "./identity.ts";

export { type Static, Type };

export const LANGUAGES = ["uk", "ru", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What people look for an event by, beyond its envelope: names, any of several. */
export const FACETS = ["label", "zone", "camera", "route", "stop", "vehicle"] as const;
export type Facet = (typeof FACETS)[number];
export type Facets = Partial<Record<Facet, readonly string[]>>;

/** Numbers that people compare: `delay_s` positive is late, `duration_s` how long it went on, so far. */
export const MEASURES = ["delay_s", "duration_s"] as const;
export type Measure = (typeof MEASURES)[number];
export type Measures = Partial<Record<Measure, number>>;

/** Who may read a kind of event at all; which objects of it is decided by permission, object by object. */
export type Audience = "public" | "dispatcher" | "planner";

/** What one file of this room says about its kind of event: schema, identity, audience, life time, sentence. */
type Definition<Data extends TObject> = {
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
  /** The names that search finds it by: ids and what people call it, never a personal field. */
  facets(data: Static<Data>): Facets;
  /** The numbers that search compares. */
  measures(data: Static<Data>): Measures;
  /** One sentence a person reads, in plain text. */
  sentence(data: Static<Data>, language: Language): string;
};

/** One kind of event, whole. */
export type EventType<Data extends TObject = TObject> = Definition<Data> & {
  /** Names type and version; each event carries it. */
  readonly dataschema: string;
  /** Checks `data` as readers do: what had to go with time (`fade.ts`) is not missed. Compiled once, on first use. */
  validator(): Validator<Record<never, never>, Data>;
};

export function defineEventType<Data extends TObject>(definition: Definition<Data>): EventType<Data> {
  assert(!isBiometric(definition.type), `"${definition.type}" tells who somebody is`);
  let compiled: Validator<Record<never, never>, Data> | undefined;
  return {
    ...definition,
    dataschema: `urn:yardline:${definition.type}:v${definition.version}`,
    validator() {
      compiled ??= Compile(readable(definition));
      return compiled;
    },
  };
}

/** What an event says, whose personal fields may have gone. */
function readable<Data extends TObject>({ data, retention }: Definition<Data>): Data {
  const personal: readonly string[] = retention.personal;
  const required = (data.required ?? []).filter((field) => !personal.includes(field));
  return { ...data, required };
}

/** An id and what people call it, where they call it something else. */
export function namesOf(id: string, name: string | undefined): readonly string[] {
  return name === undefined || name === id ? [id] : [id, name];
}

/** An event's data by its own kind's type, or undefined when the event is of another kind or version, or does not fit it. */
export function dataOf<Data extends TObject>(
  eventType: EventType<Data>,
  { dataschema, data }: YardlineEvent,
): Static<Data> | undefined {
  return dataschema === eventType.dataschema && eventType.validator().Check(data) ? data : undefined;
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
    dataschema: eventType.dataschema,
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
