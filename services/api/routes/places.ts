import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { cacheAsAsked } from "../cache-as-asked.ts";
import { answerConditionally } from "../etag.ts";
import { boxOf, circleOf, EventFilter } from "../event-query.ts";
import { ListCursor, ListPage, pageOf } from "../list-page.ts";
import type { Parts } from "../parts.ts";
import { isInBox, isInCircle, placesKnownTo } from "../places.ts";
import { answers, refTo } from "../schemas.ts";

const Kind = Type.Enum(["stop", "camera"]);
const Query = Type.Object(
  {
    ...ListPage,
    kind: Type.Optional(Kind),
    bbox: EventFilter.bbox,
    near: EventFilter.near,
  },
  { additionalProperties: false },
);

export const PlaceList = Type.Object(
  {
    places: Type.Array(
      Type.Object({
        id: Type.String({ description: "`stop/{stop_id}` or `camera/{id}`" }),
        kind: Kind,
        name: Type.String(),
        latitude: Type.Number(),
        longitude: Type.Number(),
      }),
      { description: "By id." },
    ),
    ...ListCursor,
  },
  { $id: "PlaceList" },
);

/** A timetable changes at night, a camera's place when somebody moves it. */
const AGE_MAX_S = 60;

export const placesRoute: FastifyPluginAsyncTypebox<
  Pick<Parts, "transit" | "cameras" | "town" | "clock">
> = async (app, parts) => {
  app.get(
    "/v1/places",
    {
      config: { access: "public" },
      onSend: answerConditionally,
      schema: {
        operationId: "listPlaces",
        summary: "What in town has a name and a place: stops, and the cameras that whoever asks may know of",
        tags: ["town"],
        querystring: Query,
        response: answers({ 200: refTo(PlaceList) }, [400]),
      },
    },
    async ({ query: { kind, bbox, near, ...page }, visitor }, reply) => {
      const box = bbox === undefined ? undefined : boxOf(bbox);
      const circle = near === undefined ? undefined : circleOf(near);
      const places = placesKnownTo(visitor, parts)
        .filter((place) => kind === undefined || place.kind === kind)
        .filter((place) => box === undefined || isInBox(place, box))
        .filter((place) => circle === undefined || isInCircle(place, circle));
      const { items, ...cursor } = pageOf(places, page, ({ id }) => id);
      cacheAsAsked(reply, visitor, AGE_MAX_S);
      return { places: items, ...cursor };
    },
  );
};
