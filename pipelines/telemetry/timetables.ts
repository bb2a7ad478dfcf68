import type { Logger } from "pino";
import { Counter } from "prom-client";

const looks = new Counter({
  name: "yardline_timetable_looks_total",
  help: "Looks at where a timetable comes from, by what they brought.",
  labelNames: ["feed", "outcome"] as const,
});

export type TimetableNews = { readonly feed: string; readonly source: string };

export function timetableUnchanged({ feed }: TimetableNews): void {
  looks.inc({ feed, outcome: "unchanged" });
}

/** A newer version is followed from a service day on. */
export function timetableTaken(
  log: Logger,
  news: TimetableNews & { readonly from: string; readonly version?: string | undefined },
): void {
  looks.inc({ feed: news.feed, outcome: "taken" });
  log.info(news, "A newer timetable was taken; runs of earlier service days follow the one before.");
}

/** Somebody went back to the version before the newest one. */
export function timetableTakenBack(log: Logger, news: TimetableNews & { readonly until: string }): void {
  looks.inc({ feed: news.feed, outcome: "taken-back" });
  log.info(news, "A timetable was taken back; the one before is followed again.");
}

/** A newer version is not followed: what is wrong with it, by code and in a sentence that names file and line. */
export function timetableRefused(
  log: Logger,
  news: TimetableNews & { readonly code: string; readonly why: string },
): void {
  looks.inc({ feed: news.feed, outcome: "refused" });
  log.error(news, "A newer timetable is broken and was refused; the one in use stays.");
}

export function timetableUnreachable(
  log: Logger,
  news: TimetableNews & { readonly code: string; readonly why: string },
): void {
  looks.inc({ feed: news.feed, outcome: "unreachable" });
  log.warn(news, "The timetable could not be fetched; the last good one is used.");
}

/** A copy that was kept cannot be read: it is fetched anew. */
export function timetableKeptUnreadable(log: Logger, feed: string, code: string, why: string): void {
  log.error({ feed, code, why }, "A kept timetable cannot be read.");
}
