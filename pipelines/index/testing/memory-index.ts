import { AppError } from "@yardline/domain/errors";
import { findEventType } from "@yardline/events/catalogue";
import { OCCURRENCE_PATTERN, type YardlineEvent } from "@yardline/events/event";
import { fadedAt } from "@yardline/events/fade";
import { COUNT_MAX, type EventIndex, type Found, type Page } from "../event-index.ts";
import { Oracle } from "../oracle.ts";
import { beginsOf, checkPage, spansOf } from "../plan.ts";

const OCCURRENCE = new RegExp(OCCURRENCE_PATTERN);
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Days that kinds unknown here are kept. */
const UNKNOWN_DAYS = 30;

/** The plainest index there is: a list. For tests of what stands on an index, and of the suite itself. */
export function memoryIndex(events: readonly YardlineEvent[] = [], oracle = new Oracle()): EventIndex {
  oracle.put(events);
  return {
    put: async (statements) => statements.map((event) => (oracle.put([event]) ? "written" : "kept")),
    refresh: async () => undefined,
    get: async (occurrence) => oracle.get(occurrence),
    search: async (query, page) => {
      spansOf(query);
      return pageOf(oracle.search(query), page, query.order === "oldest");
    },
    count: async (query) => {
      const { length } = oracle.search(query);
      return { value: Math.min(length, COUNT_MAX), exact: length < COUNT_MAX };
    },
    histogram: async (query, cut) => {
      beginsOf(query, cut);
      return oracle.histogram(query, cut);
    },
    scan: async (page) => pageOf(oracle.scan(), page, true),
    erase: async (occurrences) => oracle.erase(occurrences),
    fade: async (now_ms, held) => oracle.change((event) => fadedAt(event, now_ms, held)),
    expire: async (now_ms) => {
      const over = Map.groupBy(
        oracle.scan().filter((event) => endOf(event) <= now_ms),
        endOf,
      );
      oracle.drop([...over.values()].flat());
      return [...over.keys()].map(String);
    },
    close: async () => undefined,
  };
}

function pageOf(events: readonly YardlineEvent[], { limit, cursor }: Page, oldest: boolean): Found {
  checkPage(limit);
  if (cursor !== undefined && !OCCURRENCE.test(cursor)) {
    throw new AppError("INDEX_CURSOR", "This is no cursor of this index; begin again without one.");
  }
  const isBeyond = ({ occurrence }: YardlineEvent) =>
    cursor === undefined || (oldest ? occurrence > cursor : occurrence < cursor);
  const rest = events.filter(isBeyond);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return rest.length > limit && last ? { events: page, cursor: last.occurrence } : { events: page };
}

/** When the week of an event has outlived its time. */
function endOf({ type, time }: YardlineEvent): number {
  const days = findEventType(type)?.retention.skeleton_days ?? UNKNOWN_DAYS;
  return (Math.floor(Date.parse(time) / WEEK_MS) + 1) * WEEK_MS + days * DAY_MS;
}
