import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { PAGE_MAX } from "@yardline/index/event-index";
import { type Static, Type } from "typebox";
import { ApiEvent, apiEventOf } from "../api-event.ts";
import { EventFilter, eventQueryOf } from "../event-query.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";

const PAGE_USUAL = 50;

const Query = Type.Object(
  {
    from: Type.Optional(Type.String({ format: "date-time", description: "Earliest `time`, inclusive." })),
    to: Type.Optional(Type.String({ format: "date-time", description: "Latest `time`, exclusive." })),
    ...EventFilter,
    text: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        pattern: "^[^\\u0000-\\u001f\\u007f]+$",
        description: "Words that must all occur, in any order and case.",
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE_USUAL })),
    cursor: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1_000,
        description: "From the page before, for the same question.",
      }),
    ),
  },
  { additionalProperties: false },
);

export const EventPage = Type.Object(
  {
    events: Type.Array(refTo(ApiEvent), { description: "Newest first." }),
    cursor: Type.Optional(Type.String({ description: "For the next page; absent on the last." })),
  },
  { $id: "EventPage" },
);

export const eventsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "index" | "town">> = async (
  app,
  { index, town },
) => {
  app.get(
    "/v1/events",
    {
      // Events are open to fields that a newer release adds, so a serializer made of the schema would only be slower.
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "searchEvents",
        summary: "Search events by time, source, type, label, place and words",
        tags: ["events"],
        querystring: Query,
        response: answers({ 200: refTo(EventPage) }, [400, 503]),
      },
    },
    async ({ query }): Promise<Static<typeof EventPage>> => {
      const { limit = PAGE_USUAL, cursor } = query;
      const asked = eventQueryOf(query, town.tenant);
      const found = await index.search(asked, { limit, ...(cursor !== undefined && { cursor }) });
      return {
        events: found.events.map(apiEventOf),
        ...(found.cursor !== undefined && { cursor: found.cursor }),
      };
    },
  );
};
