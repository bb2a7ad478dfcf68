import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type EventQuery, PAGE_MAX } from "@yardline/index/event-index";
import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { ApiEvent, apiEventOf } from "../api-event.ts";
import { type Asking, EventSearch, searchedQuery, structuredQuery } from "../event-language.ts";
import { EventQuestion } from "../event-question.ts";
import { searched } from "../looked.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";

const PAGE_USUAL = 50;

const PageOf = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE_USUAL })),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1_000,
      description: "From the page before, for the same question.",
    }),
  ),
};
const Query = Type.Object({ ...EventSearch, ...PageOf }, { additionalProperties: false });
const Body = Type.Object({ ...EventQuestion.properties, ...PageOf }, { additionalProperties: false });

export const EventPage = Type.Object(
  {
    events: Type.Array(refTo(ApiEvent), { description: "Newest first, unless the query sorts otherwise." }),
    cursor: Type.Optional(Type.String({ description: "For the next page; absent on the last." })),
  },
  { $id: "EventPage" },
);

export const eventsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "index"> & Asking> = async (
  app,
  { index, ...asking },
) => {
  // Events are open to fields that a newer release adds, so a serializer made of the schema would only be slower.
  const serializerCompiler = () => JSON.stringify;
  const pageOf = async (
    request: FastifyRequest,
    query: EventQuery,
    asked: { readonly limit?: number; readonly cursor?: string },
  ): Promise<Static<typeof EventPage>> => {
    const { limit = PAGE_USUAL, cursor } = asked;
    const found = await index.search(query, { limit, ...(cursor !== undefined && { cursor }) });
    const written = searched(request, asked, found.events);
    // Made while the log writes; nothing of it leaves before that is done.
    const events = found.events.map(apiEventOf);
    await written;
    return { events, ...(found.cursor !== undefined && { cursor: found.cursor }) };
  };
  app.get(
    "/v1/events",
    {
      config: { access: ["archive", "transit"], audits: "pictures" },
      serializerCompiler,
      schema: {
        operationId: "searchEvents",
        summary: "Search events in the query language, or by time, source, type, label, place and words",
        tags: ["events"],
        querystring: Query,
        response: answers({ 200: refTo(EventPage) }, [400, 503]),
      },
    },
    (request) => pageOf(request, searchedQuery(request.query, asking, request.visitor), request.query),
  );
  app.post(
    "/v1/events/search",
    {
      config: { access: ["archive", "transit"], audits: "pictures" },
      serializerCompiler,
      schema: {
        operationId: "searchEventsStructured",
        summary: "Search events by a tree of conditions, for programs",
        tags: ["events"],
        body: Body,
        response: answers({ 200: refTo(EventPage) }, [400, 503]),
      },
    },
    (request) => pageOf(request, structuredQuery(request.body, asking, request.visitor), request.body),
  );
};
