import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { PUBLIC_COUNT_MIN } from "@yardline/privacy/public-counts";
import { type Static, Type } from "typebox";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, refTo } from "../schemas.ts";

const DAY = "^\\d{4}-\\d{2}-\\d{2}$";

export const PublicCounts = Type.Object(
  {
    day: Type.String({ pattern: DAY }),
    counts_min: Type.Integer({ description: "Fewer than this are not told." }),
    areas: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        hours: Type.Array(
          Type.Object({
            from: Instant,
            count: Type.Optional(
              Type.Integer({ description: "Stays that began in this hour; absent where they are fewer." }),
            ),
          }),
          { description: "Whole past hours, an hour after their end." },
        ),
      }),
      { description: "Fixed by the town; they do not overlap." },
    ),
  },
  { $id: "PublicCounts" },
);

/** Counts for everybody: of fixed areas and whole past hours alone, without any filter, so that nobody can be singled out. */
export const publicCountsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "public_counts" | "clock">> = async (
  app,
  { public_counts, clock },
) => {
  app.get(
    "/v1/public/counts",
    {
      config: { access: "public" },
      schema: {
        operationId: "countPublicly",
        summary: "How many stays there were in each area of the town, hour by hour of one day (UTC)",
        tags: ["town"],
        querystring: Type.Object(
          {
            day: Type.Optional(
              Type.String({ pattern: DAY, description: "A day of the last month; today without it." }),
            ),
          },
          { additionalProperties: false },
        ),
        response: answers({ 200: refTo(PublicCounts) }, [400, 404, 503]),
      },
    },
    async ({ query }, reply): Promise<Static<typeof PublicCounts>> => {
      if (!public_counts) throw new Refusal(404, "NOT_COUNTED", "This town counts nothing for the public.");
      const now_ms = clock.now_ms();
      const day = query.day ?? isoOf(now_ms).slice(0, 10);
      const day_ms = Date.parse(`${day}T00:00:00Z`);
      if (Number.isNaN(day_ms)) throw new Refusal(400, "DAY_WRONG", "This is no day of the calendar.");
      const hours = await public_counts.listHours(day_ms, now_ms);
      void reply.header("cache-control", "public, max-age=300");
      return {
        day,
        counts_min: PUBLIC_COUNT_MIN,
        areas: public_counts.areas.map(({ id, name }) => ({
          ...{ id, name },
          hours: [...hours]
            .toSorted(([a], [b]) => a - b)
            .map(([from_ms, cells]) => {
              const count = cells.find(({ area }) => area === id)?.count;
              return { from: isoOf(from_ms), ...(count !== undefined && { count }) };
            }),
        })),
      };
    },
  );
};
