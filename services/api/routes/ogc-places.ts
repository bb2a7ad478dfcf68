import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { PAGE_MAX } from "@yardline/index/event-index";
import { type Static, Type } from "typebox";
import { cacheAsAsked } from "../cache-as-asked.ts";
import { answerConditionally } from "../etag.ts";
import { boxOf } from "../event-query.ts";
import { GEOJSON_TYPE, pointOf } from "../geojson.ts";
import { ListPage, pageOf } from "../list-page.ts";
import {
  addressOf,
  featureOf,
  featuresOf,
  flatBox,
  ItemsQuery,
  nextLink,
  OGC_ROOT,
  periodOfDatetime,
  selfLink,
} from "../ogc.ts";
import type { Parts } from "../parts.ts";
import { isInBox, type NamedPlace, placesKnownTo } from "../places.ts";
import { Refusal } from "../problem.ts";
import { answerIn, answers, NameParameter, refTo } from "../schemas.ts";

export const PlaceFeature = featureOf("PlaceFeature", {
  kind: Type.Enum(["stop", "camera"]),
  name: Type.String(),
});
export const PlaceFeatures = featuresOf("PlaceFeatures", PlaceFeature);

const ITEMS = `${OGC_ROOT}/collections/places/items`;
const LIMIT_USUAL = 10;
const AGE_MAX_S = 60;
const Query = Type.Object({ ...ItemsQuery, cursor: ListPage.cursor }, { additionalProperties: false });

type Options = Pick<Parts, "transit" | "cameras" | "town" | "clock">;

export const ogcPlacesRoute: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  app.get(
    ITEMS,
    {
      config: { access: "public" },
      onSend: answerConditionally,
      schema: {
        operationId: "listPlaceFeatures",
        summary: "OGC API – Features: places as GeoJSON",
        tags: ["features"],
        querystring: Query,
        response: answers(
          { 200: answerIn("application/geo+json", refTo(PlaceFeatures), "Points, by id") },
          [400],
        ),
      },
    },
    async (request, reply) => {
      const { bbox, datetime, limit = LIMIT_USUAL, cursor } = request.query;
      // A place has no time, and what has none fits every one (7.15.4); whether it is a time at all is looked at.
      periodOfDatetime(datetime);
      const box = bbox === undefined ? undefined : boxOf(flatBox(bbox));
      const places = placesKnownTo(request.visitor, parts).filter((place) => !box || isInBox(place, box));
      const page = { limit: Math.min(limit, PAGE_MAX), ...(cursor !== undefined && { cursor }) };
      const { items, cursor: next } = pageOf(places, page, ({ id }) => id);
      cacheAsAsked(reply, request.visitor, AGE_MAX_S);
      const answer: Static<typeof PlaceFeatures> = {
        type: "FeatureCollection",
        features: items.map(placeFeatureOf),
        links: [selfLink(request, "application/geo+json"), ...nextLink(request, next)],
        // To the minute, so that an answer that says the same is the same.
        timeStamp: isoOf(Math.floor(parts.clock.now_ms() / 60_000) * 60_000),
        numberReturned: items.length,
      };
      return reply.type(GEOJSON_TYPE).send(answer);
    },
  );
  app.get(
    `${ITEMS}/:feature`,
    {
      config: { access: "public" },
      onSend: answerConditionally,
      schema: {
        operationId: "getPlaceFeature",
        summary: "OGC API – Features: one place",
        tags: ["features"],
        params: Type.Object({ feature: { ...NameParameter, description: "As `stop/market`, escaped." } }),
        response: answers({ 200: answerIn("application/geo+json", refTo(PlaceFeature), "A point") }, [404]),
      },
    },
    async (request, reply) => {
      const place = placesKnownTo(request.visitor, parts).find(({ id }) => id === request.params.feature);
      if (!place) throw new Refusal(404, "FEATURE_UNKNOWN", "There is no such place.");
      cacheAsAsked(reply, request.visitor, AGE_MAX_S);
      const collection = `${addressOf(request)}${OGC_ROOT}/collections/places`;
      const links = [
        selfLink(request, "application/geo+json"),
        { href: collection, rel: "collection", type: "application/json" },
      ];
      return reply.type(GEOJSON_TYPE).send({ ...placeFeatureOf(place), links });
    },
  );
};

function placeFeatureOf(place: NamedPlace): Static<typeof PlaceFeature> {
  const { id, kind, name } = place;
  return { type: "Feature", id, geometry: pointOf(place), properties: { kind, name } };
}
