import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { placeOf } from "@yardline/events/event";
import { PAGE_MAX } from "@yardline/index/event-index";
import { type Static, Type } from "typebox";
import { ApiEvent, apiEventOf } from "../api-event.ts";
import { type Asking, visibleEvents } from "../event-language.ts";
import { boxOf } from "../event-query.ts";
import { getEvent } from "../find-event.ts";
import { GEOJSON_TYPE, pointOf } from "../geojson.ts";
import { ListPage } from "../list-page.ts";
import { searched } from "../looked.ts";
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
import { answerIn, answers, refTo } from "../schemas.ts";

const { occurrence: _id, links: _links, ...properties } = ApiEvent.properties;
export const EventFeature = featureOf("EventFeature", {
  ...properties,
  event: Type.String({ description: "Where it is told whole." }),
});
export const EventFeatures = featuresOf("EventFeatures", EventFeature);

const ITEMS = `${OGC_ROOT}/collections/events/items`;
const LIMIT_USUAL = 10;
const Query = Type.Object({ ...ItemsQuery, cursor: ListPage.cursor }, { additionalProperties: false });

/** Nothing that holds events is kept on the way: what one may know of, another may not. */
export const ogcEventsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "index"> & Asking> = async (
  app,
  { index, ...asking },
) => {
  const config = { access: ["archive", "transit"] } as const;
  // Events are open to fields that a newer release adds, so a serializer made of the schema would only be slower.
  const serializerCompiler = () => JSON.stringify;
  app.get(
    ITEMS,
    {
      config: { access: [...config.access], audits: "pictures" },
      serializerCompiler,
      schema: {
        operationId: "listEventFeatures",
        summary: "OGC API – Features: events as GeoJSON, newest first",
        tags: ["features"],
        querystring: Query,
        response: answers(
          { 200: answerIn("application/geo+json", refTo(EventFeatures), "Points, or nothing of a place") },
          [400, 503],
        ),
      },
    },
    async (request, reply) => {
      const { bbox, datetime, limit = LIMIT_USUAL, cursor } = request.query;
      const visible = visibleEvents(asking, request.visitor);
      const box = bbox === undefined ? [] : [{ op: "box", box: boxOf(flatBox(bbox)) } as const];
      const query = { ...periodOfDatetime(datetime), where: { op: "all", of: [visible, ...box] } } as const;
      const page = { limit: Math.min(limit, PAGE_MAX), ...(cursor !== undefined && { cursor }) };
      const { events, cursor: next } = await index.search(query, page);
      await searched(request, request.query, events);
      const answer: Static<typeof EventFeatures> = {
        type: "FeatureCollection",
        features: events.map(apiEventOf).map(eventFeatureOf),
        links: [selfLink(request, "application/geo+json"), ...nextLink(request, next)],
        timeStamp: isoOf(asking.clock.now_ms()),
        numberReturned: events.length,
      };
      return reply.type(GEOJSON_TYPE).send(answer);
    },
  );
  app.get(
    `${ITEMS}/:feature`,
    {
      config: { access: [...config.access], audits: { not: "Its pictures are asked for one by one." } },
      serializerCompiler,
      schema: {
        operationId: "getEventFeature",
        summary: "OGC API – Features: one event",
        tags: ["features"],
        params: Type.Object({ feature: Type.String({ maxLength: 100 }) }),
        response: answers(
          { 200: answerIn("application/geo+json", refTo(EventFeature), "A point") },
          [404, 503],
        ),
      },
    },
    async (request, reply) => {
      const event = await getEvent({ index, ...asking }, request.params.feature, request.visitor);
      const collection = `${addressOf(request)}${OGC_ROOT}/collections/events`;
      const links = [
        selfLink(request, "application/geo+json"),
        { href: collection, rel: "collection", type: "application/json" },
      ];
      return reply.type(GEOJSON_TYPE).send({ ...eventFeatureOf(apiEventOf(event)), links });
    },
  );
};

function eventFeatureOf({ links: { self }, ...event }: ApiEvent): Static<typeof EventFeature> {
  const { occurrence: id, ...said } = event;
  const place = placeOf(event);
  return {
    type: "Feature",
    id,
    geometry: place ? pointOf(place) : null,
    properties: { ...said, event: self },
  };
}
