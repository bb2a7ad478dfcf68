import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { type Moment, momentRow, replayDay } from "@yardline/history/review/replay";
import { reportCsv } from "@yardline/history/review/report-csv";
import { PARQUET_TYPE, reportParquet } from "@yardline/history/review/report-parquet";
import { type Static, Type } from "typebox";
import type { Limits } from "../limits.ts";
import { goneSignal } from "../make-media.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { Day, dateOf, Narrowing, narrowedOf, reportAnswer, reviewable } from "../review-question.ts";
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
    format: Type.Optional(
      Type.Enum(["json", "csv", "parquet"], { description: "As a table: all of the day, a row a moment." }),
    ),
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
      config: { access: ["transit"] },
      schema: {
        operationId: "replayDay",
        summary: "A past service day moment by moment: who came to which stop and left it when",
        tags: ["review"],
        querystring: Query,
        response: answers({ 200: reportAnswer("Moments", DayReplay) }, [400, 404, 503]),
      },
    },
    async ({ query }, reply) => {
      const { past, timetables } = await reviewable(review);
      const since = query.since !== undefined && { since_ms: Date.parse(query.since) };
      const day = { tenant: town.tenant, date: dateOf(query.date), ...since, ...narrowedOf(query) };
      const moments = replayDay(past, timetables, day, goneSignal(reply));
      const { format = "json" } = query;
      if (format === "json") {
        return reply.type("application/json").send(await pieceOf(moments, bounds.replay_moments_max));
      }
      const rows = await rowsOf(moments, bounds.replay_rows_max);
      if (format === "parquet") return reply.type(PARQUET_TYPE).send(reportParquet(rows));
      return reply.type("text/csv; charset=utf-8").send(reportCsv(rows));
    },
  );
};

async function pieceOf(from: AsyncIterable<Moment>, most: number): Promise<Static<typeof DayReplay>> {
  const moments: Static<typeof DayReplay>["moments"] = [];
  for await (const { at_ms, ...moment } of from) {
    const at = isoOf(at_ms);
    // Moments of one instant stay together, so that asking on from the next one repeats none.
    if (moments.length >= most && moments.at(-1)?.at !== at) return { moments, next: at };
    moments.push({ at, ...moment });
  }
  return { moments };
}

/** @throws Refusal 400 for more than a table may have. */
async function rowsOf(from: AsyncIterable<Moment>, most: number) {
  const rows: ReturnType<typeof momentRow>[] = [];
  for await (const moment of from) {
    if (rows.length >= most) {
      throw new Refusal(400, "REVIEW_TOO_MUCH", `More than ${most} moments; ask for one line.`);
    }
    rows.push(momentRow(moment));
  }
  return rows;
}
