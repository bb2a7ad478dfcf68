import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { COUNT_MAX } from "@yardline/index/event-index";
import { type Static, Type } from "typebox";
import { type Asking, EventSearch, searchedQuery } from "../event-language.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";

export const EventCount = Type.Object(
  {
    value: Type.Integer({ minimum: 0 }),
    exact: Type.Boolean({
      description: `Otherwise there are at least so many; counting ends at ${COUNT_MAX}.`,
    }),
  },
  { $id: "EventCount" },
);

export const eventsCountRoute: FastifyPluginAsyncTypebox<Pick<Parts, "index"> & Asking> = async (
  app,
  { index, ...asking },
) => {
  app.get(
    "/v1/events/count",
    {
      config: { access: ["archive", "transit"], audits: { not: "Numbers and words name no picture." } },
      schema: {
        operationId: "countEvents",
        summary: "How many events a search finds",
        tags: ["events"],
        querystring: Type.Object(EventSearch, { additionalProperties: false }),
        response: answers({ 200: refTo(EventCount) }, [400, 503]),
      },
    },
    ({ query, visitor }): Promise<Static<typeof EventCount>> =>
      index.count(searchedQuery(query, asking, visitor)),
  );
};
