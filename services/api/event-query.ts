import type { LatLon } from "@yardline/domain/geo";
import type { Condition, Field, GeoBox } from "@yardline/index/condition";
import type { EventQuery } from "@yardline/index/event-index";
import { RADIUS_M_MAX, VALUES_MAX } from "@yardline/index/query/problems";
import { type Static, Type } from "typebox";
import { Refusal } from "./problem.ts";
import { NameParameter } from "./schemas.ts";

const number = "-?\\d{1,3}(?:\\.\\d{1,12})?";
const Names = (description: string) =>
  Type.Optional(Type.Array(NameParameter, { maxItems: VALUES_MAX, description }));

/** A circle. */
export const Near = Type.String({
  maxLength: 100,
  pattern: `^${number},${number},\\d{1,9}(?:\\.\\d{1,6})?$`,
  description: `latitude,longitude,radius in metres, at most ${RADIUS_M_MAX}.`,
});

/** What may be asked of stored events and of live ones alike. */
export const EventFilter = {
  source: Names("Only from these sources, as `camera/yard-1`; may repeat."),
  type: Names("Only these types, as `yard.presence`; may repeat."),
  label: Names("Only with one of these labels: what was seen, or the line; may repeat."),
  bbox: Type.Optional(
    Type.String({
      maxLength: 100,
      pattern: `^${number}(?:,${number}){3}$`,
      description: "west,south,east,north in degrees; not across the antimeridian.",
    }),
  ),
  near: Type.Optional(Near),
};
const Filter = Type.Object(EventFilter);
type Filter = Static<typeof Filter>;

/** When, as parameters. */
export const EventPeriod = {
  from: Type.Optional(Type.String({ format: "date-time", description: "Earliest `time`, inclusive." })),
  to: Type.Optional(Type.String({ format: "date-time", description: "Latest `time`, exclusive." })),
};

type Period = { readonly from?: string; readonly to?: string; readonly text?: string };

/**
 * The closed question that a request's parameters ask, among the events that whoever asks may know of.
 * @throws Refusal 400 where they contradict each other or name no place or time.
 */
export function eventQueryOf(asked: Filter & Period, visible: Condition): EventQuery & { where: Condition } {
  const period = periodOf(asked);
  const text = asked.text?.trim();
  if (text === "") throw wrong("text: has no word in it");
  const where: Condition[] = [
    visible,
    ...(asked.source ? [is("source", asked.source)] : []),
    ...(asked.type ? [is("type", asked.type)] : []),
    ...(asked.label
      ? [{ op: "any", of: [is("label", asked.label), is("route", asked.label)] } as const]
      : []),
    ...(asked.bbox === undefined ? [] : [{ op: "box", box: boxOf(asked.bbox) } as const]),
    ...(asked.near === undefined ? [] : [circleOf(asked.near)]),
    ...(text === undefined ? [] : [{ op: "words", text } as const]),
  ];
  return { ...period, where: { op: "all", of: where } };
}

/** @throws Refusal 400 where they are no instants, or the wrong way round. */
export function periodOf(asked: Omit<Period, "text">): Pick<EventQuery, "from_ms" | "to_ms"> {
  const from_ms = findInstant("from", asked.from);
  const to_ms = findInstant("to", asked.to);
  if (from_ms !== undefined && to_ms !== undefined && from_ms >= to_ms) {
    throw wrong("from: must be earlier than to");
  }
  return { ...(from_ms !== undefined && { from_ms }), ...(to_ms !== undefined && { to_ms }) };
}

function is(field: Field, values: readonly string[]): Condition {
  return { op: "is", field, values };
}

function findInstant(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const at_ms = Date.parse(value);
  // The schema's format lets leap seconds through, which this calendar has not.
  if (Number.isNaN(at_ms)) throw wrong(`${name}: is not an instant, as 2026-01-31T12:00:00Z`);
  return Math.max(0, at_ms);
}

/** @throws Refusal 400 where it is no box on the globe. */
export function boxOf(text: string): GeoBox {
  const [west = 0, south = 0, east = 0, north = 0] = text.split(",").map(Number);
  if (!isPlace({ latitude: south, longitude: west }) || !isPlace({ latitude: north, longitude: east })) {
    throw wrong("bbox: is outside the globe; the order is west,south,east,north");
  }
  if (west >= east) throw wrong("bbox: west must be less than east; the order is west,south,east,north");
  if (south >= north) throw wrong("bbox: south must be less than north; the order is west,south,east,north");
  return { west, south, east, north };
}

/** @throws Refusal 400 where it is no circle on the globe. */
export function circleOf(text: string): Extract<Condition, { op: "circle" }> {
  const [latitude = 0, longitude = 0, radius_m = 0] = text.split(",").map(Number);
  const center = { latitude, longitude };
  if (!isPlace(center)) throw wrong("near: is outside the globe; the order is latitude,longitude,radius");
  if (radius_m <= 0 || radius_m > RADIUS_M_MAX) {
    throw wrong(`near: the radius must be more than 0 and at most ${RADIUS_M_MAX} m`);
  }
  return { op: "circle", center, radius_m };
}

function isPlace({ latitude, longitude }: LatLon): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

function wrong(what: string): Refusal {
  return new Refusal(400, "INVALID_REQUEST", `query ${what}.`);
}
