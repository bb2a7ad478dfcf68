import type { Trouble } from "@yardline/api/health-codes";
import type { FeedStanding } from "@yardline/api/timetable-parts";
import { dayAfter } from "@yardline/timetable/service-day";

/** So long before its last day whoever looks after a timetable is told: making the next one takes days. */
const ENDS_WITHIN_DAYS = 7;

const GRAVEST_FIRST = ["timetable-refused", "timetable-ends", "timetable-away"] as const;

/** What keeps the timetables from being what their sources have, or from holding next week; the gravest. Names no address: anybody may read it. */
export function findTimetableTrouble(standings: readonly FeedStanding[]): Trouble | undefined {
  const found = standings.flatMap(troublesOf);
  return GRAVEST_FIRST.map((wanted) => found.find(({ code }) => code === wanted)).find(
    (each) => each !== undefined,
  );
}

function troublesOf({ feed, today, sources, versions }: FeedStanding): readonly Trouble[] {
  const wrong = sources.flatMap(({ trouble }): readonly Trouble[] => {
    if (!trouble) return [];
    const { kind, code } = trouble;
    const message =
      kind === "refused"
        ? `A newer timetable of ${feed} was refused (${code}); the one in use stays.`
        : `Where the timetable of ${feed} comes from does not answer (${code}).`;
    return [{ code: `timetable-${kind}`, values: { feed }, message }];
  });
  const last = versions
    .filter(({ until }) => until === undefined)
    .map(({ validity }) => validity.last)
    .toSorted()
    .at(-1);
  if (last === undefined || last >= dayAfter(today, ENDS_WITHIN_DAYS)) return wrong;
  const date = `${last.slice(0, 4)}-${last.slice(4, 6)}-${last.slice(6)}`;
  const message = `The timetable of ${feed} ends on ${date}, and no other holds after it.`;
  return [...wrong, { code: "timetable-ends", values: { feed, date }, message }];
}
