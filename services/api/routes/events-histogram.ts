import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { FIELDS } from "@yardline/index/condition";
import { BUCKETS_MAX, SLICES } from "@yardline/index/event-index";
import { type Static, Type } from "typebox";
import { type Asking, EventSearch, searchedQuery, timezoneOf } from "../event-language.ts";
import type { Parts } from "../parts.ts";
import { answers, Instant, refTo } from "../schemas.ts";

const Query = Type.Object(
  {
    ...EventSearch,
    every: Type.Enum([...SLICES], { description: `At most ${BUCKETS_MAX} of them.` }),
    by: Type.Optional(Type.Enum([...FIELDS], { description: "Each value of this field by itself." })),
    timezone: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: "IANA name; the town's unless given." }),
    ),
  },
  { additionalProperties: false },
);

export const EventHistogram = Type.Object(
  {
    timezone: Type.String(),
    buckets: Type.Array(
      Type.Object({
        at: { ...Instant, description: "When this slice of time begins." },
        value: Type.Optional(Type.String({ description: "Of the field, as it is compared: in lower case." })),
        count: Type.Integer({ minimum: 1 }),
      }),
      { description: "Those in which something happened, in the order of time, then of value." },
    ),
  },
  { $id: "EventHistogram" },
);

export const eventsHistogramRoute: FastifyPluginAsyncTypebox<Pick<Parts, "index"> & Asking> = async (
  app,
  { index, ...asking },
) => {
  app.get(
    "/v1/events/histogram",
    {
      config: { access: ["archive", "transit"], audits: { not: "Numbers and words name no picture." } },
      schema: {
        operationId: "countEventsByTime",
        summary:
          "How many events a search finds in each minute, ten minutes, hour or day; the search must have both ends of its time",
        tags: ["events"],
        querystring: Query,
        response: answers({ 200: refTo(EventHistogram) }, [400, 503]),
      },
    },
    async ({
      query: { every, by, timezone = timezoneOf(asking), ...search },
      visitor,
    }): Promise<Static<typeof EventHistogram>> => {
      const cut = { every, timezone, ...(by && { by }) };
      const buckets = await index.histogram(searchedQuery(search, asking, visitor), cut);
      return { timezone, buckets: buckets.map(({ at_ms, ...bucket }) => ({ at: isoOf(at_ms), ...bucket })) };
    },
  );
};
