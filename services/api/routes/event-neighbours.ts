import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { distance_m } from "@yardline/domain/geo";
import { isoOf } from "@yardline/domain/time";
import { placeOf, type YardlineEvent } from "@yardline/events/event";
import { anchorOf } from "@yardline/events/identity";
import { PAGE_MAX } from "@yardline/index/event-index";
import { RADIUS_M_MAX } from "@yardline/index/query/problems";
import { type Static, Type } from "typebox";
import { ApiEvent, apiEventOf } from "../api-event.ts";
import { type Asking, visibleEvents } from "../event-language.ts";
import { getEvent, OccurrenceParams } from "../find-event.ts";
import { searched } from "../looked.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, refTo } from "../schemas.ts";

const PAGE_USUAL = 50;
const WITHIN_M = 300;
const WITHIN_S = 600;
/** Farther apart than a day nothing is a neighbour in time. */
const WITHIN_S_MAX = 86_400;

const Query = Type.Object(
  {
    within_m: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: RADIUS_M_MAX, default: WITHIN_M, description: "Metres." }),
    ),
    within_s: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: WITHIN_S_MAX,
        default: WITHIN_S,
        description: "Seconds before and after.",
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE_USUAL })),
    cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
  },
  { additionalProperties: false },
);

export const EventNeighbours = Type.Object(
  {
    neighbours: Type.Array(
      Type.Object({
        event: refTo(ApiEvent),
        distance_m: Type.Integer({ minimum: 0 }),
        offset_s: Type.Number({ description: "Positive is later." }),
      }),
      { description: "Oldest first, the event itself left out." },
    ),
    passages: Type.String({ description: "Where it is told which buses passed here then." }),
    cursor: Type.Optional(Type.String({ description: "For the next page; absent on the last." })),
  },
  { $id: "EventNeighbours" },
);

export const eventNeighboursRoute: FastifyPluginAsyncTypebox<Pick<Parts, "index"> & Asking> = async (
  app,
  { index, ...asking },
) => {
  app.get(
    "/v1/events/:occurrence/neighbours",
    {
      config: { access: ["archive", "transit"], audits: "pictures" },
      // Events are open to fields that a newer release adds, so a serializer made of the schema would only be slower.
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "listEventNeighbours",
        summary: "What else happened near an event, in place and time",
        tags: ["events"],
        params: OccurrenceParams,
        querystring: Query,
        response: answers({ 200: refTo(EventNeighbours) }, [400, 404, 409, 503]),
      },
    },
    async (request): Promise<Static<typeof EventNeighbours>> => {
      const { params, query, visitor } = request;
      const { within_m = WITHIN_M, within_s = WITHIN_S, limit = PAGE_USUAL, cursor } = query;
      const event = await getEvent({ index, ...asking }, params.occurrence, visitor);
      const center = placeOf(event);
      if (!center) throw new Refusal(409, "EVENT_PLACELESS", "This event does not say where it happened.");
      const at_ms = anchorOf(event.occurrence);
      const [from_ms, to_ms] = [Math.max(0, at_ms - within_s * 1_000), at_ms + within_s * 1_000 + 1];
      const circle = { op: "circle", center, radius_m: within_m } as const;
      const where = { op: "all", of: [visibleEvents(asking, visitor), circle] } as const;
      const found = await index.search(
        { from_ms, to_ms, where, order: "oldest" },
        { limit, ...(cursor !== undefined && { cursor }) },
      );
      await searched(request, { around: event.occurrence, ...query }, found.events);
      const near = `${center.latitude},${center.longitude},${within_m}`;
      return {
        neighbours: found.events
          .filter(({ occurrence }) => occurrence !== event.occurrence)
          .map((each) => neighbourOf(each, center, at_ms)),
        passages: `/v1/passages?near=${near}&from=${isoOf(from_ms)}&to=${isoOf(to_ms)}`,
        ...(found.cursor !== undefined && { cursor: found.cursor }),
      };
    },
  );
};

function neighbourOf(event: YardlineEvent, center: NonNullable<ReturnType<typeof placeOf>>, at_ms: number) {
  return {
    event: apiEventOf(event),
    distance_m: Math.round(distance_m(center, placeOf(event) ?? center)),
    offset_s: (anchorOf(event.occurrence) - at_ms) / 1_000,
  };
}
