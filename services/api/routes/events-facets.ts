import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { FIELDS, type Field } from "@yardline/index/condition";
import type { Bucket } from "@yardline/index/event-index";
import { type Static, Type } from "typebox";
import { type Asking, EventSearch, searchedQuery } from "../event-language.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";

const VALUES_USUAL = 20;
const VALUES_MAX = 200;

const Query = Type.Object(
  {
    ...EventSearch,
    by: Type.Array(Type.Enum([...FIELDS]), {
      minItems: 1,
      maxItems: FIELDS.length,
      uniqueItems: true,
      description: "The fields whose values are counted; may repeat.",
    }),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: VALUES_MAX,
        default: VALUES_USUAL,
        description: "Values of each field.",
      }),
    ),
  },
  { additionalProperties: false },
);

export const EventFacets = Type.Object(
  {
    facets: Type.Array(
      Type.Object({
        field: Type.Enum([...FIELDS]),
        values: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer({ minimum: 1 }) }), {
          description:
            "The most frequent first; of an event with several values each is counted. In the form in which they are compared.",
        }),
        others: Type.Integer({ minimum: 0, description: "How many more values there are." }),
      }),
    ),
  },
  { $id: "EventFacets" },
);

export const eventsFacetsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "index"> & Asking> = async (
  app,
  { index, ...asking },
) => {
  app.get(
    "/v1/events/facets",
    {
      config: { access: ["archive", "transit"], audits: { not: "Numbers and words name no picture." } },
      schema: {
        operationId: "countEventsByValue",
        summary:
          "How many events a search finds by label, zone, camera, route, stop …; the search must have both ends of its time",
        tags: ["events"],
        querystring: Query,
        response: answers({ 200: refTo(EventFacets) }, [400, 503]),
      },
    },
    async ({ query: { by, limit = VALUES_USUAL, ...search }, visitor }) => {
      const query = searchedQuery(search, asking, visitor);
      const facets: Static<typeof EventFacets>["facets"] = [];
      // One after another: each may take the thread that counts for a while, and others count too.
      for (const field of by) {
        facets.push(facetOf(field, await index.histogram(query, { ...BY_DAY, by: field }), limit));
      }
      return { facets };
    },
  );
};

/** Both engines keep their counts by hour and day, so days are the cheapest way to all of a time. */
const BY_DAY = { every: "day", timezone: "UTC" } as const;

function facetOf(field: Field, buckets: readonly Bucket[], limit: number) {
  const counts = new Map<string, number>();
  for (const { value = "", count } of buckets) counts.set(value, (counts.get(value) ?? 0) + count);
  const values = [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return { field, values: values.slice(0, limit), others: Math.max(0, values.length - limit) };
}
