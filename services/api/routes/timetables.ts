import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import type { Found } from "@yardline/timetable/check/findings";
import { type Static, Type } from "typebox";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, refTo } from "../schemas.ts";
import type { FeedStanding } from "../timetable-parts.ts";
import { createWorkQueue } from "../work-queue.ts";

/** A whole feed is read, in a thread: one at a time, and a few wait. */
const CHECKS = { at_once: 1, waiting_max: 4 };
const RETRY_AFTER_S = 10;

const Day = Type.String({ description: "A service day, as 20261130." });

export const TimetableFindings = Type.Object(
  {
    checked_on: Type.Optional(Day),
    findings: Type.Array(
      Type.Object({
        code: Type.String({ description: "Notice code of the canonical GTFS validator." }),
        severity: Type.Enum(["ERROR", "WARNING", "INFO"]),
        count: Type.Integer(),
        examples: Type.Array(
          Type.Object({
            file: Type.String(),
            line: Type.Integer({
              description: "Counted from 1 for the header; 0 where the whole file is meant.",
            }),
            text: Type.String(),
          }),
          { description: "The first ones, with their place." },
        ),
      }),
      { description: "Errors first." },
    ),
  },
  { $id: "TimetableFindings" },
);

export const TimetableList = Type.Object(
  {
    timetables: Type.Array(
      Type.Object({
        feed: Type.String(),
        sources: Type.Array(
          Type.Object({
            source: Type.String({ description: "A file's path, or of an address scheme and host." }),
            looked_at: Type.Optional(Instant),
            trouble: Type.Optional(
              Type.Object({
                kind: Type.Enum(["away", "refused"], {
                  description:
                    "It cannot be fetched since then; or what it has is worse than what is followed.",
                }),
                code: Type.String(),
                why: Type.String(),
                at: Instant,
                refused: Type.Optional(refTo(TimetableFindings)),
              }),
            ),
          }),
        ),
        versions: Type.Array(
          Type.Object({
            sha256: Type.String(),
            source: Type.String(),
            in_use: Type.Boolean({ description: "Whether today's buses drive by it." }),
            taken_at: Type.Optional(Instant),
            from: Type.Optional(Day),
            first_day: Day,
            last_day: Day,
            feed_version: Type.Optional(Type.String()),
          }),
        ),
      }),
    ),
  },
  { $id: "TimetableList" },
);

const VersionParams = Type.Object({
  feed: Type.String({ maxLength: 100 }),
  version: Type.String({ pattern: "^[0-9a-f]{64}$" }),
});

/** Which timetables are followed since when, why newer ones are not, and what the checker finds in each. */
export const timetablesRoute: FastifyPluginAsyncTypebox<Pick<Parts, "timetables">> = async (
  app,
  { timetables },
) => {
  const message = "Another timetable is being checked. Try again in a moment.";
  const checks = createWorkQueue(CHECKS, () => new Refusal(503, "CHECKS_BUSY", message, RETRY_AFTER_S));
  app.get(
    "/v1/timetables",
    {
      config: { access: ["configure"] },
      schema: {
        operationId: "listTimetables",
        summary: "Which versions of each timetable are followed, and how their sources are",
        tags: ["settings"],
        response: answers({ 200: refTo(TimetableList) }),
      },
    },
    async () => ({ timetables: (timetables?.list() ?? []).map(feedOf) }),
  );

  app.get(
    "/v1/timetables/:feed/versions/:version/findings",
    {
      config: { access: ["configure"] },
      schema: {
        operationId: "checkTimetable",
        summary: "What the checker finds in a version that is followed, as of today",
        description: "As `./yardline gtfs check`. The whole feed is read: that takes seconds.",
        tags: ["settings"],
        params: VersionParams,
        response: answers({ 200: refTo(TimetableFindings) }, [404, 503]),
      },
    },
    async ({ params: { feed, version } }) => {
      const checked = await checks.run(() => tellingWhy(timetables?.check(feed, version)));
      if (!checked)
        throw new Refusal(404, "TIMETABLE_UNKNOWN", "No such version of a timetable is followed.");
      return { checked_on: checked.on, findings: findingsOf(checked.found) };
    },
  );
};

async function tellingWhy<Value>(work: Promise<Value> | undefined): Promise<Value | undefined> {
  try {
    return await work;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const words = "The timetable could not be checked: its file is damaged, or it is too large.";
    throw new Refusal(503, thrown.code, words);
  }
}

function feedOf({
  feed,
  sources,
  versions,
}: FeedStanding): Static<typeof TimetableList>["timetables"][number] {
  return {
    feed,
    sources: sources.map(({ source, looked_ms, trouble }) => ({
      source,
      ...(looked_ms !== undefined && { looked_at: isoOf(looked_ms) }),
      ...(trouble && { trouble: troubleOf(trouble) }),
    })),
    versions: versions.map(({ sha256, source, is_in_use, taken_ms, from, validity, feed_version }) => ({
      ...{ sha256, source, in_use: is_in_use, first_day: validity.first, last_day: validity.last },
      ...(taken_ms !== undefined && { taken_at: isoOf(taken_ms) }),
      ...(from !== undefined && { from }),
      ...(feed_version !== undefined && { feed_version }),
    })),
  };
}

function troubleOf({
  kind,
  code,
  why,
  at_ms,
  found,
}: NonNullable<FeedStanding["sources"][number]["trouble"]>) {
  return {
    ...{ kind, code, why, at: isoOf(at_ms) },
    ...(kind === "refused" && { refused: { findings: findingsOf(found) } }),
  };
}

function findingsOf(found: readonly Found[]): Static<typeof TimetableFindings>["findings"] {
  return found.map(({ examples, ...rest }) => ({ ...rest, examples: [...examples] }));
}
