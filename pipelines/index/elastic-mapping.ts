import { createHash } from "node:crypto";
import type { estypes } from "@elastic/elasticsearch";
import type { EpochMs } from "@yardline/domain/time";
import { measuresOf } from "@yardline/events/catalogue";
import { placeOf, type YardlineEvent } from "@yardline/events/event";
import { MEASURES, type Measure } from "@yardline/events/event-type";
import { personalUntil } from "@yardline/events/fade";
import { anchorOf } from "@yardline/events/identity";
import { wordsOf } from "./analyse.ts";
import { FIELDS, type Field, valuesOf } from "./condition.ts";
import type { BulkLine } from "./elastic-bulk.ts";
import { indexOf } from "./elastic-names.ts";
import { periodOf } from "./period.ts";
import { textsOf } from "./texts.ts";

/** Longest value that is a term as it is. Elasticsearch takes 32,766 bytes; a character of ours has at most 3. */
const VALUE_LENGTH_MAX = 8_000;

/** The field that tells when a document has to fade. */
export const FADES_AT = "fades_at";

/** One event as Elasticsearch keeps it. A document without any field is what is left of an erased one. */
export type ElasticDocument = Partial<Record<Field, readonly string[]>> &
  Partial<Record<Measure, number>> & {
    /** The whole event, not looked into. */
    readonly event: YardlineEvent;
    readonly at: EpochMs;
    /** Settles the order within a millisecond. */
    readonly occurrence: string;
    readonly dataschema: string;
    /** When its personal fields have to go; absent where there are none, or none any more. */
    readonly fades_at?: EpochMs;
    /** Stems and codes out of our own analyser. */
    readonly words: readonly string[];
    /** The geo URI, and what it says: as exact numbers, and for the engine's own geometry, which rounds to centimetres. */
    readonly place?: string;
    readonly latitude?: number;
    readonly longitude?: number;
    readonly location?: { readonly lat: number; readonly lon: number };
  };

/** Fields are set one by one: spreading objects into one another makes them four times as slow to build and to print. */
export function documentOf(event: YardlineEvent): ElasticDocument {
  const { occurrence, dataschema, place } = event;
  const words = [...new Set(textsOf(event).flatMap(wordsOf))];
  const document: Writable<ElasticDocument> = {
    event,
    at: anchorOf(occurrence),
    occurrence,
    dataschema,
    words,
  };
  const fades_at = personalUntil(event);
  if (fades_at !== undefined) document.fades_at = fades_at;
  for (const field of FIELDS) {
    const values = valuesOf(event, field);
    if (values.length > 0) document[field] = values.map(termOf);
  }
  const measures = measuresOf(event);
  for (const measure of MEASURES) {
    const value = measures[measure];
    if (value !== undefined && Number.isFinite(value)) document[measure] = value;
  }
  const at = placeOf(event);
  if (at && place !== undefined) {
    document.place = place;
    document.latitude = at.latitude;
    document.longitude = at.longitude;
    document.location = { lat: at.latitude, lon: at.longitude };
  }
  return document;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The event as the bulk request that keeps it: in the one index that its occurrence and type name, unless a later revision is there. */
export function lineOf(
  prefix: string,
  event: YardlineEvent,
  version_type: BulkLine["version_type"] = "external",
): BulkLine {
  return {
    index: indexOf(prefix, periodOf(event)),
    id: event.occurrence,
    version: event.revision,
    version_type,
    document: JSON.stringify(documentOf(event)),
  };
}

/** A value as a term. One too long for Elasticsearch is named by its beginning and a hash, in questions too. */
export function termOf(value: string): string {
  if (value.length <= VALUE_LENGTH_MAX) return value;
  return `${value.slice(0, 100)}…${createHash("sha256").update(value).digest("hex")}`;
}

/** A field that is only compared with whole terms. */
const TERM = { type: "keyword" } as const;
/** A field that is compared as a number. */
const NUMBER = { type: "double" } as const;

/**
 * The fields of a document, generated from the catalogue's. Whatever is not named here is refused, so that nothing is indexed by
 * accident: `data` of an event least of all.
 */
export function fieldsOf(): Record<string, estypes.MappingProperty> {
  return {
    event: { type: "object", enabled: false },
    at: { type: "date", format: "epoch_millis" },
    occurrence: { type: "keyword", index: false },
    dataschema: TERM,
    [FADES_AT]: { type: "date", format: "epoch_millis", doc_values: false },
    ...Object.fromEntries(FIELDS.map((field) => [field, TERM])),
    ...Object.fromEntries(MEASURES.map((measure) => [measure, NUMBER])),
    words: { type: "keyword", doc_values: false },
    place: TERM,
    latitude: NUMBER,
    longitude: NUMBER,
    location: { type: "geo_point" },
  };
}
