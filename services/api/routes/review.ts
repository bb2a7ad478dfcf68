import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Asked, REPORT_OPTIONS, type ReportOptions } from "@yardline/history/review/report";
import { reportCsv } from "@yardline/history/review/report-csv";
import { PARQUET_TYPE, reportParquet } from "@yardline/history/review/report-parquet";
import { REPORTS } from "@yardline/history/review/reports";
import { runReport } from "@yardline/history/review/run-report";
import { suggestedRunTimesReport, suggestedTimetable } from "@yardline/history/review/suggested-run-times";
import { type Static, Type } from "typebox";
import type { Limits } from "../limits.ts";
import { goneSignal } from "../make-media.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { Day, Narrowing, narrowedOf, periodOf, reportAnswer, reviewable } from "../review-question.ts";
import { answers } from "../schemas.ts";
import type { Telemetry } from "../telemetry.ts";
import { createWorkQueue } from "../work-queue.ts";

const Count = Type.Integer({ minimum: 0 });

export const Review = Type.Object(
  {
    report: Type.String(),
    definition: Type.String({ description: "What the figures mean, as it should stand beside them." }),
    completeness: Type.Object(
      { planned_trips: Count, seen_trips: Count, planned_calls: Count, seen_calls: Count },
      { description: "How much of what was planned was seen: what was not is in no figure." },
    ),
    days: Type.Object(
      {
        asked: Count,
        recorded: Count,
        first: Type.Optional(Day),
        last: Type.Optional(Day),
        timetable_changes: Type.Array(Day, {
          description:
            "Days on which another timetable begins: figures before and after it are of two plans.",
        }),
      },
      { description: "Service days of the question, and those of which anything was recorded." },
    ),
    rows: Type.Array(Type.Object({}, { additionalProperties: true })),
  },
  { $id: "Review" },
);

const Query = Type.Object(
  {
    from: Day,
    to: Day,
    ...Narrowing,
    hourly: Type.Optional(Type.Boolean({ description: "Each hour by itself, where a report can do that." })),
    before_from: Type.Optional({ ...Day, description: "`comparison`: first day of the period before." }),
    before_to: Type.Optional({ ...Day, description: "`comparison`: last day of the period before." }),
    seed: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1, description: "`comparison`: of its random numbers." }),
    ),
    limit_kmh: Type.Optional(
      Type.Number({ minimum: 5, maximum: 150, description: "`speeding`: what is too fast." }),
    ),
    percentile: Type.Optional(
      Type.Number({
        minimum: 0.05,
        maximum: 0.95,
        description:
          "`suggested-run-times`: fraction of the drives that stay within; the best one unless given.",
      }),
    ),
    format: Type.Optional(
      Type.Enum(["json", "csv", "parquet", "gtfs"], {
        description:
          "`gtfs`: of `suggested-run-times`, the `stop_times.txt` of the trips whose times would change.",
      }),
    ),
  },
  { additionalProperties: false },
);

type Options = Pick<Parts, "review" | "town"> & { readonly bounds: Limits; readonly telemetry: Telemetry };

/** Reports on past days, made one at a time in small steps, so that everything else is answered meanwhile. */
export const reviewRoute: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { review, town, bounds, telemetry },
) => {
  const queue = createWorkQueue(
    { at_once: bounds.reviews_max, waiting_max: bounds.reviews_waiting_max },
    () => {
      telemetry.mediaRefused("review");
      return new Refusal(503, "REVIEWS_BUSY", "Too many reviews are waiting; ask again in a moment.", 10);
    },
  );
  app.get(
    "/v1/review/:report",
    {
      config: { access: ["transit"] },
      schema: {
        operationId: "reviewDays",
        summary: "A report on past days against the timetable",
        description: REPORTS.map(({ name, summary }) => `- \`${name}\`: ${summary}`).join("\n"),
        tags: ["review"],
        params: Type.Object({ report: Type.Enum(REPORTS.map(({ name }) => name)) }),
        querystring: Query,
        response: answers({ 200: reportAnswer("The report", Review) }, [400, 404, 503]),
      },
    },
    async ({ params: { report: name }, query }, reply) => {
      const report = REPORTS.find((each) => each.name === name);
      if (!report) throw new Refusal(404, "NO_REPORT", "There is no such report.");
      const { format = "json" } = query;
      if (format === "gtfs" && report !== suggestedRunTimesReport) {
        throw new Refusal(
          400,
          "NO_GTFS",
          "Only suggested-run-times gives a timetable; ask for csv or parquet.",
        );
      }
      const { past: history, timetables, cancelled: readCancelled } = await reviewable(review);
      const filter = { tenant: town.tenant, ...periodOf(query.from, query.to, bounds), ...narrowedOf(query) };
      const options = optionsOf(query, bounds);
      const cancelled = await readCancelled({ from: options.before?.from ?? filter.from, to: filter.to });
      const asked = { history, timetables, filter, options, cancelled };
      const run = <Value>(make: (asked: Asked) => Promise<Value>) =>
        queue.run((signal) => make({ ...asked, signal }), goneSignal(reply));
      if (format === "gtfs") return reply.type(CSV_TYPE).send(await run(suggestedTimetable));
      const { rows, days, ...rest } = await run((each) => runReport(report, each));
      if (rows.length > bounds.review_rows_max) {
        const told = `More than ${bounds.review_rows_max} rows; ask for fewer lines.`;
        throw new Refusal(400, "REVIEW_TOO_MUCH", told);
      }
      if (format === "parquet") return reply.type(PARQUET_TYPE).send(reportParquet(rows));
      if (format === "csv") return reply.type(CSV_TYPE).send(reportCsv(rows));
      const told = { report: name, ...rest, days: isoDays(days), rows: [...rows] };
      return reply.type("application/json").send(told);
    },
  );
};

const CSV_TYPE = "text/csv; charset=utf-8";

function optionsOf(query: Static<typeof Query>, bounds: Limits): ReportOptions {
  const { hourly = false, seed, limit_kmh, percentile, before_from, before_to } = query;
  return {
    ...{ ...REPORT_OPTIONS, hourly },
    ...(seed !== undefined && { seed }),
    ...(limit_kmh !== undefined && { limit_kmh }),
    ...(percentile !== undefined && { percentile }),
    ...(before_from !== undefined && { before: periodOf(before_from, before_to ?? before_from, bounds) }),
  };
}

type Days = Awaited<ReturnType<typeof runReport>>["days"];

function isoDays({ asked, recorded, first, last, timetable_changes }: Days) {
  return {
    ...{ asked, recorded },
    ...(first !== undefined && last !== undefined && { first: isoDay(first), last: isoDay(last) }),
    timetable_changes: timetable_changes.map(isoDay),
  };
}

function isoDay(date: string): string {
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
}
