import type { LatLon } from "@yardline/domain/geo";
import { type Static, Type } from "typebox";

/** Where an occurrence stands. `withdrawn`: what was said turned out not to be so (late fixes, a wrong trip). */
export const State = Type.Union([
  Type.Literal("open"),
  Type.Literal("updated"),
  Type.Literal("closed"),
  Type.Literal("withdrawn"),
]);
export type State = Static<typeof State>;

export const Severity = Type.Union([Type.Literal("info"), Type.Literal("notice"), Type.Literal("alarm")]);
export type Severity = Static<typeof Severity>;

/** 12 hex digits of the anchor's epoch milliseconds (below 2^43, so until 2248), then 20 of a hash: ids sort by time. */
export const OCCURRENCE_PATTERN = "^0[0-7][0-9a-f]{30}$";

/**
 * One statement about one occurrence: a CloudEvent 1.0 in structured JSON, its extensions flat beside the standard
 * attributes. A statement is always the whole event, never a patch; the highest `revision` of an `occurrence` counts.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export const YardlineEvent = Type.Object(
  {
    specversion: Type.Literal("1.0"),
    id: Type.String({ pattern: "^[0-9a-f]{32}\\.\\d+$", description: "{occurrence}.{revision}" }),
    source: Type.String({ minLength: 1, maxLength: 200, description: "camera/{id} or feed/{id}" }),
    type: Type.String({ pattern: "^[a-z]+(\\.[a-z]+(-[a-z]+)*)+$", maxLength: 100 }),
    time: Type.String({
      format: "date-time",
      description: "The occurrence's anchor: observed or scheduled, never corrected.",
    }),
    datacontenttype: Type.Literal("application/json"),
    dataschema: Type.String({ pattern: "^urn:yardline:.+:v\\d+$" }),
    occurrence: Type.String({ pattern: OCCURRENCE_PATTERN }),
    revision: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    state: State,
    tenant: Type.String({ pattern: "^[a-z0-9-]{1,63}$" }),
    severity: Severity,
    place: Type.Optional(
      Type.String({
        pattern: "^geo:-?\\d{1,2}(\\.\\d+)?,-?\\d{1,3}(\\.\\d+)?$",
        description: "RFC 5870 geo URI",
      }),
    ),
    correlationid: Type.Optional(Type.String({ maxLength: 200 })),
    /** Taken in too late to alert anybody. */
    backfilled: Type.Optional(Type.Boolean()),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { additionalProperties: true, $id: "YardlineEvent" },
);
export type YardlineEvent = Static<typeof YardlineEvent>;

/** Where an event says it happened, or undefined where it does not say, or names what is no place on earth. */
export function placeOf({ place }: Pick<YardlineEvent, "place">): LatLon | undefined {
  const [latitude = Number.NaN, longitude = Number.NaN] =
    place?.slice("geo:".length).split(",").map(Number) ?? [];
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isOnEarth ? { latitude, longitude } : undefined;
}
