import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { type LineDay as DayOfLine, lineDay, lineDayRows } from "@yardline/history/review/line-day";
import { reportCsv } from "@yardline/history/review/report-csv";
import { PARQUET_TYPE, reportParquet } from "@yardline/history/review/report-parquet";
import { type Static, Type } from "typebox";
import { goneSignal } from "../make-media.ts";
import type { Parts } from "../parts.ts";
import { Day, dateOf, Narrowing, reportAnswer, reviewable } from "../review-question.ts";
import { answers, Instant, NameParameter } from "../schemas.ts";

const Seconds = Type.Integer({ description: "After `begins_at`" });
const Seen = Type.Array(Type.Union([Seconds, Type.Null()]));

export const LineDay = Type.Object(
  {
    begins_at: { ...Instant, description: "Of the service day, by GTFS: noon minus twelve hours." },
    patterns: Type.Array(
      Type.Object({
        direction_id: Type.Union([Type.Integer(), Type.Null()]),
        stops: Type.Array(Type.Object({ stop_id: Type.String(), at_m: Type.Integer() }), {
          description: "In driving order, with the distance along the way.",
        }),
      }),
    ),
    trips: Type.Array(
      Type.Object({
        feed: Type.String(),
        trip_id: Type.String(),
        start_time: Type.Optional(Type.String()),
        pattern: Type.Integer({ description: "Index in `patterns`; times are one a stop of it." }),
        cancelled: Type.Boolean(),
        arrival_s: Type.Array(Seconds),
        departure_s: Type.Array(Seconds),
        drives: Type.Array(Type.Object({ vehicle_id: Type.String(), arrival_s: Seen, departure_s: Seen }), {
          description: "Who was seen on it, and when; null where they were not seen.",
        }),
      }),
      { description: "By planned start." },
    ),
    unknown_visits: Type.Integer({ description: "Of trips that no timetable at hand has that day." }),
  },
  { $id: "LineDay" },
);

const { direction_id } = Narrowing;
const Query = Type.Object(
  {
    ...{ date: Day, route_id: NameParameter, direction_id },
    format: Type.Optional(
      Type.Enum(["json", "csv", "parquet"], { description: "As a table: a row a call." }),
    ),
  },
  { additionalProperties: false },
);

/** What a string-line diagram is drawn of. */
export const reviewLineDayRoute: FastifyPluginAsyncTypebox<Pick<Parts, "review" | "town">> = async (
  app,
  { review, town },
) => {
  app.get(
    "/v1/review/line-day",
    {
      config: { access: ["transit"] },
      schema: {
        operationId: "reviewLineDay",
        summary:
          "A line's service day: planned and actual times of each trip, with the distance along the way",
        tags: ["review"],
        querystring: Query,
        response: answers({ 200: reportAnswer("The day", LineDay) }, [400, 404, 503]),
      },
    },
    async ({ query: { format = "json", ...query } }, reply) => {
      const { past, timetables, cancelled } = await reviewable(review);
      const date = dateOf(query.date);
      const asked = { tenant: town.tenant, ...query, date };
      const wasCancelled = await cancelled({ from: date, to: date });
      const day = await lineDay(past, timetables, asked, wasCancelled, goneSignal(reply));
      if (format === "parquet") return reply.type(PARQUET_TYPE).send(reportParquet(lineDayRows(day)));
      if (format === "csv") return reply.type("text/csv; charset=utf-8").send(reportCsv(lineDayRows(day)));
      return reply.type("application/json").send(told(day));
    },
  );
};

function told({ begins_ms, patterns, trips, unknown_visits }: DayOfLine): Static<typeof LineDay> {
  return {
    begins_at: isoOf(begins_ms),
    patterns: patterns.map(({ stops, ...rest }) => ({ ...rest, stops: [...stops] })),
    trips: trips.map(({ arrival_s, departure_s, drives, ...rest }) => ({
      ...{ ...rest, arrival_s: [...arrival_s], departure_s: [...departure_s] },
      drives: drives.map((drive) => ({
        vehicle_id: drive.vehicle_id,
        ...{ arrival_s: [...drive.arrival_s], departure_s: [...drive.departure_s] },
      })),
    })),
    unknown_visits,
  };
}
