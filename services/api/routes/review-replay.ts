import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { replayDay } from "@yardline/history/review/replay";
import { type Static, Type } from "typebox";
import type { Limits } from "../limits.ts";
import { goneSignal } from "../make-media.ts";
import type { Parts } from "../parts.ts";
import { Day, dateOf, Narrowing, narrowedOf, reviewable } from "../review-question.ts";
import { answers, Instant, Place, refTo } from "../schemas.ts";

export const DayReplay = Type.Object(
  {
    moments: Type.Array(
      Type.Object({
        at: Instant,
        what: Type.Enum(["arrived", "departed"]),
        feed: Type.String(),
        route_id: Type.String(),
        trip_id: Type.String(),
        start_time: Type.Optional(Type.String()),
        vehicle_id: Type.String(),
        stop_id: Type.String(),
        stop_sequence: Type.Integer(),
        delay_s: Type.Integer(),
        place: Type.Optional(refTo(Place)),
      }),
      { description: "In the order of time: who plays them chooses the speed." },
    ),
    next: Type.Optional({ ...Instant, description: "Ask on with `since`; absent at the end of the day." }),
  },
  { $id: "DayReplay" },
);

const Query = Type.Object(
  {
    date: Day,
    since: Type.Optional({ ...Instant, description: "Moments from then on; the day's first unless given." }),
    ...Narrowing,
  },
  { additionalProperties: false },
);

type Options = Pick<Parts, "review" | "town"> & { readonly bounds: Limits };

/** A past day, a piece of it at a time. */
export const reviewReplayRoute: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { review, town, bounds },
) => {
  app.get(
    "/v1/review/replay",
    {
      schema: {
        operationId: "replayDay",
        summary: "A past service day moment by moment: who came to which stop and left it when",
        tags: ["review"],
        querystring: Query,
        response: answers({ 200: refTo(DayReplay) }, [400, 404, 503]),
      },
    },
    async ({ query }, reply): Promise<Static<typeof DayReplay>> => {
      const { past, timetables } = await reviewable(review);
      const since = query.since !== undefined && { since_ms: Date.parse(query.since) };
      const day = { tenant: town.tenant, date: dateOf(query.date), ...since, ...narrowedOf(query) };
      const moments: Static<typeof DayReplay>["moments"] = [];
      for await (const { at_ms, ...moment } of replayDay(past, timetables, day, goneSignal(reply))) {
        const at = isoOf(at_ms);
        // Moments of one instant stay together, so that asking on from the next one repeats none.
        if (moments.length >= bounds.replay_moments_max && moments.at(-1)?.at !== at)
          return { moments, next: at };
        moments.push({ at, ...moment });
      }
      return { moments };
    },
  );
};
