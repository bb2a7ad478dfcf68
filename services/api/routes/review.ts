import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { REPORT_OPTIONS } from "@yardline/history/review/report";
import { reportCsv } from "@yardline/history/review/report-csv";
import { PARQUET_TYPE, reportParquet } from "@yardline/history/review/report-parquet";
import { REPORTS } from "@yardline/history/review/reports";
import { runReport } from "@yardline/history/review/run-report";
import { Type } from "typebox";
import type { Limits } from "../limits.ts";
import { goneSignal } from "../make-media.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { Day, Narrowing, narrowedOf, periodOf, reviewable } from "../review-question.ts";
import { answers, refTo } from "../schemas.ts";
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
    format: Type.Optional(Type.Enum(["json", "csv", "parquet"])),
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
        response: answers(
          {
            200: {
              description: "The report",
              content: {
                "application/json": { schema: refTo(Review) },
                "text/csv": { schema: Type.String() },
                [PARQUET_TYPE]: { schema: Type.Unsafe<Uint8Array>({ type: "string", format: "binary" }) },
              },
            },
          },
          [400, 404, 503],
        ),
      },
    },
    async ({ params: { report: name }, query }, reply) => {
      const report = REPORTS.find((each) => each.name === name);
      if (!report) throw new Refusal(404, "NO_REPORT", "There is no such report.");
      const { past: history, timetables, cancelled: readCancelled } = await reviewable(review);
      const { from, to, before_from, before_to, hourly = false, seed = REPORT_OPTIONS.seed } = query;
      const { limit_kmh = REPORT_OPTIONS.limit_kmh, percentile, format = "json" } = query;
      const filter = { tenant: town.tenant, ...periodOf(from, to, bounds), ...narrowedOf(query) };
      const before = before_from !== undefined && periodOf(before_from, before_to ?? before_from, bounds);
      const options = {
        ...{ hourly, seed, limit_kmh },
        ...(percentile !== undefined && { percentile }),
        ...(before && { before }),
      };
      const cancelled = await readCancelled(before ? { from: before.from, to: filter.to } : filter);
      const told = await queue.run(
        (signal) => runReport(report, { history, timetables, filter, options, cancelled, signal }),
        goneSignal(reply),
      );
      if (told.rows.length > bounds.review_rows_max) {
        throw new Refusal(
          400,
          "REVIEW_TOO_MUCH",
          `More than ${bounds.review_rows_max} rows; ask for fewer lines.`,
        );
      }
      if (format === "parquet") return reply.type(PARQUET_TYPE).send(reportParquet(told.rows));
      if (format === "csv") return reply.type("text/csv; charset=utf-8").send(reportCsv(told.rows));
      return reply.type("application/json").send({ report: name, ...told, rows: [...told.rows] });
    },
  );
};
