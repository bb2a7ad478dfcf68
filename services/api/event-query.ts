import { distance_m, type LatLon } from "@yardline/domain/geo";
import { labelsOf } from "@yardline/events/catalogue";
import { placeOf, type YardlineEvent } from "@yardline/events/event";
import type { EventQuery, GeoBox } from "@yardline/index/event-index";
import { type Static, Type } from "typebox";
import { Refusal } from "./problem.ts";
import { NameParameter } from "./schemas.ts";

/** Most values of one repeated parameter. */
const VALUES_MAX = 50;
/** Half the circumference would be the whole earth; a town and its region are enough. */
const RADIUS_M_MAX = 200_000;

const number = "-?\\d{1,3}(?:\\.\\d{1,12})?";
const Names = (description: string) =>
  Type.Optional(Type.Array(NameParameter, { maxItems: VALUES_MAX, description }));

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
  near: Type.Optional(
    Type.String({
      maxLength: 100,
      pattern: `^${number},${number},\\d{1,9}(?:\\.\\d{1,6})?$`,
      description: `latitude,longitude,radius in metres, at most ${RADIUS_M_MAX}.`,
    }),
  ),
};
const Filter = Type.Object(EventFilter);
type Filter = Static<typeof Filter>;

type Period = { readonly from?: string; readonly to?: string; readonly text?: string };

/**
 * The closed question that a request's parameters ask.
 * @throws Refusal 400 where they contradict each other or name no place or time.
 */
export function eventQueryOf(asked: Filter & Period, tenant: string): EventQuery {
  const from_ms = findInstant("from", asked.from);
  const to_ms = findInstant("to", asked.to);
  if (from_ms !== undefined && to_ms !== undefined && from_ms >= to_ms) {
    throw wrong("from: must be earlier than to");
  }
  const text = asked.text?.trim();
  if (text === "") throw wrong("text: has no word in it");
  return {
    tenants: [tenant],
    ...(from_ms !== undefined && { from_ms }),
    ...(to_ms !== undefined && { to_ms }),
    ...(asked.source && { sources: asked.source }),
    ...(asked.type && { types: asked.type }),
    ...(asked.label && { labels: asked.label }),
    ...(asked.bbox !== undefined && { box: boxOf(asked.bbox) }),
    ...(asked.near !== undefined && { circle: circleOf(asked.near) }),
    ...(text !== undefined && { text }),
  };
}

/** The same question put to one event: what a live stream lets through. Time and text are not asked there. */
export function isWanted(event: YardlineEvent, query: EventQuery): boolean {
  const { sources, types, labels, tenants } = query;
  if (!has(tenants, event.tenant) || !has(sources, event.source) || !has(types, event.type)) return false;
  if (labels && !labelsOf(event).some((label) => labels.includes(label))) return false;
  if (!query.box && !query.circle) return true;
  const place = placeOf(event);
  return place !== undefined && liesWithin(place, query);
}

function has(allowed: readonly string[] | undefined, value: string): boolean {
  return allowed === undefined || allowed.includes(value);
}

function liesWithin(place: LatLon, { box, circle }: EventQuery): boolean {
  const { latitude, longitude } = place;
  const inBox =
    !box ||
    (longitude >= box.west && longitude <= box.east && latitude >= box.south && latitude <= box.north);
  return inBox && (!circle || distance_m(place, circle.center) <= circle.radius_m);
}

function findInstant(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const at_ms = Date.parse(value);
  // The schema's format lets leap seconds through, which this calendar has not.
  if (Number.isNaN(at_ms)) throw wrong(`${name}: is not an instant, as 2026-01-31T12:00:00Z`);
  return Math.max(0, at_ms);
}

function boxOf(text: string): GeoBox {
  const [west = 0, south = 0, east = 0, north = 0] = text.split(",").map(Number);
  if (!isPlace({ latitude: south, longitude: west }) || !isPlace({ latitude: north, longitude: east })) {
    throw wrong("bbox: is outside the globe; the order is west,south,east,north");
  }
  if (west >= east) throw wrong("bbox: west must be less than east; the order is west,south,east,north");
  if (south >= north) throw wrong("bbox: south must be less than north; the order is west,south,east,north");
  return { west, south, east, north };
}

function circleOf(text: string): NonNullable<EventQuery["circle"]> {
  const [latitude = 0, longitude = 0, radius_m = 0] = text.split(",").map(Number);
  const center = { latitude, longitude };
  if (!isPlace(center)) throw wrong("near: is outside the globe; the order is latitude,longitude,radius");
  if (radius_m <= 0 || radius_m > RADIUS_M_MAX) {
    throw wrong(`near: the radius must be more than 0 and at most ${RADIUS_M_MAX} m`);
  }
  return { center, radius_m };
}

function isPlace({ latitude, longitude }: LatLon): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

function wrong(what: string): Refusal {
  return new Refusal(400, "INVALID_REQUEST", `query ${what}.`);
}
