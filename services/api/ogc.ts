import type { FastifyRequest } from "fastify";
import { type Static, type TProperties, type TSchema, Type } from "typebox";
import { PointGeometry } from "./geojson.ts";
import { Refusal } from "./problem.ts";
import { Instant, refTo } from "./schemas.ts";

/**
 * A subset of OGC API – Features, Part 1: Core (OGC 17-069r4), for maps of other people: landing page, conformance, collections, and
 * their items with `bbox`, `datetime`, `limit` and `next` links, as GeoJSON in CRS84. We describe ourselves in OpenAPI 3.1, which the
 * standard has no conformance class for, and have no HTML of it.
 * @see https://docs.ogc.org/is/17-069r4/17-069r4.html
 */
export const CONFORMS_TO = [
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
] as const;

export const OGC_ROOT = "/v1/ogc";
/** WGS 84, longitude first. */
const CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";

export const OgcLink = Type.Object(
  {
    href: Type.String(),
    rel: Type.String(),
    type: Type.String(),
    title: Type.Optional(Type.String()),
  },
  { $id: "OgcLink" },
);
export type OgcLink = Static<typeof OgcLink>;

/** 7.15.2 to 7.15.4. A limit above ours is no error there: fewer items come then. */
const Limit = Type.Optional(
  Type.Integer({ minimum: 1, default: 10, description: "Most items of one answer." }),
);
const number = "-?\\d{1,4}(?:\\.\\d{1,12})?";
export const ItemsQuery = {
  bbox: Type.Optional(
    Type.String({
      maxLength: 150,
      pattern: `^${number}(?:,${number}){3}(?:(?:,${number}){2})?$`,
      description: "west,south,east,north in CRS84, or with heights, which are not looked at.",
    }),
  ),
  datetime: Type.Optional(
    Type.String({
      maxLength: 100,
      description: "An RFC 3339 instant, or an interval as `2026-11-01T00:00:00Z/..`, both ends included.",
    }),
  ),
  limit: Limit,
};

/** One feature, and a page of them, of a collection with such properties. */
export function featureOf<Properties extends TProperties>($id: string, properties: Properties) {
  return Type.Object(
    {
      type: Type.Literal("Feature"),
      id: Type.String(),
      geometry: Type.Union([PointGeometry, Type.Null()]),
      properties: Type.Object(properties, { additionalProperties: true }),
      links: Type.Optional(Type.Array(refTo(OgcLink))),
    },
    { $id },
  );
}

export function featuresOf<Feature extends TSchema & { readonly $id?: string }>(
  $id: string,
  feature: Feature,
) {
  return Type.Object(
    {
      type: Type.Literal("FeatureCollection"),
      features: Type.Array(refTo(feature)),
      links: Type.Array(refTo(OgcLink)),
      timeStamp: Instant,
      numberReturned: Type.Integer(),
    },
    { $id },
  );
}

/** Where this request came in, for links: the host was checked before. */
export function addressOf({ protocol, headers }: Pick<FastifyRequest, "protocol" | "headers">): string {
  return `${protocol}://${headers.host}`;
}

/** The same question with a cursor. */
export function nextLink(request: FastifyRequest, cursor: string | undefined): readonly OgcLink[] {
  if (cursor === undefined) return [];
  const next = new URL(request.url, addressOf(request));
  next.searchParams.set("cursor", cursor);
  return [{ href: next.href, rel: "next", type: "application/geo+json" }];
}

export function selfLink(request: FastifyRequest, type: string): OgcLink {
  return { href: new URL(request.url, addressOf(request)).href, rel: "self", type };
}

/** West, south, east, north out of four or six numbers, as our own parameters write them. */
export function flatBox(bbox: string): string {
  const parts = bbox.split(",");
  return parts.length === 6 ? [parts[0], parts[1], parts[3], parts[4]].join(",") : bbox;
}

/** @returns from inclusive, to exclusive, in ms. @throws Refusal 400 */
export function periodOfDatetime(datetime: string | undefined): {
  readonly from_ms?: number;
  readonly to_ms?: number;
} {
  if (datetime === undefined) return {};
  const parts = datetime.split("/");
  const [begin = "", end = begin] = parts;
  const [from_ms, last_ms] = [instantOf(begin), instantOf(end)];
  const isOpen = from_ms === undefined && last_ms === undefined;
  if (parts.length > 2 || (isOpen && parts.length === 1)) throw wrong();
  if (from_ms !== undefined && last_ms !== undefined && from_ms > last_ms) throw wrong();
  return {
    ...(from_ms !== undefined && { from_ms: Math.max(0, from_ms) }),
    ...(last_ms !== undefined && { to_ms: Math.max(0, last_ms) + 1 }),
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i;

function instantOf(text: string): number | undefined {
  if (text === "" || text === "..") return undefined;
  const at_ms = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at_ms)) throw wrong();
  return at_ms;
}

function wrong(): Refusal {
  const message = "query datetime: must be an instant or an interval, as 2026-11-01T00:00:00Z/..";
  return new Refusal(400, "INVALID_REQUEST", message);
}

/** Of a collection, 7.13. */
export const Collection = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    description: Type.String(),
    itemType: Type.Literal("feature"),
    crs: Type.Array(Type.String()),
    extent: Type.Object({
      spatial: Type.Object({ bbox: Type.Array(Type.Array(Type.Number())), crs: Type.String() }),
      temporal: Type.Optional(
        Type.Object({
          interval: Type.Array(Type.Array(Type.Union([Type.String(), Type.Null()]))),
          trs: Type.String(),
        }),
      ),
    }),
    links: Type.Array(refTo(OgcLink)),
  },
  { $id: "OgcCollection" },
);
export type Collection = Static<typeof Collection>;

type Described = { readonly title: string; readonly description: string; readonly hasTime: boolean };

/** What there is to be asked for. */
export const COLLECTIONS = {
  places: {
    title: "Places",
    description: "Stops, and the cameras that whoever asks may know of.",
    hasTime: false,
  },
  vehicles: {
    title: "Vehicles",
    description: "Where the vehicles are now, as far as that is shown to everybody.",
    hasTime: true,
  },
  events: {
    title: "Events",
    description: "What happened, as far as whoever asks may know of it; newest first.",
    hasTime: true,
  },
} as const satisfies Readonly<Record<string, Described>>;
export type CollectionId = keyof typeof COLLECTIONS;

/** Everywhere, where nothing has a place yet. */
const GLOBE = [-180, -90, 180, 90];

export function collectionOf(
  id: CollectionId,
  address: string,
  bounds: readonly number[] | undefined,
): Collection {
  const { title, description, hasTime } = COLLECTIONS[id];
  const own = `${address}${OGC_ROOT}/collections/${id}`;
  return {
    ...{ id, title, description, itemType: "feature", crs: [CRS84] },
    extent: {
      spatial: { bbox: [[...(bounds ?? GLOBE)]], crs: CRS84 },
      ...(hasTime && { temporal: { interval: [[null, null]], trs: GREGORIAN } }),
    },
    links: [
      { href: own, rel: "self", type: "application/json" },
      { href: `${own}/items`, rel: "items", type: "application/geo+json", title },
    ],
  };
}
