import { AppError } from "@yardline/domain/errors";
import type { Questions } from "@yardline/history/duckdb-questions";
import type { VisitFilter } from "@yardline/history/history";
import { PARQUET_TYPE } from "@yardline/history/review/report-parquet";
import { dayAfter, isServiceDate, type ServiceDate } from "@yardline/timetable/service-day";
import { type Static, type TSchema, Type } from "typebox";
import type { Limits } from "./limits.ts";
import type { Parts, ReviewView } from "./parts.ts";
import { Refusal } from "./problem.ts";
import { Binary, NameParameter, refTo } from "./schemas.ts";

export const Day = Type.String({ format: "date", description: "A service day, as 2026-10-01" });

const Hour = Type.Integer({ minimum: 0, maximum: 23 });

/** Whose visits: of which lines, weekdays and hours. */
export const Narrowing = {
  route_id: Type.Optional(
    Type.Union([NameParameter, Type.Array(NameParameter, { maxItems: 100 })], {
      description: "Only this line; may be repeated.",
    }),
  ),
  weekday: Type.Optional(
    Type.Union(
      [
        Type.Integer({ minimum: 1, maximum: 7 }),
        Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7 }),
      ],
      {
        description: "Only this day of the week, 1 is Monday; may be repeated.",
      },
    ),
  ),
  direction_id: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 1,
      description: "Only this direction; what names none is in neither.",
    }),
  ),
  hour: Type.Optional(
    Type.Union([Hour, Type.Array(Hour, { maxItems: 24 })], {
      description:
        "Only calls that are due in this hour of the town's clocks; may be repeated. Reports about whole trips do not heed it.",
    }),
  ),
};
const Narrowed = Type.Object(Narrowing);

/** What was planned. @throws Refusal 404 where no timetable is loaded. */
export function timetablesOf(review: Parts["review"]): ReviewView["timetables"] {
  if (!review)
    throw new Refusal(
      404,
      "NO_TIMETABLE",
      "No timetable loaded: start with --gtfs, or choose one in the browser.",
    );
  return review.timetables;
}

/** @throws Refusal 404 where there is nothing to review. */
export async function reviewable(
  review: Parts["review"],
): Promise<ReviewView & { readonly past: Questions }> {
  if (!review)
    throw new Refusal(
      404,
      "NO_TIMETABLE",
      "No timetable loaded: start with --gtfs, or choose one in the browser.",
    );
  try {
    return { ...review, past: await review.history() };
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== "HISTORY_ABSENT") throw thrown;
    throw new Refusal(404, "NO_HISTORY", "Nothing was recorded yet.");
  }
}

/** @throws Refusal 400 for a day that there is not. */
export function dateOf(text: string): ServiceDate {
  const date = text.replaceAll("-", "");
  if (!isServiceDate(date)) throw new Refusal(400, "NO_DAY", `There is no day ${text}.`);
  return date;
}

/** @throws Refusal 400 for days in the wrong order, or too many. */
export function periodOf(
  from: string,
  to: string,
  { review_days_max }: Limits,
): Pick<VisitFilter, "from" | "to"> {
  const period = { from: dateOf(from), to: dateOf(to) };
  if (period.from > period.to) throw new Refusal(400, "NO_PERIOD", `${from} is after ${to}.`);
  if (dayAfter(period.from, review_days_max) <= period.to) {
    throw new Refusal(400, "PERIOD_TOO_LONG", `At most ${review_days_max} days can be reviewed at once.`);
  }
  return period;
}

export function narrowedOf({ route_id, weekday, direction_id, hour }: Static<typeof Narrowed>) {
  return {
    ...(route_id !== undefined && { route_ids: [route_id].flat() }),
    ...(weekday !== undefined && { days_of_week: [weekday].flat() }),
    ...(direction_id !== undefined && { direction_ids: [direction_id] }),
    ...(hour !== undefined && { hours: [hour].flat() }),
  };
}

/** Rows as JSON with what belongs to them, or alone as CSV or Parquet. */
export function reportAnswer(description: string, schema: TSchema) {
  return {
    description,
    content: {
      "application/json": { schema: refTo(schema) },
      "text/csv": { schema: Type.String() },
      [PARQUET_TYPE]: { schema: Binary },
    },
  };
}
