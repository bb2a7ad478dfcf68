import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { AppError } from "@yardline/domain/errors";
import { Type } from "typebox";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, refTo } from "../schemas.ts";
import { feedOf, findingsOf, offerOf, TimetableFindings, TimetableList } from "../timetable-answers.ts";
import { createWorkQueue } from "../work-queue.ts";

/** A whole feed is read, in a thread: one at a time, and a few wait. */
const CHECKS = { at_once: 1, waiting_max: 4 };
const RETRY_AFTER_S = 10;

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
    async () => {
      const offered = timetables?.choosing?.offered();
      return {
        timetables: (timetables?.list() ?? []).map(feedOf),
        ...(timetables && { owner: timetables.owner }),
        ...(offered && { offer: offerOf(offered) }),
      };
    },
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
